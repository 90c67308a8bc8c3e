-- 0011 sessions (sqlserver): where somebody is signed in, and what keeps guessers out. Twin: 0011_sessions.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- What somebody chose for themselves: a language (zh-CN, en), and larger letters.
ALTER TABLE AppUser ADD Language nvarchar(10) NULL;
ALTER TABLE AppUser ADD LargeType bit NOT NULL CONSTRAINT DF_AppUser_LargeType DEFAULT 0;
GO

-- A sign-in that goes on: of a browser (Page) or of a program (Program). Its cookie, access tokens and refresh tokens are good for as long as it is not ended, not past its end,
-- and began under the stamp that its user still has. SeenAt is written now and then, not with each request.
CREATE TABLE UserSession (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_UserSession PRIMARY KEY,
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_UserSession_User REFERENCES AppUser (Id),
    SecurityStamp nvarchar(64) NOT NULL,
    Kind nvarchar(20) NOT NULL,
    CreatedAt datetime2(3) NOT NULL,
    SeenAt datetime2(3) NOT NULL,
    ExpiresAt datetime2(3) NOT NULL,
    EndedAt datetime2(3) NULL,
    Device nvarchar(60) NOT NULL,
    Address nvarchar(45) NOT NULL
);
CREATE INDEX IX_UserSession_UserId ON UserSession (UserId, CreatedAt);
CREATE INDEX IX_UserSession_ExpiresAt ON UserSession (ExpiresAt);
GO

-- Tokens without a session cannot be ended: whoever has one signs in again.
DROP TABLE RefreshToken;
GO
CREATE TABLE RefreshToken (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_RefreshToken PRIMARY KEY,
    SessionId uniqueidentifier NOT NULL CONSTRAINT FK_RefreshToken_Session REFERENCES UserSession (Id),
    TokenHash char(64) NOT NULL CONSTRAINT UQ_RefreshToken_TokenHash UNIQUE,
    CreatedAt datetime2(3) NOT NULL,
    ExpiresAt datetime2(3) NOT NULL,
    UsedAt datetime2(3) NULL,
    Uses int NOT NULL
);
CREATE INDEX IX_RefreshToken_SessionId ON RefreshToken (SessionId);
GO

-- Failed sign-ins by the SHA-256 of the name that was typed and the address it came from, whether or not somebody has that name; one row more counts a name from all
-- addresses (Address '*'), one an address with all names (a NameHash of zeros). Locks counts how often it was locked of late: each lock is longer than the one before.
DROP TABLE SignInFailure;
GO
CREATE TABLE SignInFailure (
    NameHash char(64) NOT NULL,
    Address nvarchar(45) NOT NULL,
    FailedCount int NOT NULL,
    CountedSince datetime2(3) NOT NULL,
    Locks int NOT NULL,
    LastFailedAt datetime2(3) NOT NULL,
    LockedUntil datetime2(3) NULL,
    CONSTRAINT PK_SignInFailure PRIMARY KEY (NameHash, Address)
);
GO
