-- 0013 sight ends (sqlite): until when an organisation or a mediator sees a case. Twin: 0013_sight_ends.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- CaseOrganisation holds only the organisation that has a case: one that refused it or handed it on is no longer there.
-- How cases stood that were handed on before this was kept is not known, so that they are gone from the sight of who handed them on.
DELETE FROM CaseOrganisation WHERE NOT EXISTS (SELECT 1 FROM DisputeCase c WHERE c.Id = CaseOrganisation.CaseId AND c.State <> 'ReferredOut'
    AND COALESCE(c.HolderOrganisationId, c.CompletedHolderOrganisationId) = CaseOrganisation.OrganisationId);

-- A case as it stood when an organisation handed it on: what its mediators go on seeing. CaseCipher is the case and its parties, encrypted as personal data are;
-- the columns are what lists ask for. LastEventSequence: the last line of the journal that they see.
CREATE TABLE HandedOnCase (
    Id TEXT NOT NULL CONSTRAINT PK_HandedOnCase PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_HandedOnCase_Case REFERENCES DisputeCase (Id),
    OrganisationId TEXT NOT NULL CONSTRAINT FK_HandedOnCase_Organisation REFERENCES Organisation (Id),
    HandedOnAt TEXT NOT NULL,
    LastEventSequence INTEGER NOT NULL,
    State TEXT NOT NULL CHECK (length(State) <= 30),
    Category TEXT NOT NULL CHECK (length(Category) <= 30),
    Track TEXT NULL CHECK (length(Track) <= 20),
    Light TEXT NOT NULL CHECK (length(Light) <= 20),
    HolderUnitCode TEXT NOT NULL CONSTRAINT FK_HandedOnCase_HolderUnit REFERENCES Unit (Code),
    OriginUnitCode TEXT NOT NULL CONSTRAINT FK_HandedOnCase_OriginUnit REFERENCES Unit (Code),
    PlaceUnitCode TEXT NOT NULL CONSTRAINT FK_HandedOnCase_PlaceUnit REFERENCES Unit (Code),
    Mediator TEXT NULL CHECK (length(Mediator) <= 64),
    RegisteredAt TEXT NOT NULL,
    SearchText TEXT NOT NULL,
    CaseCipher TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IX_HandedOnCase_CaseId ON HandedOnCase (CaseId, OrganisationId);
CREATE INDEX IX_HandedOnCase_OrganisationId ON HandedOnCase (OrganisationId, RegisteredAt);

-- Who ever stepped aside is asked for every list.
CREATE INDEX IX_CaseRecusal_UserName ON CaseRecusal (UserName);
