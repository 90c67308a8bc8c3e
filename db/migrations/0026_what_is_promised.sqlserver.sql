-- 0026 what is promised (sqlserver): each obligation says what it is about, and of a suit that was filed what the court made of the agreement. Twin: 0026_what_is_promised.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- What a court may confirm depends on it. Empty in rows from before it was asked: a payment with an amount, else an act.
ALTER TABLE AgreementObligation ADD About nvarchar(30) NULL;

-- A mediation document of the court's own, or the suit withdrawn.
ALTER TABLE CaseAgreement ADD CourtResult nvarchar(30) NULL;
ALTER TABLE CaseAgreement ADD CourtDecidedOn date NULL;
ALTER TABLE CaseAgreement ADD CourtDocumentNumber nvarchar(100) NULL;
