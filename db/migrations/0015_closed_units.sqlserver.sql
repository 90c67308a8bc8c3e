-- 0015 closed units (sqlserver): units that merge, and whom their cases go to. Twin: 0015_closed_units.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- The unit that registered the case, where that has been closed since and the case stands under its successor: statistics of the past stay there.
ALTER TABLE DisputeCase ADD RegisteredUnitCode varchar(15) NULL CONSTRAINT FK_DisputeCase_RegisteredUnit REFERENCES Unit (Code);
GO

-- Why a unit is closed and who decided it. DoneAt: when its successor had everything; until then each run goes on where the last one stopped.
CREATE TABLE UnitClosing (
    UnitCode varchar(15) NOT NULL CONSTRAINT PK_UnitClosing PRIMARY KEY CONSTRAINT FK_UnitClosing_Unit REFERENCES Unit (Code),
    Reason nvarchar(1000) NOT NULL,
    ClosedBy nvarchar(64) NOT NULL,
    CreatedAt datetime2(3) NOT NULL,
    DoneAt datetime2(3) NULL
);

-- What administrators changed is a small part of the audit, and looked up by what it is about.
CREATE INDEX IX_AuditEntry_Change ON AuditEntry ([At], Id) WHERE Kind = N'Change';
GO
