-- Everything GridCases stores, as of its first release. Twin: 0001_initial.sqlserver.sql; a test compares the two.
-- Enumerations are stored by name, instants as UTC text with milliseconds (yyyy-MM-ddTHH:mm:ss.fffZ), days as yyyy-MM-dd, ids as lower-case
-- text, personal data encrypted (…Cipher) with a keyed hash beside it (…Hash). Money is REAL: exact to the cent below 10^13 yuan.
-- The CHECKs are the lengths of SQL Server's nvarchar columns, so that a text too long for the one is too long for the other.

-- Units, organisations, people ---------------------------------------------------------------------------------------

-- A unit's code is its path: the subtree of a unit is Code >= unit.Code AND Code < unit.RangeEnd.
CREATE TABLE Unit (
    Code TEXT NOT NULL CONSTRAINT PK_Unit PRIMARY KEY,
    Name TEXT NOT NULL CHECK (length(Name) <= 200),
    [Level] TEXT NOT NULL CHECK (length([Level]) <= 20),
    ParentCode TEXT NULL CONSTRAINT FK_Unit_Parent REFERENCES Unit (Code),
    RangeEnd TEXT NOT NULL GENERATED ALWAYS AS (CAST(CAST(Code AS INTEGER) + 1 AS TEXT)) STORED
) STRICT;
CREATE INDEX IX_Unit_ParentCode ON Unit (ParentCode);

-- A mediation organisation works on one track.
CREATE TABLE Organisation (
    Id TEXT NOT NULL CONSTRAINT PK_Organisation PRIMARY KEY,
    Name TEXT NOT NULL CHECK (length(Name) <= 200),
    Track TEXT NOT NULL CHECK (length(Track) <= 20),
    UnitCode TEXT NOT NULL CONSTRAINT FK_Organisation_Unit REFERENCES Unit (Code),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 40)
) STRICT;
CREATE INDEX IX_Organisation_UnitCode ON Organisation (UnitCode, Track);

-- NameKey is the name as it is compared at sign-in (UserNames.KeyOf), byte by byte.
CREATE TABLE AppUser (
    Id TEXT NOT NULL CONSTRAINT PK_AppUser PRIMARY KEY,
    UserName TEXT NOT NULL COLLATE NOCASE CHECK (length(UserName) <= 64) CONSTRAINT UQ_AppUser_UserName UNIQUE,
    NameKey TEXT NOT NULL CHECK (length(NameKey) <= 256) CONSTRAINT UQ_AppUser_NameKey UNIQUE,
    DisplayName TEXT NOT NULL CHECK (length(DisplayName) <= 100),
    PasswordHash TEXT NOT NULL CHECK (length(PasswordHash) <= 400),
    SecurityStamp TEXT NOT NULL CHECK (length(SecurityStamp) <= 64)
) STRICT;

-- Failed sign-ins by the SHA-256 of the name that was typed, whether or not somebody has it.
CREATE TABLE SignInFailure (
    NameHash TEXT NOT NULL CONSTRAINT PK_SignInFailure PRIMARY KEY,
    FailedCount INTEGER NOT NULL,
    LastFailedAt TEXT NOT NULL,
    LockedUntil TEXT NULL
) STRICT;

-- A role is held in a unit and covers its subtree (UnitCode up to, not including, UnitEnd); a mediator's in an organisation.
CREATE TABLE RoleAssignment (
    Id TEXT NOT NULL CONSTRAINT PK_RoleAssignment PRIMARY KEY,
    UserId TEXT NOT NULL CONSTRAINT FK_RoleAssignment_User REFERENCES AppUser (Id),
    Role TEXT NOT NULL CHECK (length(Role) <= 30),
    UnitCode TEXT NOT NULL CONSTRAINT FK_RoleAssignment_Unit REFERENCES Unit (Code),
    UnitEnd TEXT NOT NULL GENERATED ALWAYS AS (CAST(CAST(UnitCode AS INTEGER) + 1 AS TEXT)) STORED,
    OrganisationId TEXT NULL CONSTRAINT FK_RoleAssignment_Organisation REFERENCES Organisation (Id),
    FromDate TEXT NOT NULL,
    ToDate TEXT NULL
) STRICT;
CREATE INDEX IX_RoleAssignment_UserId ON RoleAssignment (UserId);
CREATE INDEX IX_RoleAssignment_UnitCode ON RoleAssignment (UnitCode, Role);
CREATE INDEX IX_RoleAssignment_OrganisationId ON RoleAssignment (OrganisationId);

