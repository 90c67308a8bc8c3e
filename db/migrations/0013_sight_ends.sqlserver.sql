-- 0013 sight ends (sqlserver): until when an organisation or a mediator sees a case. Twin: 0013_sight_ends.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- CaseOrganisation holds only the organisation that has a case: one that refused it or handed it on is no longer there.
-- How cases stood that were handed on before this was kept is not known, so that they are gone from the sight of who handed them on.
DELETE FROM CaseOrganisation WHERE NOT EXISTS (SELECT 1 FROM DisputeCase c WHERE c.Id = CaseOrganisation.CaseId AND c.State <> 'ReferredOut'
    AND COALESCE(c.HolderOrganisationId, c.CompletedHolderOrganisationId) = CaseOrganisation.OrganisationId);

-- A case as it stood when an organisation handed it on: what its mediators go on seeing. CaseCipher is the case and its parties, encrypted as personal data are;
-- the columns are what lists ask for. LastEventSequence: the last line of the journal that they see.
CREATE TABLE HandedOnCase (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_HandedOnCase PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_HandedOnCase_Case REFERENCES DisputeCase (Id),
    OrganisationId uniqueidentifier NOT NULL CONSTRAINT FK_HandedOnCase_Organisation REFERENCES Organisation (Id),
    HandedOnAt datetime2(3) NOT NULL,
    LastEventSequence int NOT NULL,
    State nvarchar(30) NOT NULL,
    Category nvarchar(30) NOT NULL,
    Track nvarchar(20) NULL,
    Light nvarchar(20) NOT NULL,
    HolderUnitCode varchar(15) NOT NULL CONSTRAINT FK_HandedOnCase_HolderUnit REFERENCES Unit (Code),
    OriginUnitCode varchar(15) NOT NULL CONSTRAINT FK_HandedOnCase_OriginUnit REFERENCES Unit (Code),
    PlaceUnitCode varchar(15) NOT NULL CONSTRAINT FK_HandedOnCase_PlaceUnit REFERENCES Unit (Code),
    Mediator nvarchar(64) NULL,
    RegisteredAt datetime2(3) NOT NULL,
    SearchText nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    CaseCipher nvarchar(max) NOT NULL
);
CREATE UNIQUE INDEX IX_HandedOnCase_CaseId ON HandedOnCase (CaseId, OrganisationId);
CREATE CLUSTERED INDEX IX_HandedOnCase_OrganisationId ON HandedOnCase (OrganisationId, RegisteredAt);

-- Who ever stepped aside is asked for every list.
CREATE INDEX IX_CaseRecusal_UserName ON CaseRecusal (UserName);
