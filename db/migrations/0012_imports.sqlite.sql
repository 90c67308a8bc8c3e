-- 0012 imports (sqlite): a city that comes in by a workbook. Twin: 0012_imports.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- An uploaded workbook, or one sheet of it as CSV: checked, then applied as a whole. The file lies sealed among the attachments under the import's id, KeyCipher opens it.
-- Sheet: which one a CSV file is. CountsJson: what was found, by sheet. SecretCipher: what the temporary passwords are made of, until they have been fetched once.
CREATE TABLE CityImport (
    Id TEXT NOT NULL CONSTRAINT PK_CityImport PRIMARY KEY,
    UserId TEXT NOT NULL CONSTRAINT FK_CityImport_User REFERENCES AppUser (Id),
    StartedAt TEXT NOT NULL,
    FileName TEXT NOT NULL CHECK (length(FileName) <= 200),
    Sheet TEXT NULL CHECK (length(Sheet) <= 20),
    KeyCipher TEXT NOT NULL CHECK (length(KeyCipher) <= 400),
    State TEXT NOT NULL CHECK (length(State) <= 20),
    Done INTEGER NOT NULL,
    Total INTEGER NOT NULL,
    Faults INTEGER NOT NULL,
    CountsJson TEXT NULL,
    Attempts INTEGER NOT NULL,
    ClaimedUntil TEXT NULL,
    FinishedAt TEXT NULL,
    SecretCipher TEXT NULL CHECK (length(SecretCipher) <= 400),
    CredentialsTakenAt TEXT NULL
) STRICT;
CREATE INDEX IX_CityImport_UserId ON CityImport (UserId, StartedAt);
CREATE INDEX IX_CityImport_State ON CityImport (State, StartedAt);

-- What is wrong with a file, at its cell. ArgsJson fills the sentence that Code names.
CREATE TABLE ImportFault (
    ImportId TEXT NOT NULL CONSTRAINT FK_ImportFault_Import REFERENCES CityImport (Id),
    Ordinal INTEGER NOT NULL,
    Sheet TEXT NULL CHECK (length(Sheet) <= 20),
    RowNumber INTEGER NOT NULL,
    ColumnName TEXT NULL CHECK (length(ColumnName) <= 40),
    Cell TEXT NULL CHECK (length(Cell) <= 20),
    Code TEXT NOT NULL CHECK (length(Code) <= 40),
    ArgsJson TEXT NULL,
    CONSTRAINT PK_ImportFault PRIMARY KEY (ImportId, Ordinal)
) STRICT;

-- The first of what a file adds and changes, for who has to decide. Personal data are said to have changed, and no more.
CREATE TABLE ImportChange (
    ImportId TEXT NOT NULL CONSTRAINT FK_ImportChange_Import REFERENCES CityImport (Id),
    Ordinal INTEGER NOT NULL,
    Sheet TEXT NOT NULL CHECK (length(Sheet) <= 20),
    RowNumber INTEGER NOT NULL,
    Subject TEXT NOT NULL CHECK (length(Subject) <= 400),
    ColumnName TEXT NULL CHECK (length(ColumnName) <= 40),
    OldText TEXT NULL CHECK (length(OldText) <= 200),
    NewText TEXT NULL CHECK (length(NewText) <= 200),
    CONSTRAINT PK_ImportChange PRIMARY KEY (ImportId, Ordinal)
) STRICT;

-- The users an import made: whose temporary passwords its secret gives.
CREATE TABLE ImportUser (
    ImportId TEXT NOT NULL CONSTRAINT FK_ImportUser_Import REFERENCES CityImport (Id),
    UserId TEXT NOT NULL CONSTRAINT FK_ImportUser_User REFERENCES AppUser (Id),
    CONSTRAINT PK_ImportUser PRIMARY KEY (ImportId, UserId)
) STRICT;
CREATE INDEX IX_ImportUser_UserId ON ImportUser (UserId);

-- A case that was open in an earlier system, by the number it had there: so that it is brought over once.
CREATE TABLE BroughtOver (
    DistrictCode TEXT NOT NULL,
    FormerNumber TEXT NOT NULL CHECK (length(FormerNumber) <= 60),
    CaseId TEXT NOT NULL CONSTRAINT UQ_BroughtOver_CaseId UNIQUE CONSTRAINT FK_BroughtOver_Case REFERENCES DisputeCase (Id),
    CONSTRAINT PK_BroughtOver PRIMARY KEY (DistrictCode, FormerNumber)
) STRICT;
