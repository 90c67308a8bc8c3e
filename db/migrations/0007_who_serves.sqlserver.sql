-- 0007 who serves (sqlserver): a number that tells whether roles have changed. Twin: 0007_who_serves.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Rises with every change of a role, whoever makes it: the sweep that knows who serves need not read thousands of roles every minute.
ALTER TABLE RuleSet ADD RolesVersion bigint NOT NULL CONSTRAINT DF_RuleSet_RolesVersion DEFAULT 1;
GO
CREATE TRIGGER TR_RoleAssignment_RuleSet ON RoleAssignment AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    UPDATE RuleSet SET RolesVersion = RolesVersion + 1;
END
GO