CREATE TABLE RefreshToken (
    Id TEXT NOT NULL CONSTRAINT PK_RefreshToken PRIMARY KEY,
    UserId TEXT NOT NULL CONSTRAINT FK_RefreshToken_User REFERENCES AppUser (Id),
    TokenHash TEXT NOT NULL CONSTRAINT UQ_RefreshToken_TokenHash UNIQUE,
    CreatedAt TEXT NOT NULL,
    ExpiresAt TEXT NOT NULL,
    RevokedAt TEXT NULL
) STRICT;
CREATE INDEX IX_RefreshToken_UserId ON RefreshToken (UserId);

-- Deadline policies and the working calendar -------------------------------------------------------------------------

-- A NULL criterion matches everything; a NULL limit means that the thing has a due date of its own.
-- LaterLevels is JSON: [{"amount":2,"unit":"WorkingDays"}, …] for levels 2, 3, 4.
CREATE TABLE Policy (
    Id TEXT NOT NULL CONSTRAINT PK_Policy PRIMARY KEY,
    Version INTEGER NOT NULL,
    EffectiveFrom TEXT NOT NULL,
    EffectiveTo TEXT NULL,
    Stage TEXT NOT NULL CHECK (length(Stage) <= 30),
    UnitLevel TEXT NULL CHECK (length(UnitLevel) <= 20),
    Track TEXT NULL CHECK (length(Track) <= 20),
    Entrustment TEXT NULL CHECK (length(Entrustment) <= 30),
    Category TEXT NULL CHECK (length(Category) <= 30),
    Risk TEXT NULL CHECK (length(Risk) <= 20),
    Urgency TEXT NULL CHECK (length(Urgency) <= 20),
    LimitAmount INTEGER NULL,
    LimitUnit TEXT NULL CHECK (length(LimitUnit) <= 20),
    WarningAmount INTEGER NOT NULL,
    WarningUnit TEXT NOT NULL CHECK (length(WarningUnit) <= 20),
    MaxExtension INTEGER NULL,
    ExtensionNeedsPartiesConsent INTEGER NOT NULL,
    LaterLevels TEXT NOT NULL,
    Escalates INTEGER NOT NULL
) STRICT;
CREATE INDEX IX_Policy_Stage ON Policy (Stage, EffectiveFrom);

-- A year without a row here is not loaded: due dates in it are provisional.
CREATE TABLE CalendarYear (
    [Year] INTEGER NOT NULL CONSTRAINT PK_CalendarYear PRIMARY KEY,
    Source TEXT NOT NULL CHECK (length(Source) <= 400)
) STRICT;

-- Kind: Rest, or MakeUp (a Saturday or Sunday worked).
CREATE TABLE CalendarDay (
    [Day] TEXT NOT NULL CONSTRAINT PK_CalendarDay PRIMARY KEY,
    [Year] INTEGER NOT NULL CONSTRAINT FK_CalendarDay_Year REFERENCES CalendarYear ([Year]),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 10)
) STRICT;
CREATE INDEX IX_CalendarDay_Year ON CalendarDay ([Year]);

-- Cases --------------------------------------------------------------------------------------------------------------

-- The last serial given per district and year; raised in the transaction that registers, so that none is lost.
CREATE TABLE CaseNumber (
    DistrictCode TEXT NOT NULL,
    [Year] INTEGER NOT NULL,
    LastSerial INTEGER NOT NULL,
    CONSTRAINT PK_CaseNumber PRIMARY KEY (DistrictCode, [Year])
) STRICT;

