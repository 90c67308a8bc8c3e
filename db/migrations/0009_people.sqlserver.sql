-- 0009 people (sqlserver): what is kept of people, units and organisations that come and go. Twin: 0009_people.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A temporary password has to be changed before anything else can be done. Whoever is deactivated stays on record and signs in no more.
ALTER TABLE AppUser ADD PhoneCipher nvarchar(400) NULL;
ALTER TABLE AppUser ADD PasswordChangeRequired bit NOT NULL CONSTRAINT DF_AppUser_PasswordChangeRequired DEFAULT 0;
ALTER TABLE AppUser ADD DeactivatedAt datetime2(3) NULL;
GO

-- A closed unit stays on record under its own code; from that day on its successor answers for it.
ALTER TABLE Unit ADD ClosedOn date NULL;
ALTER TABLE Unit ADD SuccessorCode varchar(15) NULL CONSTRAINT FK_Unit_Successor REFERENCES Unit (Code);
ALTER TABLE Organisation ADD ClosedOn date NULL;
GO

-- Somebody stands in for a colleague on some days, both included. The deputy holds the colleague's roles on those days, as rows of RoleAssignment that say for whom.
CREATE TABLE Deputy (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_Deputy PRIMARY KEY,
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_Deputy_User REFERENCES AppUser (Id),
    DeputyUserId uniqueidentifier NOT NULL CONSTRAINT FK_Deputy_DeputyUser REFERENCES AppUser (Id),
    FromDate date NOT NULL,
    ToDate date NOT NULL,
    CreatedBy nvarchar(64) NOT NULL,
    CreatedAt datetime2(3) NOT NULL
);
CREATE INDEX IX_Deputy_UserId ON Deputy (UserId);
CREATE INDEX IX_Deputy_DeputyUserId ON Deputy (DeputyUserId);
ALTER TABLE RoleAssignment ADD DeputyId uniqueidentifier NULL CONSTRAINT FK_RoleAssignment_Deputy REFERENCES Deputy (Id);
GO
