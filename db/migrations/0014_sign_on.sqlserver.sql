-- 0014 sign on (sqlserver): single sign-on and the second factor. Twin: 0014_sign_on.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Who a user is to an identity provider: its issuer, and the subject that never changes there. No user is ever made from it.
CREATE TABLE ExternalLogin (
    Issuer nvarchar(300) COLLATE Latin1_General_BIN2 NOT NULL,
    Subject nvarchar(255) COLLATE Latin1_General_BIN2 NOT NULL,
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_ExternalLogin_User REFERENCES AppUser (Id),
    LinkedBy nvarchar(64) NOT NULL,
    LinkedAt datetime2(3) NOT NULL,
    CONSTRAINT PK_ExternalLogin PRIMARY KEY NONCLUSTERED (Issuer, Subject)
);
CREATE UNIQUE INDEX IX_ExternalLogin_UserId ON ExternalLogin (UserId, Issuer);

-- A session that the identity provider answers for: its user needs no password here, and no second factor.
ALTER TABLE UserSession ADD SignedOn bit NOT NULL CONSTRAINT DF_UserSession_SignedOn DEFAULT 0;

-- The secret of an authenticator app, encrypted as personal data are; it counts once a code of it was given. LastStep: the time step of the last code that was taken.
CREATE TABLE SecondFactor (
    UserId uniqueidentifier NOT NULL CONSTRAINT PK_SecondFactor PRIMARY KEY CONSTRAINT FK_SecondFactor_User REFERENCES AppUser (Id),
    SecretCipher nvarchar(400) NOT NULL,
    CreatedAt datetime2(3) NOT NULL,
    ConfirmedAt datetime2(3) NULL,
    LastStep bigint NOT NULL
);

-- Codes on paper for who has lost the app: each is good once.
CREATE TABLE RecoveryCode (
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_RecoveryCode_User REFERENCES AppUser (Id),
    CodeHash char(64) NOT NULL,
    CONSTRAINT PK_RecoveryCode PRIMARY KEY (UserId, CodeHash)
);
