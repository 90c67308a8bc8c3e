-- 0010 corrections (sqlite): what was corrected in a dispute and its parties. Twin: 0010_corrections.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Why a case came back to whom it came from: who sent it, from which unit and organisation, when. Empty again once it has gone on from there.
ALTER TABLE DisputeCase ADD COLUMN ReturnedAt TEXT NULL;
ALTER TABLE DisputeCase ADD COLUMN ReturnedBy TEXT NULL CHECK (length(ReturnedBy) <= 64);
ALTER TABLE DisputeCase ADD COLUMN ReturnedFromUnitCode TEXT NULL CONSTRAINT FK_DisputeCase_ReturnedFromUnit REFERENCES Unit (Code);
ALTER TABLE DisputeCase ADD COLUMN ReturnedFromOrganisationId TEXT NULL CONSTRAINT FK_DisputeCase_ReturnedFromOrganisation REFERENCES Organisation (Id);
ALTER TABLE DisputeCase ADD COLUMN ReturnedReason TEXT NULL CHECK (length(ReturnedReason) <= 1000);

-- From which form of ID numbers and phones their hashes were made; the nightly job brings the earlier ones up to date.
ALTER TABLE CaseParty ADD COLUMN HashForm INTEGER NOT NULL DEFAULT 0;
