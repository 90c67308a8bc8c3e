-- 0025 session signatures (sqlserver): the record of a meeting is signed on the screen. Twin: 0025_session_signatures.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- What somebody drew under the record of a meeting, sealed as the drawings under agreements are. Signer: a party's id or 'mediator'.
CREATE TABLE SessionSignature (
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_SessionSignature_Case REFERENCES DisputeCase (Id),
    SessionId uniqueidentifier NOT NULL CONSTRAINT FK_SessionSignature_Session REFERENCES CaseSession (Id),
    Signer nvarchar(36) NOT NULL,
    SignedAt datetime2(3) NOT NULL,
    ByUser nvarchar(64) NOT NULL,
    ImageSealed varbinary(max) NOT NULL,
    ImageKeyCipher nvarchar(400) NOT NULL,
    CONSTRAINT PK_SessionSignature PRIMARY KEY (CaseId, SessionId, Signer)
);
