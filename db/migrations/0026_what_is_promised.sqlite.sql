-- 0026 what is promised (sqlite): each obligation says what it is about, and of a suit that was filed what the court made of the agreement. Twin: 0026_what_is_promised.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- What a court may confirm depends on it. Empty in rows from before it was asked: a payment with an amount, else an act.
ALTER TABLE AgreementObligation ADD COLUMN About TEXT NULL CHECK (length(About) <= 30);

-- A mediation document of the court's own, or the suit withdrawn.
ALTER TABLE CaseAgreement ADD COLUMN CourtResult TEXT NULL CHECK (length(CourtResult) <= 30);
ALTER TABLE CaseAgreement ADD COLUMN CourtDecidedOn TEXT NULL;
ALTER TABLE CaseAgreement ADD COLUMN CourtDocumentNumber TEXT NULL CHECK (length(CourtDocumentNumber) <= 100);
