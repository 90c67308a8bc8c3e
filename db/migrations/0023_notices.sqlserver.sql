-- 0023 notices (sqlserver): a case's notices are found when it is opened; when nothing is to beckon. Twin: 0023_notices.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- QuietFrom, QuietTo: full hours of the local day between which the bell shows nothing; both null for never.
ALTER TABLE AppUser ADD QuietFrom int NULL;
ALTER TABLE AppUser ADD QuietTo int NULL;
CREATE INDEX IX_Notification_CaseId ON Notification (CaseId);
GO
