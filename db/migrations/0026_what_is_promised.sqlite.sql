-- 0026 what is promised (sqlite): each obligation says what it is about. Twin: 0026_what_is_promised.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- What a court may confirm depends on it. Empty in rows from before it was asked: a payment with an amount, else an act.
ALTER TABLE AgreementObligation ADD COLUMN About TEXT NULL CHECK (length(About) <= 30);
