-- 0010 corrections (sqlserver): what was corrected in a dispute and its parties. Twin: 0010_corrections.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

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
