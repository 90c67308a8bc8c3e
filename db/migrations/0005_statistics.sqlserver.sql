-- 0005 kept statistics (sqlserver): sums that are written with each change of a case, so that no statistics reads the cases. Twin: 0005_statistics.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script. The sums of the cases that are there already come at the next start.

-- When a centre took the case in for the first time.
ALTER TABLE DisputeCase ADD AcceptedAt datetime2(3) NULL;
GO
UPDATE DisputeCase SET AcceptedAt = f.[At]
FROM (SELECT CaseId, MIN([At]) AS [At] FROM CaseEvent WHERE [Action] IN ('Accept', 'TakeOver') GROUP BY CaseId) f
WHERE f.CaseId = DisputeCase.Id;
GO

-- The clocks that fall due today.
DROP INDEX IX_CaseClock_Status ON CaseClock;
CREATE INDEX IX_CaseClock_Status ON CaseClock (Status, DueAt);

-- The escalations of what is open.
CREATE INDEX IX_Escalation_CaseId ON Escalation (CaseId, State);

-- Sums of all cases. Period is a day (20260215) and UnitCode the unit where the cases began, or Period is a month (202602) or a year (2026) and UnitCode the
-- district with all units below it (the city for what began in the city itself). Track is None without one.
-- Late: clocks missed or running, by due day. OverdueFrom, OverdueUntil: cases by the first and the last day on which they were overdue.
CREATE TABLE TallySum (
    Period int NOT NULL,
    UnitCode varchar(15) NOT NULL,
    Category nvarchar(30) NOT NULL,
    Track nvarchar(20) NOT NULL,
    Source nvarchar(20) NOT NULL,
    Registered int NOT NULL,
    Accepted int NOT NULL,
    Closed int NOT NULL,
    Settled int NOT NULL,
    AgreedFen bigint NOT NULL,
    Met int NOT NULL,
    Late int NOT NULL,
    OverdueFrom int NOT NULL,
    OverdueUntil int NOT NULL,
    CONSTRAINT PK_TallySum PRIMARY KEY (Period, UnitCode, Category, Track, Source)
);

-- What changes of cases added to the sums, or took back, and nobody has folded into them yet: a change only appends, so that no two wait for each other. Period is a day.
CREATE TABLE TallyEntry (
    Id bigint IDENTITY(1, 1) NOT NULL CONSTRAINT PK_TallyEntry PRIMARY KEY,
    Period int NOT NULL,
    UnitCode varchar(15) NOT NULL,
    Category nvarchar(30) NOT NULL,
    Track nvarchar(20) NOT NULL,
    Source nvarchar(20) NOT NULL,
    Registered int NOT NULL,
    Accepted int NOT NULL,
    Closed int NOT NULL,
    Settled int NOT NULL,
    AgreedFen bigint NOT NULL,
    Met int NOT NULL,
    Late int NOT NULL,
    OverdueFrom int NOT NULL,
    OverdueUntil int NOT NULL
);

-- The times between two spans in which a case was overdue: from the last day of the one to the first of the other.
CREATE TABLE TallyGap (
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_TallyGap_Case REFERENCES DisputeCase (Id),
    FromDay int NOT NULL,
    ToDay int NOT NULL,
    UnitCode varchar(15) NOT NULL,
    Category nvarchar(30) NOT NULL,
    Track nvarchar(20) NOT NULL,
    Source nvarchar(20) NOT NULL,
    CONSTRAINT PK_TallyGap PRIMARY KEY (CaseId, FromDay)
);
CREATE INDEX IX_TallyGap_UnitCode ON TallyGap (UnitCode, FromDay, ToDay, Category, Track);
