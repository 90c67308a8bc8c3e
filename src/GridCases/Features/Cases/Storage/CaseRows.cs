using System.Collections.Immutable;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>Which of the tables beside a case hold something of it now, as <c>DisputeCase.Parts</c> stores it: the others are not asked.</summary>
[Flags]
internal enum CaseParts
{
    None = 0,
    Extensions = 1,
    Card = 2,
    Recusals = 4,
    Sham = 8,
    PoliceNotices = 16,
    Attachments = 32,
    Links = 64,
    Agreement = 128,
}

/// <summary>A row of DisputeCase: a case without its parties, clocks and agreement.</summary>
internal record CaseRow
{
    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public int Version { get; init; }
    public int Revision { get; init; }
    public int Parts { get; init; }
    public CaseState State { get; init; }
    public bool Suspended { get; init; }
    public DateOnly? ExpectedResumeOn { get; init; }
    public string Title { get; init; } = "";
    public string? Summary { get; init; }
    public Category Category { get; init; }
    public DateOnly? OccurredOn { get; init; }
    public Source Source { get; init; }
    public Urgency Urgency { get; init; }
    public Scale Scale { get; init; }
    public int? PeopleInvolved { get; init; }
    public decimal? AmountInDispute { get; init; }
    public UnitCode PlaceUnitCode { get; init; }
    public string? PlaceAddressCipher { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public Risk Risk { get; init; }
    public Risk? ProposedRisk { get; init; }
    public string? RiskSponsor { get; init; }
    public bool ProposedViolence { get; init; }
    public bool Violence { get; init; }
    public string? Prevention { get; init; }
    public UnitCode OriginUnitCode { get; init; }
    public UnitCode HolderUnitCode { get; init; }
    public Guid? HolderOrganisationId { get; init; }
    public string? HolderMediator { get; init; }
    public string Route { get; init; } = "";
    public MediationTrack? Track { get; init; }
    public Entrustment? Entrustment { get; init; }
    public Guid? MediationOrganisationId { get; init; }
    public string? MediationMediator { get; init; }
    public OrganisationKind? MediationOrganisationKind { get; init; }
    public MediatorChoice? MediatorChoice { get; init; }
    public DateTimeOffset? NextSessionAt { get; init; }
    public string? NextSessionPlace { get; init; }
    public string? NextSessionLink { get; init; }
    public CaseState? CompletedState { get; init; }
    public UnitCode? CompletedHolderUnitCode { get; init; }
    public Guid? CompletedHolderOrganisationId { get; init; }
    public string? CompletedHolderMediator { get; init; }
    public string? CompletedRoute { get; init; }
    public Outcome? Outcome { get; init; }
    public int ReopenedCount { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }
    public string RegisteredBy { get; init; } = "";
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Guid? MergedIntoId { get; init; }
    public DateTimeOffset? NextWarnAt { get; init; }
    public DateTimeOffset? NextDueAt { get; init; }
    public int LastEventSequence { get; init; }
    public string LastEventHash { get; init; } = "";

    /// <summary>The revision that a change was made for.</summary>
    [NotAColumn]
    public int RevisionBefore { get; init; }

    /// <summary>The rules that a change was made by; null where they do not matter.</summary>
    [NotAColumn]
    public long? RulesVersion { get; init; }

    /// <summary>The row of a case, without what only the store knows: its revision, its journal's end and its address.</summary>
    public static CaseRow Of(Case c)
    {
        var lit = c.Clocks.Where(k => k.CountsForLight).ToArray();
        return new CaseRow
        {
            Id = c.Id,
            Number = c.Number,
            Version = c.Version,
            Parts = (int)PartsOf(c),
            State = c.State,
            Suspended = c.Suspended,
            ExpectedResumeOn = c.ExpectedResumeOn,
            Title = c.Dispute.Title,
            Summary = c.Dispute.Summary,
            Category = c.Dispute.Category,
            OccurredOn = c.Dispute.OccurredOn,
            Source = c.Dispute.Source,
            Urgency = c.Dispute.Urgency,
            Scale = c.Dispute.Scale,
            PeopleInvolved = c.Dispute.PeopleInvolved,
            AmountInDispute = c.Dispute.AmountInDispute,
            PlaceUnitCode = c.Dispute.Place.Unit,
            Latitude = c.Dispute.Place.Latitude,
            Longitude = c.Dispute.Place.Longitude,
            Risk = c.Risk,
            ProposedRisk = c.ProposedRisk,
            RiskSponsor = c.RiskSponsor,
            ProposedViolence = c.ProposedViolence,
            Violence = c.Violence,
            Prevention = c.Prevention,
            OriginUnitCode = c.Origin,
            HolderUnitCode = c.Holder.Unit,
            HolderOrganisationId = c.Holder.OrganisationId,
            HolderMediator = c.Holder.Mediator,
            Route = Join(c.Route),
            Track = c.Mediation?.Track,
            Entrustment = c.Mediation?.Entrustment,
            MediationOrganisationId = c.Mediation?.OrganisationId,
            MediationMediator = c.Mediation?.Mediator,
            MediationOrganisationKind = c.Mediation?.Kind,
            MediatorChoice = c.Mediation?.Choice,
            NextSessionAt = c.NextSession?.At,
            NextSessionPlace = c.NextSession?.Place,
            NextSessionLink = c.NextSession?.Link,
            CompletedState = c.Completion?.State,
            CompletedHolderUnitCode = c.Completion?.Holder.Unit,
            CompletedHolderOrganisationId = c.Completion?.Holder.OrganisationId,
            CompletedHolderMediator = c.Completion?.Holder.Mediator,
            CompletedRoute = c.Completion is { } done ? Join(done.Route) : null,
            Outcome = c.Outcome,
            ReopenedCount = c.ReopenedCount,
            RegisteredAt = c.RegisteredAt,
            RegisteredBy = c.RegisteredBy,
            AcceptedAt = c.AcceptedAt,
            ClosedAt = c.ClosedAt,
            MergedIntoId = c.MergedInto,
            NextWarnAt = lit.Length == 0 ? null : lit.Min(k => k.WarnAt),
            NextDueAt = lit.Length == 0 ? null : lit.Min(k => k.DueAt),
        };
    }

    /// <summary>The case, without what other tables hold.</summary>
    public Case ToCase() => new()
    {
        Id = Id,
        Number = Number,
        Version = Version,
        State = State,
        Suspended = Suspended,
        ExpectedResumeOn = ExpectedResumeOn,
        Dispute = new Dispute
        {
            Title = Title,
            Summary = Summary,
            Category = Category,
            OccurredOn = OccurredOn,
            Source = Source,
            Urgency = Urgency,
            Scale = Scale,
            PeopleInvolved = PeopleInvolved,
            AmountInDispute = AmountInDispute,
            Place = new Place(PlaceUnitCode, null, Latitude, Longitude),
        },
        Risk = Risk,
        ProposedRisk = ProposedRisk,
        RiskSponsor = RiskSponsor,
        ProposedViolence = ProposedViolence,
        Violence = Violence,
        Prevention = Prevention,
        Origin = OriginUnitCode,
        Holder = new Holder(HolderUnitCode, HolderOrganisationId, HolderMediator),
        Route = Split(Route),
        Mediation = MediationOrganisationId is { } organisation ? new Mediation(Track!.Value, organisation, MediationMediator, Entrustment, MediationOrganisationKind, MediatorChoice) : null,
        NextSession = NextSessionAt is { } next ? new NextSession(next, NextSessionPlace, NextSessionLink) : null,
        Completion = CompletedState is { } from
            ? new Completion(from, new Holder(CompletedHolderUnitCode!.Value, CompletedHolderOrganisationId, CompletedHolderMediator), Split(CompletedRoute!))
            : null,
        Outcome = Outcome,
        AcceptedAt = AcceptedAt,
        ClosedAt = ClosedAt,
        ReopenedCount = ReopenedCount,
        MergedInto = MergedIntoId,
        RegisteredAt = RegisteredAt,
        RegisteredBy = RegisteredBy,
    };

    private static CaseParts PartsOf(Case c) =>
        (c.Extensions.IsEmpty ? 0 : CaseParts.Extensions) | (c.Card is null ? 0 : CaseParts.Card) | (c.Recusals.IsEmpty ? 0 : CaseParts.Recusals)
        | (c.Sham is null ? 0 : CaseParts.Sham) | (c.PoliceNotice is null ? 0 : CaseParts.PoliceNotices) | (c.Attachments.IsEmpty ? 0 : CaseParts.Attachments)
        | (c.Links.IsEmpty ? 0 : CaseParts.Links) | (c.Agreement is null ? 0 : CaseParts.Agreement);

    private static string Join(ImmutableArray<UnitCode> route) => string.Join(',', route);

    private static ImmutableArray<UnitCode> Split(string route) =>
        route.Length == 0 ? [] : [.. route.Split(',').Select(code => new UnitCode(code))];
}

/// <summary>A row of CaseClock.</summary>
internal record ClockRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public ClockKind Kind { get; init; }
    public UnitCode? UnitCode { get; init; }
    public Guid? SubjectId { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public int? LimitAmount { get; init; }
    public LimitUnit? LimitUnit { get; init; }
    public DateOnly? FixedDueOn { get; init; }
    public int Extension { get; init; }
    public string Pauses { get; init; } = "[]";
    public Guid PolicyId { get; init; }
    public int PolicyVersion { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset WarnAt { get; init; }
    public bool Provisional { get; init; }
    public ClockStatus Status { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int LevelsOpened { get; init; }
    public int LevelsBeforeDue { get; init; }
    public DateTimeOffset? NextLookAt { get; init; }

    public static ClockRow Of(Guid caseId, Clock c) => new()
    {
        Id = c.Id,
        CaseId = caseId,
        Kind = c.Kind,
        UnitCode = c.Unit,
        SubjectId = c.SubjectId,
        StartedAt = c.StartedAt,
        LimitAmount = c.Limit?.Amount,
        LimitUnit = c.Limit?.Unit,
        FixedDueOn = c.FixedDueOn,
        Extension = c.Extension,
        Pauses = JsonSerializer.Serialize(c.Pauses, Json.Options),
        PolicyId = c.PolicyId,
        PolicyVersion = c.PolicyVersion,
        DueAt = c.DueAt,
        WarnAt = c.WarnAt,
        Provisional = c.Provisional,
        Status = c.Status,
        EndedAt = c.EndedAt,
        LevelsOpened = c.LevelsOpened,
        LevelsBeforeDue = c.LevelsBeforeDue,
        NextLookAt = c.NextLookAt,
    };

    public Clock ToClock() => new()
    {
        Id = Id,
        Kind = Kind,
        Unit = UnitCode,
        SubjectId = SubjectId,
        StartedAt = StartedAt,
        Limit = LimitAmount is { } amount ? new Limit(amount, LimitUnit!.Value) : null,
        FixedDueOn = FixedDueOn,
        Extension = Extension,
        Pauses = JsonSerializer.Deserialize<Pause[]>(Pauses, Json.Options) ?? [],
        PolicyId = PolicyId,
        PolicyVersion = PolicyVersion,
        DueAt = DueAt,
        WarnAt = WarnAt,
        Provisional = Provisional,
        Status = Status,
        EndedAt = EndedAt,
        LevelsOpened = LevelsOpened,
        LevelsBeforeDue = LevelsBeforeDue,
        NextLookAt = NextLookAt,
    };
}

/// <summary>A row of CaseParty: who a party is, its papers encrypted.</summary>
internal sealed record PartyRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public int Ordinal { get; init; }
    public PartyRole Role { get; init; }
    public PartyKind Kind { get; init; }
    public string Name { get; init; } = "";
    public Sex? Sex { get; init; }
    public string? IdNumberCipher { get; init; }
    public string? IdNumberHash { get; init; }
    public string? PhoneCipher { get; init; }
    public string? PhoneHash { get; init; }
    public string? AddressCipher { get; init; }
    public bool? ConsentGiven { get; init; }
    public string? ConsentHow { get; init; }
    public DateTimeOffset? ConsentAt { get; init; }

    public Party ToParty() => new(Id, Role, Kind, ConsentGiven is { } given ? new Consent(given, ConsentHow!, ConsentAt!.Value) : null);
}

internal sealed record AgreementRow
{
    public Guid CaseId { get; init; }
    public int Version { get; init; }
    public AgreementForm Form { get; init; }
    public string Terms { get; init; } = "";
    public decimal? Amount { get; init; }
    public string Sha256 { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? EffectiveAt { get; init; }

    public static AgreementRow Of(Guid caseId, Agreement a) => new()
    {
        CaseId = caseId,
        Version = a.Version,
        Form = a.Form,
        Terms = a.Terms,
        Amount = a.Amount,
        Sha256 = a.Sha256,
        MadeAt = a.MadeAt,
        EffectiveAt = a.EffectiveAt,
    };

    public Agreement ToAgreement(IEnumerable<ObligationRow> obligations, IEnumerable<SignatureRow> signatures, ConfirmationRow? confirmation) => new()
    {
        Version = Version,
        Form = Form,
        Terms = Terms,
        Amount = Amount,
        MadeAt = MadeAt,
        EffectiveAt = EffectiveAt,
        Obligations = [.. obligations.Where(o => o.AgreementVersion == Version).Select(o => o.ToObligation())],
        Signatures = [.. signatures.Where(s => s.AgreementVersion == Version).Select(s => s.ToSignature())],
        Confirmation = confirmation?.ToConfirmation(),
    };
}

internal sealed record ObligationRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public int AgreementVersion { get; init; }
    public int Ordinal { get; init; }
    public Guid PartyId { get; init; }
    public string Text { get; init; } = "";
    public DateOnly DueOn { get; init; }
    public decimal? Amount { get; init; }
    public DateOnly? PerformedOn { get; init; }

    public static ObligationRow Of(Guid caseId, int version, int ordinal, Obligation o) => new()
    {
        Id = o.Id,
        CaseId = caseId,
        AgreementVersion = version,
        Ordinal = ordinal,
        PartyId = o.PartyId,
        Text = o.Text,
        DueOn = o.DueOn,
        Amount = o.Amount,
        PerformedOn = o.PerformedOn,
    };

    public Obligation ToObligation() => new(Id, PartyId, Text, DueOn, Amount, PerformedOn);
}

/// <summary>A row of AgreementSignature; the drawing is not read with it.</summary>
internal sealed record SignatureRow
{
    public Guid CaseId { get; init; }
    public int AgreementVersion { get; init; }
    public string Signer { get; init; } = "";
    public DateTimeOffset SignedAt { get; init; }
    public string ByUser { get; init; } = "";
    public SignatureMethod How { get; init; }

    public static SignatureRow Of(Guid caseId, int version, Signature s) => new()
    {
        CaseId = caseId,
        AgreementVersion = version,
        Signer = s.Signer,
        SignedAt = s.At,
        ByUser = s.By,
        How = s.How,
    };

    public Signature ToSignature() => new(Signer, SignedAt, ByUser, How);
}

internal sealed record ConfirmationRow
{
    public Guid CaseId { get; init; }
    public int AgreementVersion { get; init; }
    public string Court { get; init; } = "";
    public DateTimeOffset AppliedAt { get; init; }
    public string Applicants { get; init; } = "[]";
    public ConfirmationResult? Result { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public string? DocumentNumber { get; init; }
    public string? Reason { get; init; }

    public static ConfirmationRow Of(Guid caseId, int version, Confirmation c) => new()
    {
        CaseId = caseId,
        AgreementVersion = version,
        Court = c.Court,
        AppliedAt = c.AppliedAt,
        Applicants = JsonSerializer.Serialize(c.Applicants, Json.Options),
        Result = c.Result,
        DecidedOn = c.DecidedOn,
        DocumentNumber = c.DocumentNumber,
        Reason = c.Reason,
    };

    public Confirmation ToConfirmation() =>
        new(Court, AppliedAt, JsonSerializer.Deserialize<ImmutableArray<Guid>>(Applicants, Json.Options), Result, DecidedOn, DocumentNumber, Reason);
}

internal sealed record ExtensionRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public Guid ClockId { get; init; }
    public int Days { get; init; }
    public string Reason { get; init; } = "";
    public bool PartiesAgree { get; init; }
    public ExtensionState State { get; init; }
    public int? GrantedDays { get; init; }
    public string RequestedBy { get; init; } = "";
    public DateTimeOffset RequestedAt { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Note { get; init; }

    public static ExtensionRow Of(Guid caseId, Extension e) => new()
    {
        Id = e.Id,
        CaseId = caseId,
        ClockId = e.ClockId,
        Days = e.Days,
        Reason = e.Reason,
        PartiesAgree = e.PartiesAgree,
        State = e.State,
        GrantedDays = e.GrantedDays,
        RequestedBy = e.RequestedBy,
        RequestedAt = e.RequestedAt,
        DecidedBy = e.DecidedBy,
        DecidedAt = e.DecidedAt,
        Note = e.Note,
    };

    public Extension ToExtension() => new(Id, ClockId, Days, Reason, PartiesAgree, State, GrantedDays, RequestedBy, RequestedAt, DecidedBy, DecidedAt, Note);
}

internal sealed record CardRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public CardColor Color { get; init; }
    public string Note { get; init; } = "";
    public DateOnly ReplyDueOn { get; init; }
    public string IssuedBy { get; init; } = "";
    public DateTimeOffset IssuedAt { get; init; }
    public string? Reply { get; init; }
    public DateTimeOffset? RepliedAt { get; init; }
    public DateTimeOffset? LiftedAt { get; init; }

    public static CardRow Of(Guid caseId, Card c) => new()
    {
        Id = c.Id,
        CaseId = caseId,
        Color = c.Color,
        Note = c.Note,
        ReplyDueOn = c.ReplyDueOn,
        IssuedBy = c.IssuedBy,
        IssuedAt = c.IssuedAt,
        Reply = c.Reply,
        RepliedAt = c.RepliedAt,
    };

    public Card ToCard() => new(Id, Color, Note, ReplyDueOn, IssuedBy, IssuedAt, Reply, RepliedAt);
}
