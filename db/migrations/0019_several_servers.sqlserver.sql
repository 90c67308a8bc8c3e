-- 0019 several servers (sqlserver): keys that all servers sign people in with, jobs that fail wherever they run. Twin: 0019_several_servers.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- The keys of cookies, tokens and forms, encrypted as personal data are. Of two servers that make the next key at once the Number lets one through.
CREATE TABLE SignInKey (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_SignInKey PRIMARY KEY,
    Number int NOT NULL CONSTRAINT UQ_SignInKey_Number UNIQUE,
    Name nvarchar(200) NOT NULL CONSTRAINT UQ_SignInKey_Name UNIQUE,
    XmlCipher nvarchar(max) NOT NULL,
    CreatedAt datetime2(3) NOT NULL
);

-- A recurring job that has failed since it last succeeded; the row goes when it succeeds. AlarmedAt: when its administrators were told that it does not recover by itself.
CREATE TABLE JobFailure (
    Job nvarchar(100) NOT NULL CONSTRAINT PK_JobFailure PRIMARY KEY,
    Failures int NOT NULL,
    Error nvarchar(200) NOT NULL,
    FirstAt datetime2(3) NOT NULL,
    LastAt datetime2(3) NOT NULL,
    AlarmedAt datetime2(3) NULL
);
