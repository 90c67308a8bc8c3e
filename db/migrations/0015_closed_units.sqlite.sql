-- 0015 closed units (sqlite): units that merge, and whom their cases go to. Twin: 0015_closed_units.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- The unit that registered the case, where that has been closed since and the case stands under its successor: statistics of the past stay there.
ALTER TABLE DisputeCase ADD COLUMN RegisteredUnitCode TEXT NULL CONSTRAINT FK_DisputeCase_RegisteredUnit REFERENCES Unit (Code);

-- Why a unit is closed and who decided it. DoneAt: when its successor had everything; until then each run goes on where the last one stopped.
CREATE TABLE UnitClosing (
    UnitCode TEXT NOT NULL CONSTRAINT PK_UnitClosing PRIMARY KEY CONSTRAINT FK_UnitClosing_Unit REFERENCES Unit (Code),
    Reason TEXT NOT NULL CHECK (length(Reason) <= 1000),
    ClosedBy TEXT NOT NULL CHECK (length(ClosedBy) <= 64),
    CreatedAt TEXT NOT NULL,
    DoneAt TEXT NULL
) STRICT;

-- What administrators changed is a small part of the audit, and looked up by what it is about.
CREATE INDEX IX_AuditEntry_Change ON AuditEntry ([At], Id) WHERE Kind = 'Change';
