-- 0010 corrections (sqlserver): what was corrected in a dispute and its parties. Twin: 0010_corrections.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A party that has no part in the dispute after all stays on record, with who withdrew it, when and why.
ALTER TABLE CaseParty ADD WithdrawnAt datetime2(3) NULL;
ALTER TABLE CaseParty ADD WithdrawnBy nvarchar(64) NULL;
ALTER TABLE CaseParty ADD WithdrawnReason nvarchar(1000) NULL;

-- What an agreement in force was signed with, kept from the moment something else takes its place: title and summary of the dispute, and the parties with their papers.
ALTER TABLE CaseAgreement ADD SignedTitle nvarchar(200) NULL;
ALTER TABLE CaseAgreement ADD SignedSummary nvarchar(max) NULL;
CREATE TABLE SignedParty (
    CaseId uniqueidentifier NOT NULL,
    AgreementVersion int NOT NULL,
    PartyId uniqueidentifier NOT NULL CONSTRAINT FK_SignedParty_Party REFERENCES CaseParty (Id),
    Ordinal int NOT NULL,
    Role nvarchar(20) NOT NULL,
    Kind nvarchar(20) NOT NULL,
    Name nvarchar(200) NOT NULL,
    Sex nvarchar(10) NULL,
    IdNumberCipher nvarchar(max) NULL,
    PhoneCipher nvarchar(max) NULL,
    AddressCipher nvarchar(max) NULL,
    CONSTRAINT PK_SignedParty PRIMARY KEY (CaseId, AgreementVersion, PartyId),
    CONSTRAINT FK_SignedParty_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
);
GO

-- Why a case came back to whom it came from: who sent it, from which unit and organisation, when. Empty again once it has gone on from there.
ALTER TABLE DisputeCase ADD ReturnedAt datetime2(3) NULL;
ALTER TABLE DisputeCase ADD ReturnedBy nvarchar(64) NULL;
ALTER TABLE DisputeCase ADD ReturnedFromUnitCode varchar(15) NULL CONSTRAINT FK_DisputeCase_ReturnedFromUnit REFERENCES Unit (Code);
ALTER TABLE DisputeCase ADD ReturnedFromOrganisationId uniqueidentifier NULL CONSTRAINT FK_DisputeCase_ReturnedFromOrganisation REFERENCES Organisation (Id);
ALTER TABLE DisputeCase ADD ReturnedReason nvarchar(1000) NULL;
GO

-- From which form of ID numbers and phones their hashes were made; the nightly job brings the earlier ones up to date.
ALTER TABLE CaseParty ADD HashForm int NOT NULL CONSTRAINT DF_CaseParty_HashForm DEFAULT 0;
GO