-- Version is the case's ETag. Holder…: the centre in charge and, while it is mediated, the organisation and the mediator's user name.
-- Route: the unit codes the case came through, comma separated, for Return. Track to MediationMediator: the mediation in charge, or the last one.
-- Completed…: where ReturnForRework goes back to. Card: the colour of the card that is out.
-- NextWarnAt, NextDueAt: the earliest of its running clocks that count for the light, so that lists need not look at clocks.
CREATE TABLE DisputeCase (
    Id TEXT NOT NULL CONSTRAINT PK_DisputeCase PRIMARY KEY,
    Number TEXT NOT NULL CHECK (length(Number) <= 30) CONSTRAINT UQ_DisputeCase_Number UNIQUE,
    Version INTEGER NOT NULL,
    State TEXT NOT NULL CHECK (length(State) <= 30),
    Suspended INTEGER NOT NULL DEFAULT 0,
    ExpectedResumeOn TEXT NULL,
    Title TEXT NOT NULL CHECK (length(Title) <= 200),
    Summary TEXT NULL,
    Category TEXT NOT NULL CHECK (length(Category) <= 30),
    OccurredOn TEXT NULL,
    Source TEXT NOT NULL CHECK (length(Source) <= 20),
    Urgency TEXT NOT NULL CHECK (length(Urgency) <= 20),
    Scale TEXT NOT NULL CHECK (length(Scale) <= 20),
    PeopleInvolved INTEGER NULL,
    AmountInDispute REAL NULL,
    PlaceUnitCode TEXT NOT NULL CONSTRAINT FK_DisputeCase_PlaceUnit REFERENCES Unit (Code),
    PlaceAddressCipher TEXT NULL,
    Latitude REAL NULL,
    Longitude REAL NULL,
    Risk TEXT NOT NULL CHECK (length(Risk) <= 20),
    ProposedRisk TEXT NULL CHECK (length(ProposedRisk) <= 20),
    RiskSponsor TEXT NULL CHECK (length(RiskSponsor) <= 100),
    OriginUnitCode TEXT NOT NULL CONSTRAINT FK_DisputeCase_OriginUnit REFERENCES Unit (Code),
    HolderUnitCode TEXT NOT NULL CONSTRAINT FK_DisputeCase_HolderUnit REFERENCES Unit (Code),
    HolderOrganisationId TEXT NULL CONSTRAINT FK_DisputeCase_HolderOrganisation REFERENCES Organisation (Id),
    HolderMediator TEXT NULL CHECK (length(HolderMediator) <= 64),
    Route TEXT NOT NULL DEFAULT '',
    Track TEXT NULL CHECK (length(Track) <= 20),
    Entrustment TEXT NULL CHECK (length(Entrustment) <= 30),
    MediationOrganisationId TEXT NULL CONSTRAINT FK_DisputeCase_MediationOrganisation REFERENCES Organisation (Id),
    MediationMediator TEXT NULL CHECK (length(MediationMediator) <= 64),
    CompletedState TEXT NULL CHECK (length(CompletedState) <= 30),
    CompletedHolderUnitCode TEXT NULL CONSTRAINT FK_DisputeCase_CompletedHolderUnit REFERENCES Unit (Code),
    CompletedHolderOrganisationId TEXT NULL CONSTRAINT FK_DisputeCase_CompletedHolderOrganisation REFERENCES Organisation (Id),
    CompletedHolderMediator TEXT NULL CHECK (length(CompletedHolderMediator) <= 64),
    CompletedRoute TEXT NULL,
    Outcome TEXT NULL CHECK (length(Outcome) <= 20),
    ReopenedCount INTEGER NOT NULL DEFAULT 0,
    RegisteredAt TEXT NOT NULL,
    RegisteredBy TEXT NOT NULL CHECK (length(RegisteredBy) <= 64),
    ClosedAt TEXT NULL,
    MergedIntoId TEXT NULL CONSTRAINT FK_DisputeCase_MergedInto REFERENCES DisputeCase (Id),
    NextWarnAt TEXT NULL,
    NextDueAt TEXT NULL,
    LastEventSequence INTEGER NOT NULL,
    LastEventHash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IX_DisputeCase_RegisteredAt ON DisputeCase (RegisteredAt, Id);
CREATE INDEX IX_DisputeCase_HolderUnitCode ON DisputeCase (HolderUnitCode, State, RegisteredAt);
CREATE INDEX IX_DisputeCase_OriginUnitCode ON DisputeCase (OriginUnitCode, RegisteredAt);
CREATE INDEX IX_DisputeCase_HolderOrganisationId ON DisputeCase (HolderOrganisationId, State);
CREATE INDEX IX_DisputeCase_State ON DisputeCase (State, RegisteredAt, Id);
CREATE INDEX IX_DisputeCase_ClosedAt ON DisputeCase (ClosedAt);
CREATE INDEX IX_DisputeCase_MergedIntoId ON DisputeCase (MergedIntoId);

-- Every organisation that has or had the case: its mediators keep seeing it.
CREATE TABLE CaseOrganisation (
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseOrganisation_Case REFERENCES DisputeCase (Id),
    OrganisationId TEXT NOT NULL CONSTRAINT FK_CaseOrganisation_Organisation REFERENCES Organisation (Id),
    CONSTRAINT PK_CaseOrganisation PRIMARY KEY (CaseId, OrganisationId)
) STRICT;
CREATE INDEX IX_CaseOrganisation_OrganisationId ON CaseOrganisation (OrganisationId, CaseId);

CREATE TABLE CaseParty (
    Id TEXT NOT NULL CONSTRAINT PK_CaseParty PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseParty_Case REFERENCES DisputeCase (Id),
    Ordinal INTEGER NOT NULL,
    Role TEXT NOT NULL CHECK (length(Role) <= 20),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 20),
    Name TEXT NOT NULL CHECK (length(Name) <= 200),
    Sex TEXT NULL CHECK (length(Sex) <= 10),
    BirthDate TEXT NULL,
    IdType TEXT NULL CHECK (length(IdType) <= 20),
    IdNumberCipher TEXT NULL,
    IdNumberHash TEXT NULL,
    PhoneCipher TEXT NULL,
    PhoneHash TEXT NULL,
    AddressCipher TEXT NULL,
    Ethnicity TEXT NULL CHECK (length(Ethnicity) <= 50),
    Education TEXT NULL CHECK (length(Education) <= 50),
    Minor INTEGER NOT NULL DEFAULT 0,
    HealthData INTEGER NOT NULL DEFAULT 0,
    ConsentGiven INTEGER NULL,
    ConsentHow TEXT NULL CHECK (length(ConsentHow) <= 200),
    ConsentAt TEXT NULL,
    CONSTRAINT UQ_CaseParty_Ordinal UNIQUE (CaseId, Ordinal)
) STRICT;
CREATE INDEX IX_CaseParty_IdNumberHash ON CaseParty (IdNumberHash);
CREATE INDEX IX_CaseParty_PhoneHash ON CaseParty (PhoneHash);
CREATE INDEX IX_CaseParty_Name ON CaseParty (Name);

