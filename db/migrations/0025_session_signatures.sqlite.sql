-- 0025 session signatures (sqlite): the record of a meeting is signed on the screen. Twin: 0025_session_signatures.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- What somebody drew under the record of a meeting, sealed as the drawings under agreements are. Signer: a party's id or 'mediator'.
CREATE TABLE SessionSignature (
    CaseId TEXT NOT NULL CONSTRAINT FK_SessionSignature_Case REFERENCES DisputeCase (Id),
    SessionId TEXT NOT NULL CONSTRAINT FK_SessionSignature_Session REFERENCES CaseSession (Id),
    Signer TEXT NOT NULL CHECK (length(Signer) <= 36),
    SignedAt TEXT NOT NULL,
    ByUser TEXT NOT NULL CHECK (length(ByUser) <= 64),
    ImageSealed BLOB NOT NULL,
    ImageKeyCipher TEXT NOT NULL CHECK (length(ImageKeyCipher) <= 400),
    CONSTRAINT PK_SessionSignature PRIMARY KEY (CaseId, SessionId, Signer)
) STRICT;
