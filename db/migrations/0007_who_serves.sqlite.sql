-- 0007 who serves (sqlite): a number that tells whether roles have changed. Twin: 0007_who_serves.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Rises with every change of a role, whoever makes it: the sweep that knows who serves need not read thousands of roles every minute.
ALTER TABLE RuleSet ADD COLUMN RolesVersion INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER TR_RoleAssignment_Insert AFTER INSERT ON RoleAssignment BEGIN
    UPDATE RuleSet SET RolesVersion = RolesVersion + 1;
END;
CREATE TRIGGER TR_RoleAssignment_Update AFTER UPDATE ON RoleAssignment BEGIN
    UPDATE RuleSet SET RolesVersion = RolesVersion + 1;
END;
CREATE TRIGGER TR_RoleAssignment_Delete AFTER DELETE ON RoleAssignment BEGIN
    UPDATE RuleSet SET RolesVersion = RolesVersion + 1;
END;
