-- Everything GridCases stores, as of its first release. Twin: 0001_initial.sqlite.sql; a test compares the two.
-- Enumerations are stored by name, instants as UTC with milliseconds, unit codes as varchar(15), personal data encrypted (…Cipher)
-- with a keyed hash beside it (…Hash). A line that says GO ends a batch.

-- Units, organisations, people ---------------------------------------------------------------------------------------

-- A unit's code is its path: the subtree of a unit is Code >= unit.Code AND Code < unit.RangeEnd.
CREATE TABLE Unit (
    Code varchar(15) NOT NULL CONSTRAINT PK_Unit PRIMARY KEY,
    Name nvarchar(200) NOT NULL,
    [Level] nvarchar(20) NOT NULL,
    ParentCode varchar(15) NULL CONSTRAINT FK_Unit_Parent REFERENCES Unit (Code),
    RangeEnd AS CAST(CAST(Code AS bigint) + 1 AS varchar(16)) PERSISTED NOT NULL
);
CREATE INDEX IX_Unit_ParentCode ON Unit (ParentCode);

-- A mediation organisation works on one track.
CREATE TABLE Organisation (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_Organisation PRIMARY KEY,
    Name nvarchar(200) NOT NULL,
    Track nvarchar(20) NOT NULL,
    UnitCode varchar(15) NOT NULL CONSTRAINT FK_Organisation_Unit REFERENCES Unit (Code),
    Kind nvarchar(40) NOT NULL
);
CREATE INDEX IX_Organisation_UnitCode ON Organisation (UnitCode, Track);

-- NameKey is the name as it is compared at sign-in (UserNames.KeyOf), byte by byte.
CREATE TABLE AppUser (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_AppUser PRIMARY KEY,
    UserName nvarchar(64) NOT NULL CONSTRAINT UQ_AppUser_UserName UNIQUE,
    NameKey nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UQ_AppUser_NameKey UNIQUE,
    DisplayName nvarchar(100) NOT NULL,
    PasswordHash nvarchar(400) NOT NULL,
    SecurityStamp nvarchar(64) NOT NULL
);

-- Failed sign-ins by the SHA-256 of the name that was typed, whether or not somebody has it.
CREATE TABLE SignInFailure (
    NameHash char(64) NOT NULL CONSTRAINT PK_SignInFailure PRIMARY KEY,
    FailedCount int NOT NULL,
    LastFailedAt datetime2(3) NOT NULL,
    LockedUntil datetime2(3) NULL
);

-- A role is held in a unit and covers its subtree (UnitCode up to, not including, UnitEnd); a mediator's in an organisation.
CREATE TABLE RoleAssignment (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_RoleAssignment PRIMARY KEY,
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_RoleAssignment_User REFERENCES AppUser (Id),
    Role nvarchar(30) NOT NULL,
    UnitCode varchar(15) NOT NULL CONSTRAINT FK_RoleAssignment_Unit REFERENCES Unit (Code),
    UnitEnd AS CAST(CAST(UnitCode AS bigint) + 1 AS varchar(16)) PERSISTED NOT NULL,
    OrganisationId uniqueidentifier NULL CONSTRAINT FK_RoleAssignment_Organisation REFERENCES Organisation (Id),
    FromDate date NOT NULL,
    ToDate date NULL
);
CREATE INDEX IX_RoleAssignment_UserId ON RoleAssignment (UserId);
CREATE INDEX IX_RoleAssignment_UnitCode ON RoleAssignment (UnitCode, Role);
CREATE INDEX IX_RoleAssignment_OrganisationId ON RoleAssignment (OrganisationId);

CREATE TABLE RefreshToken (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_RefreshToken PRIMARY KEY,
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_RefreshToken_User REFERENCES AppUser (Id),
    TokenHash char(64) NOT NULL CONSTRAINT UQ_RefreshToken_TokenHash UNIQUE,
    CreatedAt datetime2(3) NOT NULL,
    ExpiresAt datetime2(3) NOT NULL,
    RevokedAt datetime2(3) NULL
);
CREATE INDEX IX_RefreshToken_UserId ON RefreshToken (UserId);

