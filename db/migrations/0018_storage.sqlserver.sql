-- 0018 storage (sqlserver): drawn signatures lie sealed, and the bytes of all attachments are counted. Twin: 0018_storage.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A drawn signature, sealed under a key of its own as an attachment is; ImageKeyCipher is that key under the key of the personal data.
-- ImagePng holds what was drawn before; the nightly job seals it.
ALTER TABLE AgreementSignature ADD ImageSealed varbinary(max) NULL;
ALTER TABLE AgreementSignature ADD ImageKeyCipher nvarchar(400) NULL;
GO

-- Bytes of all attachments in one row: whoever puts one in raises it with a condition, so that many at once do not go beyond what was set.
CREATE TABLE AttachmentTotal (
    Id int NOT NULL CONSTRAINT PK_AttachmentTotal PRIMARY KEY,
    Bytes bigint NOT NULL
);
INSERT INTO AttachmentTotal (Id, Bytes) SELECT 1, COALESCE(SUM([Length]), 0) FROM CaseAttachment;
GO
