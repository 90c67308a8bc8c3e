-- 0019 several servers (sqlite): keys that all servers sign people in with, jobs that fail wherever they run. Twin: 0019_several_servers.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- The keys of cookies, tokens and forms, encrypted as personal data are. Of two servers that make the next key at once the Number lets one through.
CREATE TABLE SignInKey (
    Id TEXT NOT NULL CONSTRAINT PK_SignInKey PRIMARY KEY,
    Number INTEGER NOT NULL CONSTRAINT UQ_SignInKey_Number UNIQUE,
    Name TEXT NOT NULL CHECK (length(Name) <= 200) CONSTRAINT UQ_SignInKey_Name UNIQUE,
    XmlCipher TEXT NOT NULL,
    CreatedAt TEXT NOT NULL
) STRICT;

-- A recurring job that has failed since it last succeeded; the row goes when it succeeds. AlarmedAt: when its administrators were told that it does not recover by itself.
CREATE TABLE JobFailure (
    Job TEXT NOT NULL CHECK (length(Job) <= 100) CONSTRAINT PK_JobFailure PRIMARY KEY,
    Failures INTEGER NOT NULL,
    Error TEXT NOT NULL CHECK (length(Error) <= 200),
    FirstAt TEXT NOT NULL,
    LastAt TEXT NOT NULL,
    AlarmedAt TEXT NULL
) STRICT;
