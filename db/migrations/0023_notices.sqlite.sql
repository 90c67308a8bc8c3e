-- 0023 notices (sqlite): a case's notices are found when it is opened; when nothing is to beckon. Twin: 0023_notices.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- QuietFrom, QuietTo: full hours of the local day between which the bell shows nothing; both null for never.
ALTER TABLE AppUser ADD COLUMN QuietFrom INTEGER NULL;
ALTER TABLE AppUser ADD COLUMN QuietTo INTEGER NULL;
CREATE INDEX IX_Notification_CaseId ON Notification (CaseId);
