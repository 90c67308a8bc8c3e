using System.Collections.Immutable;
using GridCases.Data;
using GridCases.Domain;

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
    public UnitCode? RegisteredUnitCode { get; init; }
    public UnitCode HolderUnitCode { get; init; }
    public Guid? HolderOrganisationId { get; init; }
    public string? HolderMediator { get; init; }
    public string Route { get; init; } = "";
    public DateTimeOffset? ReturnedAt { get; init; }
    public string? ReturnedBy { get; init; }
    public UnitCode? ReturnedFromUnitCode { get; init; }
    public Guid? ReturnedFromOrganisationId { get; init; }
    public string? ReturnedReason { get; init; }
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
    public DateTimeOffset? LastEventAt { get; init; }

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
            RegisteredUnitCode = c.RegisteredIn,
            HolderUnitCode = c.Holder.Unit,
            HolderOrganisationId = c.Holder.OrganisationId,
            HolderMediator = c.Holder.Mediator,
            Route = Join(c.Route),
            ReturnedAt = c.Returned?.At,
            ReturnedBy = c.Returned?.By,
            ReturnedFromUnitCode = c.Returned?.FromUnit,
            ReturnedFromOrganisationId = c.Returned?.FromOrganisation,
            ReturnedReason = c.Returned?.Reason,
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
        RegisteredIn = RegisteredUnitCode,
        Holder = new Holder(HolderUnitCode, HolderOrganisationId, HolderMediator),
        Route = Split(Route),
        Returned = ReturnedAt is { } back ? new Returned(back, ReturnedBy!, ReturnedFromUnitCode!.Value, ReturnedFromOrganisationId, ReturnedReason!) : null,
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
