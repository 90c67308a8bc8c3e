-- 0014 sign on (sqlite): single sign-on and the second factor. Twin: 0014_sign_on.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Who a user is to an identity provider: its issuer, and the subject that never changes there. No user is ever made from it.
CREATE TABLE ExternalLogin (
    Issuer TEXT NOT NULL CHECK (length(Issuer) <= 300),
    Subject TEXT NOT NULL CHECK (length(Subject) <= 255),
    UserId TEXT NOT NULL CONSTRAINT FK_ExternalLogin_User REFERENCES AppUser (Id),
    LinkedBy TEXT NOT NULL CHECK (length(LinkedBy) <= 64),
    LinkedAt TEXT NOT NULL,
    CONSTRAINT PK_ExternalLogin PRIMARY KEY (Issuer, Subject)
) STRICT;
CREATE UNIQUE INDEX IX_ExternalLogin_UserId ON ExternalLogin (UserId, Issuer);

-- A session that the identity provider answers for: its user needs no password here, and no second factor.
ALTER TABLE UserSession ADD COLUMN SignedOn INTEGER NOT NULL DEFAULT 0;

-- The secret of an authenticator app, encrypted as personal data are; it counts once a code of it was given. LastStep: the time step of the last code that was taken.
CREATE TABLE SecondFactor (
    UserId TEXT NOT NULL CONSTRAINT PK_SecondFactor PRIMARY KEY CONSTRAINT FK_SecondFactor_User REFERENCES AppUser (Id),
    SecretCipher TEXT NOT NULL CHECK (length(SecretCipher) <= 400),
    CreatedAt TEXT NOT NULL,
    ConfirmedAt TEXT NULL,
    LastStep INTEGER NOT NULL
) STRICT;

-- Codes on paper for who has lost the app: each is good once.
CREATE TABLE RecoveryCode (
    UserId TEXT NOT NULL CONSTRAINT FK_RecoveryCode_User REFERENCES AppUser (Id),
    CodeHash TEXT NOT NULL,
    CONSTRAINT PK_RecoveryCode PRIMARY KEY (UserId, CodeHash)
) STRICT;