-- Pauses is JSON: [{"from":"…","to":"…"}, …]. SubjectId: the obligation or the card that the clock belongs to.
CREATE TABLE CaseClock (
    Id TEXT NOT NULL CONSTRAINT PK_CaseClock PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseClock_Case REFERENCES DisputeCase (Id),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 30),
    UnitCode TEXT NULL CONSTRAINT FK_CaseClock_Unit REFERENCES Unit (Code),
    SubjectId TEXT NULL,
    StartedAt TEXT NOT NULL,
    LimitAmount INTEGER NULL,
    LimitUnit TEXT NULL CHECK (length(LimitUnit) <= 20),
    FixedDueOn TEXT NULL,
    Extension INTEGER NOT NULL DEFAULT 0,
    Pauses TEXT NOT NULL,
    PolicyId TEXT NOT NULL CONSTRAINT FK_CaseClock_Policy REFERENCES Policy (Id),
    PolicyVersion INTEGER NOT NULL,
    DueAt TEXT NOT NULL,
    WarnAt TEXT NOT NULL,
    Provisional INTEGER NOT NULL,
    Status TEXT NOT NULL CHECK (length(Status) <= 20),
    EndedAt TEXT NULL,
    LevelsOpened INTEGER NOT NULL DEFAULT 0,
    LevelsBeforeDue INTEGER NOT NULL DEFAULT 0,
    NextLookAt TEXT NULL
) STRICT;
CREATE INDEX IX_CaseClock_CaseId ON CaseClock (CaseId, StartedAt);
-- More columns than IX_CaseClock_Status: without statistics SQLite would else look for one case among all running clocks.
CREATE INDEX IX_CaseClock_CaseId_Status ON CaseClock (CaseId, Status, DueAt);
CREATE INDEX IX_CaseClock_NextLookAt ON CaseClock (NextLookAt, Id);
CREATE INDEX IX_CaseClock_Status ON CaseClock (Status, EndedAt);

