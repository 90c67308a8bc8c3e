-- 0012 imports (sqlserver): a city that comes in by a workbook. Twin: 0012_imports.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- An uploaded workbook, or one sheet of it as CSV: checked, then applied as a whole. The file lies sealed among the attachments under the import's id, KeyCipher opens it.
-- Sheet: which one a CSV file is. CountsJson: what was found, by sheet. SecretCipher: what the temporary passwords are made of, until they have been fetched once.
CREATE TABLE CityImport (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_CityImport PRIMARY KEY,
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_CityImport_User REFERENCES AppUser (Id),
    StartedAt datetime2(3) NOT NULL,
    FileName nvarchar(200) NOT NULL,
    Sheet nvarchar(20) NULL,
    KeyCipher nvarchar(400) NOT NULL,
    State nvarchar(20) NOT NULL,
    Done int NOT NULL,
    Total int NOT NULL,
    Faults int NOT NULL,
    CountsJson nvarchar(max) NULL,
    Attempts int NOT NULL,
    ClaimedUntil datetime2(3) NULL,
    FinishedAt datetime2(3) NULL,
    SecretCipher nvarchar(400) NULL,
    CredentialsTakenAt datetime2(3) NULL
);
CREATE INDEX IX_CityImport_UserId ON CityImport (UserId, StartedAt);
CREATE INDEX IX_CityImport_State ON CityImport (State, StartedAt);

-- What is wrong with a file, at its cell. ArgsJson fills the sentence that Code names.
CREATE TABLE ImportFault (
    ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportFault_Import REFERENCES CityImport (Id),
    Ordinal int NOT NULL,
    Sheet nvarchar(20) NULL,
    RowNumber int NOT NULL,
    ColumnName nvarchar(40) NULL,
    Cell nvarchar(20) NULL,
    Code nvarchar(40) NOT NULL,
    ArgsJson nvarchar(max) NULL,
    CONSTRAINT PK_ImportFault PRIMARY KEY (ImportId, Ordinal)
);

-- The first of what a file adds and changes, for who has to decide. Personal data are said to have changed, and no more.
CREATE TABLE ImportChange (
    ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportChange_Import REFERENCES CityImport (Id),
    Ordinal int NOT NULL,
    Sheet nvarchar(20) NOT NULL,
    RowNumber int NOT NULL,
    Subject nvarchar(400) NOT NULL,
    ColumnName nvarchar(40) NULL,
    OldText nvarchar(200) NULL,
    NewText nvarchar(200) NULL,
    CONSTRAINT PK_ImportChange PRIMARY KEY (ImportId, Ordinal)
);

-- The users an import made: whose temporary passwords its secret gives.
CREATE TABLE ImportUser (
    ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportUser_Import REFERENCES CityImport (Id),
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_ImportUser_User REFERENCES AppUser (Id),
    CONSTRAINT PK_ImportUser PRIMARY KEY (ImportId, UserId)
);
CREATE INDEX IX_ImportUser_UserId ON ImportUser (UserId);

-- A case that was open in an earlier system, by the number it had there: so that it is brought over once.
CREATE TABLE BroughtOver (
    DistrictCode varchar(15) NOT NULL,
    FormerNumber nvarchar(60) NOT NULL,
    CaseId uniqueidentifier NOT NULL CONSTRAINT UQ_BroughtOver_CaseId UNIQUE CONSTRAINT FK_BroughtOver_Case REFERENCES DisputeCase (Id),
    CONSTRAINT PK_BroughtOver PRIMARY KEY (DistrictCode, FormerNumber)
);
