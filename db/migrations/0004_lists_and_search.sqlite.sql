-- 0004 lists and search (sqlite): what lists are sorted and searched by. Twin: 0004_lists_and_search.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- By this a list is sorted that shows first what is due first: a case with nothing due comes last, and the index knows it.
ALTER TABLE DisputeCase ADD COLUMN SortDueAt TEXT NOT NULL GENERATED ALWAYS AS (CAST(COALESCE(NextDueAt, '9999-12-31T23:59:59.000Z') AS TEXT)) VIRTUAL;
CREATE INDEX IX_DisputeCase_SortDueAt ON DisputeCase (SortDueAt, Id);

-- What began in a town, the newest first: a town's list ends when its page is full, and a village's takes its part of it.
ALTER TABLE DisputeCase ADD COLUMN OriginTown TEXT NOT NULL GENERATED ALWAYS AS (CAST(SUBSTRING(OriginUnitCode, 1, 9) AS TEXT)) VIRTUAL;
CREATE INDEX IX_DisputeCase_OriginTown ON DisputeCase (OriginTown, RegisteredAt, Id, OriginUnitCode);

-- What a unit holds although it began elsewhere is found without reading the cases.
DROP INDEX IX_DisputeCase_HolderUnitCode;
CREATE INDEX IX_DisputeCase_HolderUnitCode ON DisputeCase (HolderUnitCode, State, RegisteredAt, OriginUnitCode);

-- Open cases, a twentieth of all, with all that their lists are filtered by and that is counted of them: no case is read for it.
-- A query uses this index where it says the same words (Waiting.IsOpen).
CREATE INDEX IX_DisputeCase_Open ON DisputeCase (OriginUnitCode, HolderUnitCode, State, NextDueAt, NextWarnAt, RegisteredAt, Category, Track, Suspended, Risk, Id)
    WHERE State <> 'Closed' AND State <> 'Declined' AND State <> 'Withdrawn' AND State <> 'ReferredOut' AND State <> 'Merged' AND State <> 'Archived';

-- A mediator's cases are those of the mediation in charge; by the holding organisation nobody looked.
CREATE INDEX IX_DisputeCase_MediationOrganisationId ON DisputeCase (MediationOrganisationId, State);
DROP INDEX IX_DisputeCase_HolderOrganisationId;

-- What a supervisor has to decide.
CREATE INDEX IX_CaseExtension_State ON CaseExtension (State, CaseId) WHERE State = 'Requested';
CREATE INDEX IX_ShamReport_ClosedAt ON ShamReport (ClosedAt, CaseId) WHERE ClosedAt IS NULL;

-- A supervisor may have tens of thousands of cases: the instant at which the case was registered, which never changes, stands with the escalation too,
-- so that the newest are found first without sorting.
ALTER TABLE Escalation ADD COLUMN CaseRegisteredAt TEXT NOT NULL DEFAULT '1970-01-01T00:00:00.000Z';
UPDATE Escalation SET CaseRegisteredAt = (SELECT c.RegisteredAt FROM DisputeCase c WHERE c.Id = Escalation.CaseId);
CREATE INDEX IX_Escalation_CaseRegisteredAt ON Escalation (UnitCode, CaseRegisteredAt, CaseId) WHERE State <> 'Resolved' AND State <> 'Dismissed';

-- Notices of a role in a unit, the newest first, without reading them.
DROP INDEX IX_Notification_UnitCode;
CREATE INDEX IX_Notification_UnitCode ON Notification (UnitCode, Role, CreatedAt, Id);

-- The words of a case as they are searched (CaseSearch.Normal): number, title, summary and names of the parties, a line each.
-- SearchKey grows with the instant of registration, so that the newest is found first without sorting.
CREATE TABLE CaseSearch (
    SearchKey INTEGER NOT NULL CONSTRAINT PK_CaseSearch PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT UQ_CaseSearch_CaseId UNIQUE CONSTRAINT FK_CaseSearch_Case REFERENCES DisputeCase (Id),
    [Text] TEXT NOT NULL
) STRICT;

-- Which cases have two neighbouring characters (CaseSearch.Grams). Here an inverted index, because a hundred scattered rows per case would cost
-- every registration a hundred pages; on SQL Server a table.
CREATE VIRTUAL TABLE CaseGram USING fts5 (Gram, content = '', columnsize = 0, detail = 'none', tokenize = 'ascii');

-- What a migration leaves to the program to fill in, how far that is, and when it was done.
CREATE TABLE Backfill (
    Name TEXT NOT NULL CHECK (length(Name) <= 60) CONSTRAINT PK_Backfill PRIMARY KEY,
    LastId TEXT NULL,
    DoneAt TEXT NULL
) STRICT;
INSERT INTO Backfill (Name) VALUES ('CaseSearch');