-- The journal: append-only, hash-chained, never with personal data.
CREATE TABLE CaseEvent (
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseEvent_Case REFERENCES DisputeCase (Id),
    Sequence INTEGER NOT NULL,
    [At] TEXT NOT NULL,
    ByUser TEXT NOT NULL CHECK (length(ByUser) <= 64),
    [Action] TEXT NOT NULL CHECK (length([Action]) <= 60),
    DataJson TEXT NOT NULL,
    PreviousHash TEXT NOT NULL,
    Hash TEXT NOT NULL,
    CONSTRAINT PK_CaseEvent PRIMARY KEY (CaseId, Sequence)
) STRICT;
CREATE INDEX IX_CaseEvent_Action ON CaseEvent ([Action], [At]);
CREATE TRIGGER TR_CaseEvent_NoUpdate BEFORE UPDATE ON CaseEvent BEGIN
    SELECT RAISE(ABORT, 'CaseEvent is append-only.');
END;
CREATE TRIGGER TR_CaseEvent_NoDelete BEFORE DELETE ON CaseEvent BEGIN
    SELECT RAISE(ABORT, 'CaseEvent is append-only.');
END;

-- Mediation ----------------------------------------------------------------------------------------------------------

-- A session marked Concession never enters a court packet.
CREATE TABLE CaseSession (
    Id TEXT NOT NULL CONSTRAINT PK_CaseSession PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseSession_Case REFERENCES DisputeCase (Id),
    HeldAt TEXT NOT NULL,
    Place TEXT NOT NULL CHECK (length(Place) <= 200),
    Note TEXT NOT NULL,
    Concession INTEGER NOT NULL,
    Online INTEGER NOT NULL,
    RecordedBy TEXT NOT NULL CHECK (length(RecordedBy) <= 64),
    RecordedAt TEXT NOT NULL
) STRICT;
CREATE INDEX IX_CaseSession_CaseId ON CaseSession (CaseId, HeldAt);

-- A revision is a new row; the earlier ones stay on file, and the signatures under them are void.
CREATE TABLE CaseAgreement (
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseAgreement_Case REFERENCES DisputeCase (Id),
    Version INTEGER NOT NULL,
    Form TEXT NOT NULL CHECK (length(Form) <= 20),
    Terms TEXT NOT NULL,
    Amount REAL NULL,
    Sha256 TEXT NOT NULL,
    MadeAt TEXT NOT NULL,
    EffectiveAt TEXT NULL,
    CONSTRAINT PK_CaseAgreement PRIMARY KEY (CaseId, Version)
) STRICT;

