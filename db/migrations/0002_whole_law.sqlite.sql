-- 0002 the whole law of a case (sqlite): mediation, agreements, risk, attachments, duplicates, closing. Twin: 0002_whole_law.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- How the parties came to the mediator (People's Mediation Law art. 19), and what kind of organisation mediates: a deadline may hang on it.
-- Violence: a risk of violence obliges prevention and a police notice (art. 25). NextSession…: the meeting that was arranged.
ALTER TABLE DisputeCase ADD COLUMN MediatorChoice TEXT NULL CHECK (length(MediatorChoice) <= 20);
ALTER TABLE DisputeCase ADD COLUMN MediationOrganisationKind TEXT NULL CHECK (length(MediationOrganisationKind) <= 40);
ALTER TABLE DisputeCase ADD COLUMN ProposedViolence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE DisputeCase ADD COLUMN Violence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE DisputeCase ADD COLUMN Prevention TEXT NULL;
ALTER TABLE DisputeCase ADD COLUMN NextSessionAt TEXT NULL;
ALTER TABLE DisputeCase ADD COLUMN NextSessionPlace TEXT NULL CHECK (length(NextSessionPlace) <= 200);
ALTER TABLE DisputeCase ADD COLUMN NextSessionLink TEXT NULL CHECK (length(NextSessionLink) <= 400);

-- For finding the same dispute again by place and time.
CREATE INDEX IX_DisputeCase_PlaceUnitCode ON DisputeCase (PlaceUnitCode, RegisteredAt);

-- A mediator who stepped aside (SPC, court-invited mediation, art. 15) never mediates this case again.
CREATE TABLE CaseRecusal (
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseRecusal_Case REFERENCES DisputeCase (Id),
    UserName TEXT NOT NULL CHECK (length(UserName) <= 64),
    Reason TEXT NOT NULL,
    RecusedAt TEXT NOT NULL,
    CONSTRAINT PK_CaseRecusal PRIMARY KEY (CaseId, UserName)
) STRICT;

-- A suspected sham mediation (art. 18): the case stands still until a supervisor has decided. Founded NULL and ClosedAt set: overtaken by another event.
CREATE TABLE ShamReport (
    Id TEXT NOT NULL CONSTRAINT PK_ShamReport PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_ShamReport_Case REFERENCES DisputeCase (Id),
    Reason TEXT NOT NULL,
    ReportedBy TEXT NOT NULL CHECK (length(ReportedBy) <= 64),
    ReportedAt TEXT NOT NULL,
    Founded INTEGER NULL,
    Note TEXT NULL,
    DecidedBy TEXT NULL CHECK (length(DecidedBy) <= 64),
    ClosedAt TEXT NULL
) STRICT;
CREATE INDEX IX_ShamReport_CaseId ON ShamReport (CaseId, ReportedAt);

-- Kind: Mediation, or Investigation (who was asked, what was found). Participants is JSON: ids of parties; Others: who else was there.
ALTER TABLE CaseSession ADD COLUMN Kind TEXT NOT NULL DEFAULT 'Mediation' CHECK (length(Kind) <= 20);
ALTER TABLE CaseSession ADD COLUMN Participants TEXT NOT NULL DEFAULT '[]';
ALTER TABLE CaseSession ADD COLUMN Others TEXT NULL CHECK (length(Others) <= 400);
ALTER TABLE CaseSession ADD COLUMN Link TEXT NULL CHECK (length(Link) <= 400);

-- How a signature was given: Drawn on the screen, on Paper, by Fingerprint or Seal.
ALTER TABLE AgreementSignature ADD COLUMN How TEXT NOT NULL DEFAULT 'Paper' CHECK (length(How) <= 20);

-- A file of a case. Its content lies in the attachments folder, encrypted under a key of its own; KeyCipher is that key under the key of the personal data.
-- Sha256 is of the plain content. A withdrawn one stays on file with the reason, and out of every packet.
CREATE TABLE CaseAttachment (
    Id TEXT NOT NULL CONSTRAINT PK_CaseAttachment PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseAttachment_Case REFERENCES DisputeCase (Id),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 40),
    PartyId TEXT NULL CONSTRAINT FK_CaseAttachment_Party REFERENCES CaseParty (Id),
    Name TEXT NOT NULL CHECK (length(Name) <= 200),
    MediaType TEXT NOT NULL CHECK (length(MediaType) <= 100),
    Length INTEGER NOT NULL,
    Sha256 TEXT NOT NULL,
    KeyCipher TEXT NOT NULL,
    Concession INTEGER NOT NULL,
    AttachedBy TEXT NOT NULL CHECK (length(AttachedBy) <= 64),
    AttachedAt TEXT NOT NULL,
    WithdrawnBy TEXT NULL CHECK (length(WithdrawnBy) <= 64),
    WithdrawnAt TEXT NULL,
    WithdrawnReason TEXT NULL
) STRICT;
CREATE INDEX IX_CaseAttachment_CaseId ON CaseAttachment (CaseId, AttachedAt);

