-- 0004 lists and search (sqlserver): what lists are sorted and searched by. Twin: 0004_lists_and_search.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- By this a list is sorted that shows first what is due first: a case with nothing due comes last, and the index knows it.
ALTER TABLE DisputeCase ADD SortDueAt AS CAST(COALESCE(NextDueAt, DATETIME2FROMPARTS(9999, 12, 31, 23, 59, 59, 0, 3)) AS datetime2(3)) PERSISTED NOT NULL;
GO
CREATE INDEX IX_DisputeCase_SortDueAt ON DisputeCase (SortDueAt, Id);

-- What began in a town, the newest first: a town's list ends when its page is full, and a village's takes its part of it.
ALTER TABLE DisputeCase ADD OriginTown AS CAST(SUBSTRING(OriginUnitCode, 1, 9) AS varchar(9)) PERSISTED NOT NULL;
GO
CREATE INDEX IX_DisputeCase_OriginTown ON DisputeCase (OriginTown, RegisteredAt, Id, OriginUnitCode);

-- What a unit holds although it began elsewhere is found without reading the cases.
DROP INDEX IX_DisputeCase_HolderUnitCode ON DisputeCase;
CREATE INDEX IX_DisputeCase_HolderUnitCode ON DisputeCase (HolderUnitCode, State, RegisteredAt, OriginUnitCode);

-- Open cases, a twentieth of all, with all that their lists are filtered by and that is counted of them: no case is read for it.
-- A query uses this index where it says the same words (Waiting.IsOpen).
CREATE INDEX IX_DisputeCase_Open ON DisputeCase (OriginUnitCode, HolderUnitCode, State, NextDueAt, NextWarnAt, RegisteredAt, Category, Track, Suspended, Risk, Id)
    WHERE State <> N'Closed' AND State <> N'Declined' AND State <> N'Withdrawn' AND State <> N'ReferredOut' AND State <> N'Merged' AND State <> N'Archived';

-- A mediator's cases are those of the mediation in charge; by the holding organisation nobody looked.
CREATE INDEX IX_DisputeCase_MediationOrganisationId ON DisputeCase (MediationOrganisationId, State);
DROP INDEX IX_DisputeCase_HolderOrganisationId ON DisputeCase;

-- What a supervisor has to decide.
CREATE INDEX IX_CaseExtension_State ON CaseExtension (State, CaseId) WHERE State = N'Requested';
CREATE INDEX IX_ShamReport_ClosedAt ON ShamReport (ClosedAt, CaseId) WHERE ClosedAt IS NULL;

-- A supervisor may have tens of thousands of cases: the instant at which the case was registered, which never changes, stands with the escalation too,
-- so that the newest are found first without sorting.
ALTER TABLE Escalation ADD CaseRegisteredAt datetime2(3) NOT NULL CONSTRAINT DF_Escalation_CaseRegisteredAt DEFAULT '1970-01-01T00:00:00';
GO
UPDATE Escalation SET CaseRegisteredAt = (SELECT c.RegisteredAt FROM DisputeCase c WHERE c.Id = Escalation.CaseId);
CREATE INDEX IX_Escalation_CaseRegisteredAt ON Escalation (UnitCode, CaseRegisteredAt, CaseId) WHERE State <> N'Resolved' AND State <> N'Dismissed';

-- Notices of a role in a unit, the newest first, without reading them.
DROP INDEX IX_Notification_UnitCode ON Notification;
CREATE INDEX IX_Notification_UnitCode ON Notification (UnitCode, Role, CreatedAt, Id);

-- The words of a case as they are searched (CaseSearch.Normal): number, title, summary and names of the parties, a line each.
-- SearchKey grows with the instant of registration, so that the newest is found first without sorting.
CREATE TABLE CaseSearch (
    SearchKey bigint NOT NULL CONSTRAINT PK_CaseSearch PRIMARY KEY,
    CaseId uniqueidentifier NOT NULL CONSTRAINT UQ_CaseSearch_CaseId UNIQUE CONSTRAINT FK_CaseSearch_Case REFERENCES DisputeCase (Id),
    [Text] nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL
);

-- Which cases have two neighbouring characters (CaseSearch.Grams). On SQLite an inverted index.
CREATE TABLE CaseGram (
    Gram nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL,
    SearchKey bigint NOT NULL,
    CONSTRAINT PK_CaseGram PRIMARY KEY (Gram, SearchKey)
);

-- What a migration leaves to the program to fill in, how far that is, and when it was done.
CREATE TABLE Backfill (
    Name nvarchar(60) NOT NULL CONSTRAINT PK_Backfill PRIMARY KEY,
    LastId uniqueidentifier NULL,
    DoneAt datetime2(3) NULL
);
GO
INSERT INTO Backfill (Name) VALUES ('CaseSearch');
