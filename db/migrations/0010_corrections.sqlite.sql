-- 0010 corrections (sqlite): what was corrected in a dispute and its parties. Twin: 0010_corrections.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A party that has no part in the dispute after all stays on record, with who withdrew it, when and why.
ALTER TABLE CaseParty ADD COLUMN WithdrawnAt TEXT NULL;
ALTER TABLE CaseParty ADD COLUMN WithdrawnBy TEXT NULL CHECK (length(WithdrawnBy) <= 64);
ALTER TABLE CaseParty ADD COLUMN WithdrawnReason TEXT NULL CHECK (length(WithdrawnReason) <= 1000);

-- What an agreement in force was signed with, kept from the moment something else takes its place: title and summary of the dispute, and the parties with their papers.
ALTER TABLE CaseAgreement ADD COLUMN SignedTitle TEXT NULL CHECK (length(SignedTitle) <= 200);
ALTER TABLE CaseAgreement ADD COLUMN SignedSummary TEXT NULL;
CREATE TABLE SignedParty (
    CaseId TEXT NOT NULL,
    AgreementVersion INTEGER NOT NULL,
    PartyId TEXT NOT NULL CONSTRAINT FK_SignedParty_Party REFERENCES CaseParty (Id),
    Ordinal INTEGER NOT NULL,
    Role TEXT NOT NULL CHECK (length(Role) <= 20),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 20),
    Name TEXT NOT NULL CHECK (length(Name) <= 200),
    Sex TEXT NULL CHECK (length(Sex) <= 10),
    IdNumberCipher TEXT NULL,
    PhoneCipher TEXT NULL,
    AddressCipher TEXT NULL,
    CONSTRAINT PK_SignedParty PRIMARY KEY (CaseId, AgreementVersion, PartyId),
    CONSTRAINT FK_SignedParty_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
) STRICT;

-- Why a case came back to whom it came from: who sent it, from which unit and organisation, when. Empty again once it has gone on from there.
ALTER TABLE DisputeCase ADD COLUMN ReturnedAt TEXT NULL;
ALTER TABLE DisputeCase ADD COLUMN ReturnedBy TEXT NULL CHECK (length(ReturnedBy) <= 64);
ALTER TABLE DisputeCase ADD COLUMN ReturnedFromUnitCode TEXT NULL CONSTRAINT FK_DisputeCase_ReturnedFromUnit REFERENCES Unit (Code);
ALTER TABLE DisputeCase ADD COLUMN ReturnedFromOrganisationId TEXT NULL CONSTRAINT FK_DisputeCase_ReturnedFromOrganisation REFERENCES Organisation (Id);
ALTER TABLE DisputeCase ADD COLUMN ReturnedReason TEXT NULL CHECK (length(ReturnedReason) <= 1000);

-- From which form of ID numbers and phones their hashes were made; the nightly job brings the earlier ones up to date.
ALTER TABLE CaseParty ADD COLUMN HashForm INTEGER NOT NULL DEFAULT 0;
