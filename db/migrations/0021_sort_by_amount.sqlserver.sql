-- 0021 sort by amount (sqlserver): what a list is sorted by that shows the largest amount first. Twin: 0021_sort_by_amount.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A case without an amount comes last, and the index knows it.
ALTER TABLE DisputeCase ADD SortAmount AS CAST(COALESCE(AmountInDispute, -1) AS decimal(18,2)) PERSISTED NOT NULL;
GO
CREATE INDEX IX_DisputeCase_SortAmount ON DisputeCase (SortAmount, Id);
