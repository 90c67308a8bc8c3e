-- 0011 sessions (sqlite): where somebody is signed in, and what keeps guessers out. Twin: 0011_sessions.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- What somebody chose for themselves: a language (zh-CN, en), and larger letters.
ALTER TABLE AppUser ADD COLUMN Language TEXT NULL CHECK (length(Language) <= 10);
ALTER TABLE AppUser ADD COLUMN LargeType INTEGER NOT NULL DEFAULT 0;

-- A sign-in that goes on: of a browser (Page) or of a program (Program). Its cookie, access tokens and refresh tokens are good for as long as it is not ended, not past its end,
-- and began under the stamp that its user still has. SeenAt is written now and then, not with each request.
CREATE TABLE UserSession (
    Id TEXT NOT NULL CONSTRAINT PK_UserSession PRIMARY KEY,
    UserId TEXT NOT NULL CONSTRAINT FK_UserSession_User REFERENCES AppUser (Id),
    SecurityStamp TEXT NOT NULL CHECK (length(SecurityStamp) <= 64),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 20),
    CreatedAt TEXT NOT NULL,
    SeenAt TEXT NOT NULL,
    ExpiresAt TEXT NOT NULL,
    EndedAt TEXT NULL,
    Device TEXT NOT NULL CHECK (length(Device) <= 60),
    Address TEXT NOT NULL CHECK (length(Address) <= 45)
) STRICT;
CREATE INDEX IX_UserSession_UserId ON UserSession (UserId, CreatedAt);
CREATE INDEX IX_UserSession_ExpiresAt ON UserSession (ExpiresAt);

-- Tokens without a session cannot be ended: whoever has one signs in again.
DROP TABLE RefreshToken;
CREATE TABLE RefreshToken (
    Id TEXT NOT NULL CONSTRAINT PK_RefreshToken PRIMARY KEY,
    SessionId TEXT NOT NULL CONSTRAINT FK_RefreshToken_Session REFERENCES UserSession (Id),
    TokenHash TEXT NOT NULL CONSTRAINT UQ_RefreshToken_TokenHash UNIQUE,
    CreatedAt TEXT NOT NULL,
    ExpiresAt TEXT NOT NULL,
    UsedAt TEXT NULL,
    Uses INTEGER NOT NULL
) STRICT;
CREATE INDEX IX_RefreshToken_SessionId ON RefreshToken (SessionId);

-- Failed sign-ins by the SHA-256 of the name that was typed and the address it came from, whether or not somebody has that name; one row more counts a name from all
-- addresses (Address '*'), one an address with all names (a NameHash of zeros). Locks counts how often it was locked of late: each lock is longer than the one before.
DROP TABLE SignInFailure;
CREATE TABLE SignInFailure (
    NameHash TEXT NOT NULL,
    Address TEXT NOT NULL CHECK (length(Address) <= 45),
    FailedCount INTEGER NOT NULL,
    CountedSince TEXT NOT NULL,
    Locks INTEGER NOT NULL,
    LastFailedAt TEXT NOT NULL,
    LockedUntil TEXT NULL,
    CONSTRAINT PK_SignInFailure PRIMARY KEY (NameHash, Address)
) STRICT;