CREATE TABLE AgreementObligation (
    Id TEXT NOT NULL CONSTRAINT PK_AgreementObligation PRIMARY KEY,
    CaseId TEXT NOT NULL,
    AgreementVersion INTEGER NOT NULL,
    Ordinal INTEGER NOT NULL,
    PartyId TEXT NOT NULL CONSTRAINT FK_AgreementObligation_Party REFERENCES CaseParty (Id),
    [Text] TEXT NOT NULL,
    DueOn TEXT NOT NULL,
    Amount REAL NULL,
    PerformedOn TEXT NULL,
    CONSTRAINT UQ_AgreementObligation_Ordinal UNIQUE (CaseId, AgreementVersion, Ordinal),
    CONSTRAINT FK_AgreementObligation_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
) STRICT;

-- Signer: a party's id, 'mediator' or 'seal'.
CREATE TABLE AgreementSignature (
    CaseId TEXT NOT NULL,
    AgreementVersion INTEGER NOT NULL,
    Signer TEXT NOT NULL CHECK (length(Signer) <= 36),
    SignedAt TEXT NOT NULL,
    ByUser TEXT NOT NULL CHECK (length(ByUser) <= 64),
    ImagePng BLOB NULL,
    CONSTRAINT PK_AgreementSignature PRIMARY KEY (CaseId, AgreementVersion, Signer),
    CONSTRAINT FK_AgreementSignature_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
) STRICT;

-- Applicants is JSON: the ids of the parties that apply jointly.
CREATE TABLE CaseConfirmation (
    CaseId TEXT NOT NULL,
    AgreementVersion INTEGER NOT NULL,
    Court TEXT NOT NULL CHECK (length(Court) <= 200),
    Applicants TEXT NOT NULL,
    AppliedAt TEXT NOT NULL,
    Result TEXT NULL CHECK (length(Result) <= 20),
    DecidedOn TEXT NULL,
    DocumentNumber TEXT NULL CHECK (length(DocumentNumber) <= 100),
    Reason TEXT NULL,
    CONSTRAINT PK_CaseConfirmation PRIMARY KEY (CaseId, AgreementVersion),
    CONSTRAINT FK_CaseConfirmation_Agreement FOREIGN KEY (CaseId, AgreementVersion) REFERENCES CaseAgreement (CaseId, Version)
) STRICT;

-- Extensions, supervision, follow-up ---------------------------------------------------------------------------------

CREATE TABLE CaseExtension (
    Id TEXT NOT NULL CONSTRAINT PK_CaseExtension PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_CaseExtension_Case REFERENCES DisputeCase (Id),
    ClockId TEXT NOT NULL CONSTRAINT FK_CaseExtension_Clock REFERENCES CaseClock (Id),
    Days INTEGER NOT NULL,
    Reason TEXT NOT NULL,
    PartiesAgree INTEGER NOT NULL DEFAULT 0,
    State TEXT NOT NULL CHECK (length(State) <= 20),
    GrantedDays INTEGER NULL,
    RequestedBy TEXT NOT NULL CHECK (length(RequestedBy) <= 64),
    RequestedAt TEXT NOT NULL,
    DecidedBy TEXT NULL CHECK (length(DecidedBy) <= 64),
    DecidedAt TEXT NULL,
    Note TEXT NULL
) STRICT;
CREATE INDEX IX_CaseExtension_CaseId ON CaseExtension (CaseId, RequestedAt);

-- A yellow or red card, to be answered by ReplyDueOn.
CREATE TABLE SupervisionCard (
    Id TEXT NOT NULL CONSTRAINT PK_SupervisionCard PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_SupervisionCard_Case REFERENCES DisputeCase (Id),
    Color TEXT NOT NULL CHECK (length(Color) <= 20),
    Note TEXT NOT NULL,
    ReplyDueOn TEXT NOT NULL,
    IssuedBy TEXT NOT NULL CHECK (length(IssuedBy) <= 64),
    IssuedAt TEXT NOT NULL,
    Reply TEXT NULL,
    RepliedAt TEXT NULL,
    LiftedAt TEXT NULL
) STRICT;
CREATE INDEX IX_SupervisionCard_CaseId ON SupervisionCard (CaseId, IssuedAt);

