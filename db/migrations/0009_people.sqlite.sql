-- 0009 people (sqlite): what is kept of people, units and organisations that come and go. Twin: 0009_people.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A temporary password has to be changed before anything else can be done. Whoever is deactivated stays on record and signs in no more.
ALTER TABLE AppUser ADD COLUMN PhoneCipher TEXT NULL CHECK (length(PhoneCipher) <= 400);
ALTER TABLE AppUser ADD COLUMN PasswordChangeRequired INTEGER NOT NULL DEFAULT 0;
ALTER TABLE AppUser ADD COLUMN DeactivatedAt TEXT NULL;

-- A closed unit stays on record under its own code; from that day on its successor answers for it.
ALTER TABLE Unit ADD COLUMN ClosedOn TEXT NULL;
ALTER TABLE Unit ADD COLUMN SuccessorCode TEXT NULL CONSTRAINT FK_Unit_Successor REFERENCES Unit (Code);
ALTER TABLE Organisation ADD COLUMN ClosedOn TEXT NULL;

-- Somebody stands in for a colleague on some days, both included. The deputy holds the colleague's roles on those days, as rows of RoleAssignment that say for whom.
CREATE TABLE Deputy (
    Id TEXT NOT NULL CONSTRAINT PK_Deputy PRIMARY KEY,
    UserId TEXT NOT NULL CONSTRAINT FK_Deputy_User REFERENCES AppUser (Id),
    DeputyUserId TEXT NOT NULL CONSTRAINT FK_Deputy_DeputyUser REFERENCES AppUser (Id),
    FromDate TEXT NOT NULL,
    ToDate TEXT NOT NULL,
    CreatedBy TEXT NOT NULL CHECK (length(CreatedBy) <= 64),
    CreatedAt TEXT NOT NULL
) STRICT;
CREATE INDEX IX_Deputy_UserId ON Deputy (UserId);
CREATE INDEX IX_Deputy_DeputyUserId ON Deputy (DeputyUserId);
ALTER TABLE RoleAssignment ADD COLUMN DeputyId TEXT NULL CONSTRAINT FK_RoleAssignment_Deputy REFERENCES Deputy (Id);
