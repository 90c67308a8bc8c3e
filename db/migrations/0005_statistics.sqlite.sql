-- 0005 kept statistics (sqlite): sums that are written with each change of a case, so that no statistics reads the cases. Twin: 0005_statistics.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script. The sums of the cases that are there already come at the next start.

-- When a centre took the case in for the first time.
ALTER TABLE DisputeCase ADD COLUMN AcceptedAt TEXT NULL;
UPDATE DisputeCase SET AcceptedAt = f.[At]
FROM (SELECT CaseId, MIN([At]) AS [At] FROM CaseEvent WHERE [Action] IN ('Accept', 'TakeOver') GROUP BY CaseId) f
WHERE f.CaseId = DisputeCase.Id;

-- The clocks that fall due today.
DROP INDEX IX_CaseClock_Status;
CREATE INDEX IX_CaseClock_Status ON CaseClock (Status, DueAt);

-- The escalations of what is open.
CREATE INDEX IX_Escalation_CaseId ON Escalation (CaseId, State);

-- Sums of all cases. Period is a day (20260215) and UnitCode the unit where the cases began, or Period is a month (202602) or a year (2026) and UnitCode the
-- district with all units below it (the city for what began in the city itself). Track is None without one.
-- Late: clocks missed or running, by due day. OverdueFrom, OverdueUntil: cases by the first and the last day on which they were overdue.
CREATE TABLE TallySum (
    Period INTEGER NOT NULL,
    UnitCode TEXT NOT NULL,
    Category TEXT NOT NULL CHECK (length(Category) <= 30),
    Track TEXT NOT NULL CHECK (length(Track) <= 20),
    Source TEXT NOT NULL CHECK (length(Source) <= 20),
    Registered INTEGER NOT NULL,
    Accepted INTEGER NOT NULL,
    Closed INTEGER NOT NULL,
    Settled INTEGER NOT NULL,
    AgreedFen INTEGER NOT NULL,
    Met INTEGER NOT NULL,
    Late INTEGER NOT NULL,
    OverdueFrom INTEGER NOT NULL,
    OverdueUntil INTEGER NOT NULL,
    CONSTRAINT PK_TallySum PRIMARY KEY (Period, UnitCode, Category, Track, Source)
) STRICT, WITHOUT ROWID;

-- What changes of cases added to the sums, or took back, and nobody has folded into them yet: a change only appends, so that no two wait for each other. Period is a day.
CREATE TABLE TallyEntry (
    Id INTEGER NOT NULL CONSTRAINT PK_TallyEntry PRIMARY KEY,
    Period INTEGER NOT NULL,
    UnitCode TEXT NOT NULL,
    Category TEXT NOT NULL CHECK (length(Category) <= 30),
    Track TEXT NOT NULL CHECK (length(Track) <= 20),
    Source TEXT NOT NULL CHECK (length(Source) <= 20),
    Registered INTEGER NOT NULL,
    Accepted INTEGER NOT NULL,
    Closed INTEGER NOT NULL,
    Settled INTEGER NOT NULL,
    AgreedFen INTEGER NOT NULL,
    Met INTEGER NOT NULL,
    Late INTEGER NOT NULL,
    OverdueFrom INTEGER NOT NULL,
    OverdueUntil INTEGER NOT NULL
) STRICT;

-- The times between two spans in which a case was overdue: from the last day of the one to the first of the other.
CREATE TABLE TallyGap (
    CaseId TEXT NOT NULL CONSTRAINT FK_TallyGap_Case REFERENCES DisputeCase (Id),
    FromDay INTEGER NOT NULL,
    ToDay INTEGER NOT NULL,
    UnitCode TEXT NOT NULL,
    Category TEXT NOT NULL CHECK (length(Category) <= 30),
    Track TEXT NOT NULL CHECK (length(Track) <= 20),
    Source TEXT NOT NULL CHECK (length(Source) <= 20),
    CONSTRAINT PK_TallyGap PRIMARY KEY (CaseId, FromDay)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_TallyGap_UnitCode ON TallyGap (UnitCode, FromDay, ToDay, Category, Track);
