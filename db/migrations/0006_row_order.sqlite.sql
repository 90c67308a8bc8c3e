-- The order in which SQL Server lays rows down; SQLite's tables lie in order of arrival already.
SELECT 1;