-- Two cases that belong together without being one; the lesser id first.
CREATE TABLE CaseLink (
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseLink_Case REFERENCES DisputeCase (Id),
    OtherCaseId TEXT NOT NULL CONSTRAINT FK_CaseLink_Other REFERENCES DisputeCase (Id),
    Reason TEXT NOT NULL,
    LinkedBy TEXT NOT NULL CHECK (length(LinkedBy) <= 64),
    LinkedAt TEXT NOT NULL,
    CONSTRAINT PK_CaseLink PRIMARY KEY (CaseId, OtherCaseId)
) STRICT;
CREATE INDEX IX_CaseLink_OtherCaseId ON CaseLink (OtherCaseId);

-- The notice to the police that a risk of violence obliges to (People's Mediation Law art. 25), and who took it.
CREATE TABLE PoliceNotice (
    Id TEXT NOT NULL CONSTRAINT PK_PoliceNotice PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_PoliceNotice_Case REFERENCES DisputeCase (Id),
    Prevention TEXT NOT NULL,
    CreatedBy TEXT NOT NULL CHECK (length(CreatedBy) <= 64),
    CreatedAt TEXT NOT NULL,
    DeliveredOn TEXT NULL,
    ReceivedBy TEXT NULL CHECK (length(ReceivedBy) <= 200),
    Reference TEXT NULL CHECK (length(Reference) <= 100),
    RecordedBy TEXT NULL CHECK (length(RecordedBy) <= 64)
) STRICT;
CREATE INDEX IX_PoliceNotice_CaseId ON PoliceNotice (CaseId, CreatedAt);

-- 以案定补: what a mediated case is worth, by form and category; the most specific row in force wins. One payment per dispute.
CREATE TABLE SubsidyRate (
    Id TEXT NOT NULL CONSTRAINT PK_SubsidyRate PRIMARY KEY,
    EffectiveFrom TEXT NOT NULL,
    EffectiveTo TEXT NULL,
    Form TEXT NULL CHECK (length(Form) <= 20),
    Category TEXT NULL CHECK (length(Category) <= 30),
    Amount REAL NOT NULL
) STRICT;
CREATE TABLE CaseSubsidy (
    CaseId TEXT NOT NULL CONSTRAINT PK_CaseSubsidy PRIMARY KEY CONSTRAINT FK_CaseSubsidy_Case REFERENCES DisputeCase (Id),
    RateId TEXT NOT NULL CONSTRAINT FK_CaseSubsidy_Rate REFERENCES SubsidyRate (Id),
    OrganisationId TEXT NOT NULL CONSTRAINT FK_CaseSubsidy_Organisation REFERENCES Organisation (Id),
    Mediator TEXT NOT NULL CHECK (length(Mediator) <= 64),
    Amount REAL NOT NULL,
    GrantedAt TEXT NOT NULL,
    PaidAt TEXT NULL,
    PaidBy TEXT NULL CHECK (length(PaidBy) <= 64)
) STRICT;
CREATE INDEX IX_CaseSubsidy_OrganisationId ON CaseSubsidy (OrganisationId, GrantedAt);
CREATE INDEX IX_CaseSubsidy_RateId ON CaseSubsidy (RateId);

-- A limit may hang on the kind of organisation that mediates, and more time on the authority above the supervisor's (public security).
ALTER TABLE Policy ADD COLUMN OrganisationKind TEXT NULL CHECK (length(OrganisationKind) <= 40);
ALTER TABLE Policy ADD COLUMN ExtensionByHigherAuthority INTEGER NOT NULL DEFAULT 0;

-- One run over the open clocks after a calendar or a policy came: how far it is, and what it changed. LastClockId: where it goes on after a crash.
-- Detail: the policy's id or the year. StartedAt lies ahead while a policy is still to take effect. ClaimedUntil: the server at it is not heard of after that.
CREATE TABLE ClockRun (
    Id TEXT NOT NULL CONSTRAINT PK_ClockRun PRIMARY KEY,
    Reason TEXT NOT NULL CHECK (length(Reason) <= 20),
    Detail TEXT NULL CHECK (length(Detail) <= 200),
    StartedBy TEXT NOT NULL CHECK (length(StartedBy) <= 64),
    StartedAt TEXT NOT NULL,
    Total INTEGER NOT NULL,
    Done INTEGER NOT NULL,
    Changed INTEGER NOT NULL,
    Failed INTEGER NOT NULL,
    LastClockId TEXT NULL,
    ClaimedUntil TEXT NULL,
    FinishedAt TEXT NULL
) STRICT;
CREATE INDEX IX_ClockRun_FinishedAt ON ClockRun (FinishedAt, StartedAt);
