-- 0021 sort by amount (sqlite): what a list is sorted by that shows the largest amount first. Twin: 0021_sort_by_amount.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A case without an amount comes last, and the index knows it.
ALTER TABLE DisputeCase ADD COLUMN SortAmount REAL NOT NULL GENERATED ALWAYS AS (CAST(COALESCE(AmountInDispute, -1) AS REAL)) VIRTUAL;
CREATE INDEX IX_DisputeCase_SortAmount ON DisputeCase (SortAmount, Id);