CREATE TABLE FollowUp (
    Id TEXT NOT NULL CONSTRAINT PK_FollowUp PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_FollowUp_Case REFERENCES DisputeCase (Id),
    VisitedOn TEXT NOT NULL,
    Method TEXT NOT NULL CHECK (length(Method) <= 100),
    Satisfaction INTEGER NOT NULL,
    Note TEXT NULL,
    RecordedBy TEXT NOT NULL CHECK (length(RecordedBy) <= 64),
    RecordedAt TEXT NOT NULL
) STRICT;
CREATE INDEX IX_FollowUp_CaseId ON FollowUp (CaseId, VisitedOn);

-- One per case, clock and level, for ever. UnitCode NULL: the orphan queue, nobody up to the root supervises.
CREATE TABLE Escalation (
    Id TEXT NOT NULL CONSTRAINT PK_Escalation PRIMARY KEY,
    CaseId TEXT NOT NULL CONSTRAINT FK_Escalation_Case REFERENCES DisputeCase (Id),
    ClockId TEXT NOT NULL CONSTRAINT FK_Escalation_Clock REFERENCES CaseClock (Id),
    [Level] INTEGER NOT NULL,
    UnitCode TEXT NULL CONSTRAINT FK_Escalation_Unit REFERENCES Unit (Code),
    OpenedAt TEXT NOT NULL,
    DueAt TEXT NOT NULL,
    State TEXT NOT NULL CHECK (length(State) <= 20),
    AcknowledgedBy TEXT NULL CHECK (length(AcknowledgedBy) <= 64),
    AcknowledgedAt TEXT NULL,
    Resolution TEXT NULL,
    ClosedBy TEXT NULL CHECK (length(ClosedBy) <= 64),
    ClosedAt TEXT NULL,
    CONSTRAINT UQ_Escalation_Level UNIQUE (CaseId, ClockId, [Level])
) STRICT;
CREATE INDEX IX_Escalation_UnitCode ON Escalation (UnitCode, State, DueAt, Id);
CREATE INDEX IX_Escalation_ClockId ON Escalation (ClockId, State);
CREATE INDEX IX_Escalation_State ON Escalation (State, ClockId);

-- What leaves, and what people are told ------------------------------------------------------------------------------

CREATE TABLE Outbox (
    Id TEXT NOT NULL CONSTRAINT PK_Outbox PRIMARY KEY,
    Kind TEXT NOT NULL CHECK (length(Kind) <= 60),
    PayloadJson TEXT NOT NULL,
    CreatedAt TEXT NOT NULL,
    DeliveredAt TEXT NULL,
    ClaimedUntil TEXT NULL,
    Attempts INTEGER NOT NULL DEFAULT 0,
    LastError TEXT NULL
) STRICT;
CREATE INDEX IX_Outbox_DeliveredAt ON Outbox (DeliveredAt, CreatedAt, Id);

-- To a role in a unit, an organisation, or a user. Unique per outbox row, so that the same notice never comes twice.
CREATE TABLE Notification (
    Id TEXT NOT NULL CONSTRAINT PK_Notification PRIMARY KEY,
    OutboxId TEXT NOT NULL CONSTRAINT UQ_Notification_OutboxId UNIQUE CONSTRAINT FK_Notification_Outbox REFERENCES Outbox (Id),
    UnitCode TEXT NULL CONSTRAINT FK_Notification_Unit REFERENCES Unit (Code),
    Role TEXT NULL CHECK (length(Role) <= 30),
    OrganisationId TEXT NULL CONSTRAINT FK_Notification_Organisation REFERENCES Organisation (Id),
    UserName TEXT NULL CHECK (length(UserName) <= 64),
    CaseId TEXT NULL CONSTRAINT FK_Notification_Case REFERENCES DisputeCase (Id),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 60),
    DataJson TEXT NOT NULL,
    CreatedAt TEXT NOT NULL
) STRICT;
CREATE INDEX IX_Notification_UnitCode ON Notification (UnitCode, Role, CreatedAt);
CREATE INDEX IX_Notification_OrganisationId ON Notification (OrganisationId, CreatedAt);
CREATE INDEX IX_Notification_UserName ON Notification (UserName, CreatedAt);