-- Deadline policies and the working calendar -------------------------------------------------------------------------

-- A NULL criterion matches everything; a NULL limit means that the thing has a due date of its own.
-- LaterLevels is JSON: [{"amount":2,"unit":"WorkingDays"}, …] for levels 2, 3, 4.
CREATE TABLE Policy (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_Policy PRIMARY KEY,
    Version int NOT NULL,
    EffectiveFrom date NOT NULL,
    EffectiveTo date NULL,
    Stage nvarchar(30) NOT NULL,
    UnitLevel nvarchar(20) NULL,
    Track nvarchar(20) NULL,
    Entrustment nvarchar(30) NULL,
    Category nvarchar(30) NULL,
    Risk nvarchar(20) NULL,
    Urgency nvarchar(20) NULL,
    LimitAmount int NULL,
    LimitUnit nvarchar(20) NULL,
    WarningAmount int NOT NULL,
    WarningUnit nvarchar(20) NOT NULL,
    MaxExtension int NULL,
    ExtensionNeedsPartiesConsent bit NOT NULL,
    LaterLevels nvarchar(max) NOT NULL,
    Escalates bit NOT NULL
);
CREATE INDEX IX_Policy_Stage ON Policy (Stage, EffectiveFrom);

-- A year without a row here is not loaded: due dates in it are provisional.
CREATE TABLE CalendarYear (
    [Year] int NOT NULL CONSTRAINT PK_CalendarYear PRIMARY KEY,
    Source nvarchar(400) NOT NULL
);

-- Kind: Rest, or MakeUp (a Saturday or Sunday worked).
CREATE TABLE CalendarDay (
    [Day] date NOT NULL CONSTRAINT PK_CalendarDay PRIMARY KEY,
    [Year] int NOT NULL CONSTRAINT FK_CalendarDay_Year REFERENCES CalendarYear ([Year]),
    Kind nvarchar(10) NOT NULL
);
CREATE INDEX IX_CalendarDay_Year ON CalendarDay ([Year]);

-- Cases --------------------------------------------------------------------------------------------------------------

-- The last serial given per district and year; raised in the transaction that registers, so that none is lost.
CREATE TABLE CaseNumber (
    DistrictCode varchar(15) NOT NULL,
    [Year] int NOT NULL,
    LastSerial int NOT NULL,
    CONSTRAINT PK_CaseNumber PRIMARY KEY (DistrictCode, [Year])
);

