-- 0002 the whole law of a case (sqlserver): mediation, agreements, risk, attachments, duplicates, closing. Twin: 0002_whole_law.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- How the parties came to the mediator (People's Mediation Law art. 19), and what kind of organisation mediates: a deadline may hang on it.
-- Violence: a risk of violence obliges prevention and a police notice (art. 25). NextSession…: the meeting that was arranged.
ALTER TABLE DisputeCase ADD MediatorChoice nvarchar(20) NULL;
ALTER TABLE DisputeCase ADD MediationOrganisationKind nvarchar(40) NULL;
ALTER TABLE DisputeCase ADD ProposedViolence bit NOT NULL CONSTRAINT DF_DisputeCase_ProposedViolence DEFAULT 0;
ALTER TABLE DisputeCase ADD Violence bit NOT NULL CONSTRAINT DF_DisputeCase_Violence DEFAULT 0;
ALTER TABLE DisputeCase ADD Prevention nvarchar(max) NULL;
ALTER TABLE DisputeCase ADD NextSessionAt datetime2(3) NULL;
ALTER TABLE DisputeCase ADD NextSessionPlace nvarchar(200) NULL;
ALTER TABLE DisputeCase ADD NextSessionLink nvarchar(400) NULL;

-- For finding the same dispute again by place and time.
CREATE INDEX IX_DisputeCase_PlaceUnitCode ON DisputeCase (PlaceUnitCode, RegisteredAt);

-- A mediator who stepped aside (SPC, court-invited mediation, art. 15) never mediates this case again.
CREATE TABLE CaseRecusal (
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseRecusal_Case REFERENCES DisputeCase (Id),
    UserName nvarchar(64) NOT NULL,
    Reason nvarchar(max) NOT NULL,
    RecusedAt datetime2(3) NOT NULL,
    CONSTRAINT PK_CaseRecusal PRIMARY KEY (CaseId, UserName)
);

-- A suspected sham mediation (art. 18): the case stands still until a supervisor has decided. Founded NULL and ClosedAt set: overtaken by another event.
CREATE TABLE ShamReport (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_ShamReport PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_ShamReport_Case REFERENCES DisputeCase (Id),
    Reason nvarchar(max) NOT NULL,
    ReportedBy nvarchar(64) NOT NULL,
    ReportedAt datetime2(3) NOT NULL,
    Founded bit NULL,
    Note nvarchar(max) NULL,
    DecidedBy nvarchar(64) NULL,
    ClosedAt datetime2(3) NULL
);
CREATE CLUSTERED INDEX IX_ShamReport_CaseId ON ShamReport (CaseId, ReportedAt);

-- Kind: Mediation, or Investigation (who was asked, what was found). Participants is JSON: ids of parties; Others: who else was there.
ALTER TABLE CaseSession ADD Kind nvarchar(20) NOT NULL CONSTRAINT DF_CaseSession_Kind DEFAULT N'Mediation';
ALTER TABLE CaseSession ADD Participants nvarchar(max) NOT NULL CONSTRAINT DF_CaseSession_Participants DEFAULT N'[]';
ALTER TABLE CaseSession ADD Others nvarchar(400) NULL;
ALTER TABLE CaseSession ADD Link nvarchar(400) NULL;

-- How a signature was given: Drawn on the screen, on Paper, by Fingerprint or Seal.
ALTER TABLE AgreementSignature ADD How nvarchar(20) NOT NULL CONSTRAINT DF_AgreementSignature_How DEFAULT N'Paper';

-- A file of a case. Its content lies in the attachments folder, encrypted under a key of its own; KeyCipher is that key under the key of the personal data.
-- Sha256 is of the plain content. A withdrawn one stays on file with the reason, and out of every packet.
CREATE TABLE CaseAttachment (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_CaseAttachment PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseAttachment_Case REFERENCES DisputeCase (Id),
    Kind nvarchar(40) NOT NULL,
    PartyId uniqueidentifier NULL CONSTRAINT FK_CaseAttachment_Party REFERENCES CaseParty (Id),
    Name nvarchar(200) NOT NULL,
    MediaType nvarchar(100) NOT NULL,
    Length bigint NOT NULL,
    Sha256 char(64) NOT NULL,
    KeyCipher nvarchar(max) NOT NULL,
    Concession bit NOT NULL,
    AttachedBy nvarchar(64) NOT NULL,
    AttachedAt datetime2(3) NOT NULL,
    WithdrawnBy nvarchar(64) NULL,
    WithdrawnAt datetime2(3) NULL,
    WithdrawnReason nvarchar(max) NULL
);
CREATE CLUSTERED INDEX IX_CaseAttachment_CaseId ON CaseAttachment (CaseId, AttachedAt);

-- Two cases that belong together without being one; the lesser id first.
CREATE TABLE CaseLink (
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseLink_Case REFERENCES DisputeCase (Id),
    OtherCaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseLink_Other REFERENCES DisputeCase (Id),
    Reason nvarchar(max) NOT NULL,
    LinkedBy nvarchar(64) NOT NULL,
    LinkedAt datetime2(3) NOT NULL,
    CONSTRAINT PK_CaseLink PRIMARY KEY (CaseId, OtherCaseId)
);
CREATE INDEX IX_CaseLink_OtherCaseId ON CaseLink (OtherCaseId);

-- The notice to the police that a risk of violence obliges to (People's Mediation Law art. 25), and who took it.
CREATE TABLE PoliceNotice (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_PoliceNotice PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_PoliceNotice_Case REFERENCES DisputeCase (Id),
    Prevention nvarchar(max) NOT NULL,
    CreatedBy nvarchar(64) NOT NULL,
    CreatedAt datetime2(3) NOT NULL,
    DeliveredOn date NULL,
    ReceivedBy nvarchar(200) NULL,
    Reference nvarchar(100) NULL,
    RecordedBy nvarchar(64) NULL
);
CREATE CLUSTERED INDEX IX_PoliceNotice_CaseId ON PoliceNotice (CaseId, CreatedAt);

-- 以案定补: what a mediated case is worth, by form and category; the most specific row in force wins. One payment per dispute.
CREATE TABLE SubsidyRate (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_SubsidyRate PRIMARY KEY,
    EffectiveFrom date NOT NULL,
    EffectiveTo date NULL,
    Form nvarchar(20) NULL,
    Category nvarchar(30) NULL,
    Amount decimal(18, 2) NOT NULL
);
CREATE TABLE CaseSubsidy (
    CaseId uniqueidentifier NOT NULL CONSTRAINT PK_CaseSubsidy PRIMARY KEY CONSTRAINT FK_CaseSubsidy_Case REFERENCES DisputeCase (Id),
    RateId uniqueidentifier NOT NULL CONSTRAINT FK_CaseSubsidy_Rate REFERENCES SubsidyRate (Id),
    OrganisationId uniqueidentifier NOT NULL CONSTRAINT FK_CaseSubsidy_Organisation REFERENCES Organisation (Id),
    Mediator nvarchar(64) NOT NULL,
    Amount decimal(18, 2) NOT NULL,
    GrantedAt datetime2(3) NOT NULL,
    PaidAt datetime2(3) NULL,
    PaidBy nvarchar(64) NULL
);
CREATE INDEX IX_CaseSubsidy_OrganisationId ON CaseSubsidy (OrganisationId, GrantedAt);
CREATE INDEX IX_CaseSubsidy_RateId ON CaseSubsidy (RateId);

-- A limit may hang on the kind of organisation that mediates, and more time on the authority above the supervisor's (public security).
ALTER TABLE Policy ADD OrganisationKind nvarchar(40) NULL;
ALTER TABLE Policy ADD ExtensionByHigherAuthority bit NOT NULL CONSTRAINT DF_Policy_ExtensionByHigherAuthority DEFAULT 0;

-- One run over the open clocks after a calendar or a policy came: how far it is, and what it changed. LastClockId: where it goes on after a crash.
-- Detail: the policy's id or the year. StartedAt lies ahead while a policy is still to take effect. ClaimedUntil: the server at it is not heard of after that.
CREATE TABLE ClockRun (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_ClockRun PRIMARY KEY,
    Reason nvarchar(20) NOT NULL,
    Detail nvarchar(200) NULL,
    StartedBy nvarchar(64) NOT NULL,
    StartedAt datetime2(3) NOT NULL,
    Total int NOT NULL,
    Done int NOT NULL,
    Changed int NOT NULL,
    Failed int NOT NULL,
    LastClockId uniqueidentifier NULL,
    ClaimedUntil datetime2(3) NULL,
    FinishedAt datetime2(3) NULL
);
CREATE INDEX IX_ClockRun_FinishedAt ON ClockRun (FinishedAt, StartedAt);