CREATE TABLE NotificationRead (
    NotificationId TEXT NOT NULL CONSTRAINT FK_NotificationRead_Notification REFERENCES Notification (Id),
    UserId TEXT NOT NULL CONSTRAINT FK_NotificationRead_User REFERENCES AppUser (Id),
    ReadAt TEXT NOT NULL,
    CONSTRAINT PK_NotificationRead PRIMARY KEY (NotificationId, UserId)
) STRICT;
CREATE INDEX IX_NotificationRead_UserId ON NotificationRead (UserId);

-- The machine room ---------------------------------------------------------------------------------------------------

-- Written in the transaction of the request it belongs to: the key and the effect commit together.
CREATE TABLE IdempotencyKey (
    UserName TEXT NOT NULL CHECK (length(UserName) <= 64),
    Route TEXT NOT NULL CHECK (length(Route) <= 200),
    KeyValue TEXT NOT NULL CHECK (length(KeyValue) <= 128),
    BodySha256 TEXT NOT NULL,
    ResponseJson TEXT NULL,
    CreatedAt TEXT NOT NULL,
    CONSTRAINT PK_IdempotencyKey PRIMARY KEY (UserName, Route, KeyValue)
) STRICT;
CREATE INDEX IX_IdempotencyKey_CreatedAt ON IdempotencyKey (CreatedAt);

-- Who read, searched, exported, downloaded or unmasked what, and what for. Append-only.
CREATE TABLE AuditEntry (
    Id TEXT NOT NULL CONSTRAINT PK_AuditEntry PRIMARY KEY,
    [At] TEXT NOT NULL,
    UserName TEXT NOT NULL CHECK (length(UserName) <= 64),
    Kind TEXT NOT NULL CHECK (length(Kind) <= 60),
    CaseId TEXT NULL CONSTRAINT FK_AuditEntry_Case REFERENCES DisputeCase (Id),
    Purpose TEXT NULL CHECK (length(Purpose) <= 400),
    DetailJson TEXT NULL
) STRICT;
CREATE INDEX IX_AuditEntry_At ON AuditEntry ([At], Id);
CREATE INDEX IX_AuditEntry_CaseId ON AuditEntry (CaseId, [At]);
CREATE INDEX IX_AuditEntry_UserName ON AuditEntry (UserName, [At]);
CREATE TRIGGER TR_AuditEntry_NoUpdate BEFORE UPDATE ON AuditEntry BEGIN
    SELECT RAISE(ABORT, 'AuditEntry is append-only.');
END;
CREATE TRIGGER TR_AuditEntry_NoDelete BEFORE DELETE ON AuditEntry BEGIN
    SELECT RAISE(ABORT, 'AuditEntry is append-only.');
END;

-- One row per key of the personal data, by which a lost or exchanged key is noticed at start.
CREATE TABLE PersonalDataKey (
    KeyId TEXT NOT NULL CHECK (length(KeyId) <= 40) CONSTRAINT PK_PersonalDataKey PRIMARY KEY,
    CheckValue TEXT NOT NULL CHECK (length(CheckValue) <= 400),
    CreatedAt TEXT NOT NULL
) STRICT;

-- At most one row, Id 1: by how much the demo's clock runs ahead.
CREATE TABLE DemoClock (
    Id INTEGER NOT NULL CONSTRAINT PK_DemoClock PRIMARY KEY,
    OffsetMilliseconds INTEGER NOT NULL
) STRICT;