-- Version is the case's ETag. Holder…: the centre in charge and, while it is mediated, the organisation and the mediator's user name.
-- Route: the unit codes the case came through, comma separated, for Return. Track to MediationMediator: the mediation in charge, or the last one.
-- Completed…: where ReturnForRework goes back to. Card: the colour of the card that is out.
-- NextWarnAt, NextDueAt: the earliest of its running clocks that count for the light, so that lists need not look at clocks.
CREATE TABLE DisputeCase (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_DisputeCase PRIMARY KEY NONCLUSTERED,
    Number nvarchar(30) NOT NULL CONSTRAINT UQ_DisputeCase_Number UNIQUE,
    Version int NOT NULL,
    State nvarchar(30) NOT NULL,
    Suspended bit NOT NULL CONSTRAINT DF_DisputeCase_Suspended DEFAULT 0,
    ExpectedResumeOn date NULL,
    Title nvarchar(200) NOT NULL,
    Summary nvarchar(max) NULL,
    Category nvarchar(30) NOT NULL,
    OccurredOn date NULL,
    Source nvarchar(20) NOT NULL,
    Urgency nvarchar(20) NOT NULL,
    Scale nvarchar(20) NOT NULL,
    PeopleInvolved int NULL,
    AmountInDispute decimal(18, 2) NULL,
    PlaceUnitCode varchar(15) NOT NULL CONSTRAINT FK_DisputeCase_PlaceUnit REFERENCES Unit (Code),
    PlaceAddressCipher nvarchar(max) NULL,
    Latitude float NULL,
    Longitude float NULL,
    Risk nvarchar(20) NOT NULL,
    ProposedRisk nvarchar(20) NULL,
    RiskSponsor nvarchar(100) NULL,
    OriginUnitCode varchar(15) NOT NULL CONSTRAINT FK_DisputeCase_OriginUnit REFERENCES Unit (Code),
    HolderUnitCode varchar(15) NOT NULL CONSTRAINT FK_DisputeCase_HolderUnit REFERENCES Unit (Code),
    HolderOrganisationId uniqueidentifier NULL CONSTRAINT FK_DisputeCase_HolderOrganisation REFERENCES Organisation (Id),
    HolderMediator nvarchar(64) NULL,
    Route nvarchar(max) NOT NULL CONSTRAINT DF_DisputeCase_Route DEFAULT N'',
    Track nvarchar(20) NULL,
    Entrustment nvarchar(30) NULL,
    MediationOrganisationId uniqueidentifier NULL CONSTRAINT FK_DisputeCase_MediationOrganisation REFERENCES Organisation (Id),
    MediationMediator nvarchar(64) NULL,
    CompletedState nvarchar(30) NULL,
    CompletedHolderUnitCode varchar(15) NULL CONSTRAINT FK_DisputeCase_CompletedHolderUnit REFERENCES Unit (Code),
    CompletedHolderOrganisationId uniqueidentifier NULL CONSTRAINT FK_DisputeCase_CompletedHolderOrganisation REFERENCES Organisation (Id),
    CompletedHolderMediator nvarchar(64) NULL,
    CompletedRoute nvarchar(max) NULL,
    Outcome nvarchar(20) NULL,
    ReopenedCount int NOT NULL CONSTRAINT DF_DisputeCase_ReopenedCount DEFAULT 0,
    RegisteredAt datetime2(3) NOT NULL,
    RegisteredBy nvarchar(64) NOT NULL,
    ClosedAt datetime2(3) NULL,
    MergedIntoId uniqueidentifier NULL CONSTRAINT FK_DisputeCase_MergedInto REFERENCES DisputeCase (Id),
    NextWarnAt datetime2(3) NULL,
    NextDueAt datetime2(3) NULL,
    LastEventSequence int NOT NULL,
    LastEventHash char(64) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX IX_DisputeCase_RegisteredAt ON DisputeCase (RegisteredAt, Id);
CREATE INDEX IX_DisputeCase_HolderUnitCode ON DisputeCase (HolderUnitCode, State, RegisteredAt);
CREATE INDEX IX_DisputeCase_OriginUnitCode ON DisputeCase (OriginUnitCode, RegisteredAt);
CREATE INDEX IX_DisputeCase_HolderOrganisationId ON DisputeCase (HolderOrganisationId, State);
CREATE INDEX IX_DisputeCase_State ON DisputeCase (State, RegisteredAt, Id);
CREATE INDEX IX_DisputeCase_ClosedAt ON DisputeCase (ClosedAt);
CREATE INDEX IX_DisputeCase_MergedIntoId ON DisputeCase (MergedIntoId);

-- Every organisation that has or had the case: its mediators keep seeing it.
CREATE TABLE CaseOrganisation (
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseOrganisation_Case REFERENCES DisputeCase (Id),
    OrganisationId uniqueidentifier NOT NULL CONSTRAINT FK_CaseOrganisation_Organisation REFERENCES Organisation (Id),
    CONSTRAINT PK_CaseOrganisation PRIMARY KEY (CaseId, OrganisationId)
);
CREATE INDEX IX_CaseOrganisation_OrganisationId ON CaseOrganisation (OrganisationId, CaseId);

CREATE TABLE CaseParty (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_CaseParty PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseParty_Case REFERENCES DisputeCase (Id),
    Ordinal int NOT NULL,
    Role nvarchar(20) NOT NULL,
    Kind nvarchar(20) NOT NULL,
    Name nvarchar(200) NOT NULL,
    Sex nvarchar(10) NULL,
    BirthDate date NULL,
    IdType nvarchar(20) NULL,
    IdNumberCipher nvarchar(max) NULL,
    IdNumberHash char(64) NULL,
    PhoneCipher nvarchar(max) NULL,
    PhoneHash char(64) NULL,
    AddressCipher nvarchar(max) NULL,
    Ethnicity nvarchar(50) NULL,
    Education nvarchar(50) NULL,
    Minor bit NOT NULL CONSTRAINT DF_CaseParty_Minor DEFAULT 0,
    HealthData bit NOT NULL CONSTRAINT DF_CaseParty_HealthData DEFAULT 0,
    ConsentGiven bit NULL,
    ConsentHow nvarchar(200) NULL,
    ConsentAt datetime2(3) NULL,
    CONSTRAINT UQ_CaseParty_Ordinal UNIQUE CLUSTERED (CaseId, Ordinal)
);
CREATE INDEX IX_CaseParty_IdNumberHash ON CaseParty (IdNumberHash);
CREATE INDEX IX_CaseParty_PhoneHash ON CaseParty (PhoneHash);
CREATE INDEX IX_CaseParty_Name ON CaseParty (Name);

-- Pauses is JSON: [{"from":"…","to":"…"}, …]. SubjectId: the obligation or the card that the clock belongs to.
CREATE TABLE CaseClock (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_CaseClock PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseClock_Case REFERENCES DisputeCase (Id),
    Kind nvarchar(30) NOT NULL,
    UnitCode varchar(15) NULL CONSTRAINT FK_CaseClock_Unit REFERENCES Unit (Code),
    SubjectId uniqueidentifier NULL,
    StartedAt datetime2(3) NOT NULL,
    LimitAmount int NULL,
    LimitUnit nvarchar(20) NULL,
    FixedDueOn date NULL,
    Extension int NOT NULL CONSTRAINT DF_CaseClock_Extension DEFAULT 0,
    Pauses nvarchar(max) NOT NULL,
    PolicyId uniqueidentifier NOT NULL CONSTRAINT FK_CaseClock_Policy REFERENCES Policy (Id),
    PolicyVersion int NOT NULL,
    DueAt datetime2(3) NOT NULL,
    WarnAt datetime2(3) NOT NULL,
    Provisional bit NOT NULL,
    Status nvarchar(20) NOT NULL,
    EndedAt datetime2(3) NULL,
    LevelsOpened int NOT NULL CONSTRAINT DF_CaseClock_LevelsOpened DEFAULT 0,
    LevelsBeforeDue int NOT NULL CONSTRAINT DF_CaseClock_LevelsBeforeDue DEFAULT 0,
    NextLookAt datetime2(3) NULL
);
CREATE CLUSTERED INDEX IX_CaseClock_CaseId ON CaseClock (CaseId, StartedAt);
CREATE INDEX IX_CaseClock_CaseId_Status ON CaseClock (CaseId, Status, DueAt);
CREATE INDEX IX_CaseClock_NextLookAt ON CaseClock (NextLookAt, Id);
CREATE INDEX IX_CaseClock_Status ON CaseClock (Status, EndedAt);

-- The journal: append-only, hash-chained, never with personal data.
CREATE TABLE CaseEvent (
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseEvent_Case REFERENCES DisputeCase (Id),
    Sequence int NOT NULL,
    [At] datetime2(3) NOT NULL,
    ByUser nvarchar(64) NOT NULL,
    [Action] nvarchar(60) NOT NULL,
    DataJson nvarchar(max) NOT NULL,
    PreviousHash char(64) NOT NULL,
    Hash char(64) NOT NULL,
    CONSTRAINT PK_CaseEvent PRIMARY KEY (CaseId, Sequence)
);
CREATE INDEX IX_CaseEvent_Action ON CaseEvent ([Action], [At]);
GO
CREATE TRIGGER TR_CaseEvent_AppendOnly ON CaseEvent AFTER UPDATE, DELETE AS
    THROW 50001, 'CaseEvent is append-only.', 1;
GO

-- Mediation ----------------------------------------------------------------------------------------------------------

-- A session marked Concession never enters a court packet.
CREATE TABLE CaseSession (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_CaseSession PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseSession_Case REFERENCES DisputeCase (Id),
    HeldAt datetime2(3) NOT NULL,
    Place nvarchar(200) NOT NULL,
    Note nvarchar(max) NOT NULL,
    Concession bit NOT NULL,
    Online bit NOT NULL,
    RecordedBy nvarchar(64) NOT NULL,
    RecordedAt datetime2(3) NOT NULL
);
CREATE CLUSTERED INDEX IX_CaseSession_CaseId ON CaseSession (CaseId, HeldAt);

-- A revision is a new row; the earlier ones stay on file, and the signatures under them are void.
CREATE TABLE CaseAgreement (
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseAgreement_Case REFERENCES DisputeCase (Id),
    Version int NOT NULL,
    Form nvarchar(20) NOT NULL,
    Terms nvarchar(max) NOT NULL,
    Amount decimal(18, 2) NULL,
    Sha256 char(64) NOT NULL,
    MadeAt datetime2(3) NOT NULL,
    EffectiveAt datetime2(3) NULL,
    CONSTRAINT PK_CaseAgreement PRIMARY KEY (CaseId, Version)
);

CREATE TABLE AgreementObligation (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_AgreementObligation PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL,
    AgreementVersion int NOT NULL,
    Ordinal int NOT NULL,
    PartyId uniqueidentifier NOT NULL CONSTRAINT FK_AgreementObligation_Party REFERENCES CaseParty (Id),
    [Text] nvarchar(max) NOT NULL,
    DueOn date NOT NULL,
    Amount decimal(18, 2) NULL,
    PerformedOn date NULL,
    CONSTRAINT UQ_AgreementObligation_Ordinal UNIQUE CLUSTERED (CaseId, AgreementVersion, Ordinal),
    CONSTRAINT FK_AgreementObligation_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
);

-- Signer: a party's id, 'mediator' or 'seal'.
CREATE TABLE AgreementSignature (
    CaseId uniqueidentifier NOT NULL,
    AgreementVersion int NOT NULL,
    Signer nvarchar(36) NOT NULL,
    SignedAt datetime2(3) NOT NULL,
    ByUser nvarchar(64) NOT NULL,
    ImagePng varbinary(max) NULL,
    CONSTRAINT PK_AgreementSignature PRIMARY KEY (CaseId, AgreementVersion, Signer),
    CONSTRAINT FK_AgreementSignature_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
);

-- Applicants is JSON: the ids of the parties that apply jointly.
CREATE TABLE CaseConfirmation (
    CaseId uniqueidentifier NOT NULL,
    AgreementVersion int NOT NULL,
    Court nvarchar(200) NOT NULL,
    Applicants nvarchar(max) NOT NULL,
    AppliedAt datetime2(3) NOT NULL,
    Result nvarchar(20) NULL,
    DecidedOn date NULL,
    DocumentNumber nvarchar(100) NULL,
    Reason nvarchar(max) NULL,
    CONSTRAINT PK_CaseConfirmation PRIMARY KEY (CaseId, AgreementVersion),
    CONSTRAINT FK_CaseConfirmation_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
);

-- Extensions, supervision, follow-up ---------------------------------------------------------------------------------

CREATE TABLE CaseExtension (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_CaseExtension PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_CaseExtension_Case REFERENCES DisputeCase (Id),
    ClockId uniqueidentifier NOT NULL CONSTRAINT FK_CaseExtension_Clock REFERENCES CaseClock (Id),
    Days int NOT NULL,
    Reason nvarchar(max) NOT NULL,
    PartiesAgree bit NOT NULL CONSTRAINT DF_CaseExtension_PartiesAgree DEFAULT 0,
    State nvarchar(20) NOT NULL,
    GrantedDays int NULL,
    RequestedBy nvarchar(64) NOT NULL,
    RequestedAt datetime2(3) NOT NULL,
    DecidedBy nvarchar(64) NULL,
    DecidedAt datetime2(3) NULL,
    Note nvarchar(max) NULL
);
CREATE CLUSTERED INDEX IX_CaseExtension_CaseId ON CaseExtension (CaseId, RequestedAt);

-- A yellow or red card, to be answered by ReplyDueOn.
CREATE TABLE SupervisionCard (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_SupervisionCard PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_SupervisionCard_Case REFERENCES DisputeCase (Id),
    Color nvarchar(20) NOT NULL,
    Note nvarchar(max) NOT NULL,
    ReplyDueOn date NOT NULL,
    IssuedBy nvarchar(64) NOT NULL,
    IssuedAt datetime2(3) NOT NULL,
    Reply nvarchar(max) NULL,
    RepliedAt datetime2(3) NULL,
    LiftedAt datetime2(3) NULL
);
CREATE CLUSTERED INDEX IX_SupervisionCard_CaseId ON SupervisionCard (CaseId, IssuedAt);

CREATE TABLE FollowUp (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_FollowUp PRIMARY KEY NONCLUSTERED,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_FollowUp_Case REFERENCES DisputeCase (Id),
    VisitedOn date NOT NULL,
    Method nvarchar(100) NOT NULL,
    Satisfaction int NOT NULL,
    Note nvarchar(max) NULL,
    RecordedBy nvarchar(64) NOT NULL,
    RecordedAt datetime2(3) NOT NULL
);
CREATE CLUSTERED INDEX IX_FollowUp_CaseId ON FollowUp (CaseId, VisitedOn);

-- One per case, clock and level, for ever. UnitCode NULL: the orphan queue, nobody up to the root supervises.
CREATE TABLE Escalation (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_Escalation PRIMARY KEY,
    CaseId uniqueidentifier NOT NULL CONSTRAINT FK_Escalation_Case REFERENCES DisputeCase (Id),
    ClockId uniqueidentifier NOT NULL CONSTRAINT FK_Escalation_Clock REFERENCES CaseClock (Id),
    [Level] int NOT NULL,
    UnitCode varchar(15) NULL CONSTRAINT FK_Escalation_Unit REFERENCES Unit (Code),
    OpenedAt datetime2(3) NOT NULL,
    DueAt datetime2(3) NOT NULL,
    State nvarchar(20) NOT NULL,
    AcknowledgedBy nvarchar(64) NULL,
    AcknowledgedAt datetime2(3) NULL,
    Resolution nvarchar(max) NULL,
    ClosedBy nvarchar(64) NULL,
    ClosedAt datetime2(3) NULL,
    CONSTRAINT UQ_Escalation_Level UNIQUE (CaseId, ClockId, [Level])
);
CREATE INDEX IX_Escalation_UnitCode ON Escalation (UnitCode, State, DueAt, Id);
CREATE INDEX IX_Escalation_ClockId ON Escalation (ClockId, State);
CREATE INDEX IX_Escalation_State ON Escalation (State, ClockId);

-- What leaves, and what people are told ------------------------------------------------------------------------------

CREATE TABLE Outbox (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_Outbox PRIMARY KEY,
    Kind nvarchar(60) NOT NULL,
    PayloadJson nvarchar(max) NOT NULL,
    CreatedAt datetime2(3) NOT NULL,
    DeliveredAt datetime2(3) NULL,
    ClaimedUntil datetime2(3) NULL,
    Attempts int NOT NULL CONSTRAINT DF_Outbox_Attempts DEFAULT 0,
    LastError nvarchar(max) NULL
);
CREATE INDEX IX_Outbox_DeliveredAt ON Outbox (DeliveredAt, CreatedAt, Id);

-- To a role in a unit, an organisation, or a user. Unique per outbox row, so that the same notice never comes twice.
CREATE TABLE Notification (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_Notification PRIMARY KEY,
    OutboxId uniqueidentifier NOT NULL CONSTRAINT UQ_Notification_OutboxId UNIQUE CONSTRAINT FK_Notification_Outbox REFERENCES Outbox (Id),
    UnitCode varchar(15) NULL CONSTRAINT FK_Notification_Unit REFERENCES Unit (Code),
    Role nvarchar(30) NULL,
    OrganisationId uniqueidentifier NULL CONSTRAINT FK_Notification_Organisation REFERENCES Organisation (Id),
    UserName nvarchar(64) NULL,
    CaseId uniqueidentifier NULL CONSTRAINT FK_Notification_Case REFERENCES DisputeCase (Id),
    Kind nvarchar(60) NOT NULL,
    DataJson nvarchar(max) NOT NULL,
    CreatedAt datetime2(3) NOT NULL
);
CREATE INDEX IX_Notification_UnitCode ON Notification (UnitCode, Role, CreatedAt);
CREATE INDEX IX_Notification_OrganisationId ON Notification (OrganisationId, CreatedAt);
CREATE INDEX IX_Notification_UserName ON Notification (UserName, CreatedAt);

CREATE TABLE NotificationRead (
    NotificationId uniqueidentifier NOT NULL CONSTRAINT FK_NotificationRead_Notification REFERENCES Notification (Id),
    UserId uniqueidentifier NOT NULL CONSTRAINT FK_NotificationRead_User REFERENCES AppUser (Id),
    ReadAt datetime2(3) NOT NULL,
    CONSTRAINT PK_NotificationRead PRIMARY KEY (NotificationId, UserId)
);
CREATE INDEX IX_NotificationRead_UserId ON NotificationRead (UserId);

-- The machine room ---------------------------------------------------------------------------------------------------

-- Written in the transaction of the request it belongs to: the key and the effect commit together.
CREATE TABLE IdempotencyKey (
    UserName nvarchar(64) NOT NULL,
    Route nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    KeyValue nvarchar(128) COLLATE Latin1_General_BIN2 NOT NULL,
    BodySha256 char(64) NOT NULL,
    ResponseJson nvarchar(max) NULL,
    CreatedAt datetime2(3) NOT NULL,
    CONSTRAINT PK_IdempotencyKey PRIMARY KEY (UserName, Route, KeyValue)
);
CREATE INDEX IX_IdempotencyKey_CreatedAt ON IdempotencyKey (CreatedAt);

-- Who read, searched, exported, downloaded or unmasked what, and what for. Append-only.
CREATE TABLE AuditEntry (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_AuditEntry PRIMARY KEY NONCLUSTERED,
    [At] datetime2(3) NOT NULL,
    UserName nvarchar(64) NOT NULL,
    Kind nvarchar(60) NOT NULL,
    CaseId uniqueidentifier NULL CONSTRAINT FK_AuditEntry_Case REFERENCES DisputeCase (Id),
    Purpose nvarchar(400) NULL,
    DetailJson nvarchar(max) NULL
);
CREATE CLUSTERED INDEX IX_AuditEntry_At ON AuditEntry ([At], Id);
CREATE INDEX IX_AuditEntry_CaseId ON AuditEntry (CaseId, [At]);
CREATE INDEX IX_AuditEntry_UserName ON AuditEntry (UserName, [At]);
GO
CREATE TRIGGER TR_AuditEntry_AppendOnly ON AuditEntry AFTER UPDATE, DELETE AS
    THROW 50001, 'AuditEntry is append-only.', 1;
GO

-- One row per key of the personal data, by which a lost or exchanged key is noticed at start.
CREATE TABLE PersonalDataKey (
    KeyId nvarchar(40) NOT NULL CONSTRAINT PK_PersonalDataKey PRIMARY KEY,
    CheckValue nvarchar(400) NOT NULL,
    CreatedAt datetime2(3) NOT NULL
);

-- At most one row, Id 1: by how much the demo's clock runs ahead.
CREATE TABLE DemoClock (
    Id int NOT NULL CONSTRAINT PK_DemoClock PRIMARY KEY,
    OffsetMilliseconds bigint NOT NULL
);
