using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Clocks;
using GridCases.Security;

namespace GridCases.Features.Cases;

/// <summary>A case as it is shown, in the API and on its page. Personal data is masked.</summary>
public sealed record CaseView
{
    public required Guid Id { get; init; }
    /// <summary>A new case gets it only when it is written, after everything else.</summary>
    public required string Number { get; set; }
    public required int Version { get; init; }
    public required CaseState State { get; init; }
    public required bool Suspended { get; init; }
    public DateOnly? ExpectedResumeOn { get; init; }
    public required string Title { get; init; }
    public string? Summary { get; init; }
    public required Category Category { get; init; }
    public required Risk Risk { get; init; }
    public Risk? ProposedRisk { get; init; }
    public string? RiskSponsor { get; init; }
    public bool ProposedViolence { get; init; }
    public bool Violence { get; init; }
    public string? Prevention { get; init; }
    public PoliceNotice? PoliceNotice { get; init; }
    public required Urgency Urgency { get; init; }
    public required Scale Scale { get; init; }
    public required Source Source { get; init; }
    public DateOnly? OccurredOn { get; init; }
    public int? PeopleInvolved { get; init; }
    public decimal? AmountInDispute { get; init; }
    public required PlaceView Place { get; init; }
    public required UnitCode OriginUnitCode { get; init; }
    public required string OriginUnitName { get; init; }
    public required HolderView Holder { get; init; }

    /// <summary>Why it came back to its present holder; null once it has gone on from there.</summary>
    public ReturnedView? Returned { get; init; }
    public MediationTrack? Track { get; init; }
    public Entrustment? Entrustment { get; init; }
    public OrganisationKind? OrganisationKind { get; init; }
    public MediatorChoice? MediatorChoice { get; init; }
    public NextSession? NextSession { get; init; }
    public ShamReport? Sham { get; init; }
    public IReadOnlyList<Recusal> Recusals { get; init; } = [];
    public IReadOnlyList<AttachmentView> Attachments { get; init; } = [];
    public required Light Light { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required string RegisteredBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Outcome? Outcome { get; init; }
    public required int ReopenedCount { get; init; }
    /// <summary>The case it was merged into; null for who does not see that one.</summary>
    public Guid? MergedInto { get; init; }
    public required IReadOnlyList<PartyView> Parties { get; init; }
    public required IReadOnlyList<ClockView> Clocks { get; init; }
    public required IReadOnlyList<ExtensionView> Extensions { get; init; }
    public AgreementView? Agreement { get; init; }
    public CardView? Card { get; init; }

    /// <summary>When the reader's organisation handed the case on: it is shown as it was then. Null for who sees it as it is.</summary>
    public DateTimeOffset? HandedOnAt { get; init; }
}

/// <summary>Where it happened; the address masked, since it is mostly a party's home.</summary>
public sealed record PlaceView(UnitCode UnitCode, string UnitName, string? Address, double? Latitude, double? Longitude);

/// <summary>Who holds the case: the unit, and while it is mediated the organisation and perhaps the mediator (user name).</summary>
public sealed record HolderView(UnitCode UnitCode, string UnitName, Guid? OrganisationId, string? OrganisationName, string? Mediator, string? MediatorName);

/// <summary>Why a case came back, from whom and when.</summary>
public sealed record ReturnedView(DateTimeOffset At, string By, string Reason, UnitCode FromUnitCode, Guid? FromOrganisationId);

/// <summary>A party, its papers masked; of the birth date only the year. A withdrawn one has no part in the dispute any more.</summary>
public sealed record PartyView(Guid Id, PartyRole Role, PartyKind Kind, string Name, string? IdNumber, string? Phone, Sex? Sex, string? BirthDate, string? Address, bool? Consented, string? ConsentHow,
    Withdrawal? Withdrawn);

/// <summary>A file of the case; its content has an address of its own.</summary>
public sealed record AttachmentView(Guid Id, AttachmentKind Kind, Guid? PartyId, string Name, string MediaType, long Length, string Sha256, bool Concession,
    string By, DateTimeOffset At, Withdrawal? Withdrawn)
{
    /// <summary>As it is shown.</summary>
    public static AttachmentView Of(Attachment a) => new(a.Id, a.Kind, a.PartyId, a.Name, a.MediaType, a.Length, a.Sha256, a.Concession, a.By, a.At, a.Withdrawn);
}

/// <summary>A request for more time.</summary>
public sealed record ExtensionView(Guid Id, Guid ClockId, int Days, string Reason, ExtensionState State, int? GrantedDays, string RequestedBy, DateTimeOffset RequestedAt, string? Note);

/// <summary>The agreement in its present version.</summary>
public sealed record AgreementView(int Version, AgreementForm Form, string Terms, decimal? Amount, string Sha256, DateTimeOffset MadeAt, DateTimeOffset? EffectiveAt,
    IReadOnlyList<Obligation> Obligations, IReadOnlyList<Signature> Signatures, Confirmation? Confirmation, CourtResult? CourtResult);

/// <summary>The supervision card that is out.</summary>
public sealed record CardView(Guid Id, CardColor Color, string Note, DateOnly ReplyDueOn, string IssuedBy, DateTimeOffset IssuedAt, string? Reply);

/// <summary>Builds <see cref="CaseView"/> from a case that is in hand.</summary>
public sealed class CaseViews(Db db, CaseAccess access, PersonalData personal)
{
    private static readonly Sql FindNames = new("""
        SELECT o.Name AS OriginName, h.Name AS HolderName, p.Name AS PlaceName,
            (SELECT g.Name FROM Organisation g WHERE g.Id = @OrganisationId) AS OrganisationName,
            (SELECT u.DisplayName FROM AppUser u WHERE u.UserName = @Mediator) AS MediatorName
        FROM Unit o, Unit h, Unit p WHERE o.Code = @origin AND h.Code = @holder AND p.Code = @place
        """);

    /// <summary>The case as it stands. The caller's right to see it has been checked by the pipeline.</summary>
    public async Task<CaseView> OfAsync(StoredCase stored, DateTimeOffset now, WorkingCalendar calendar, CancellationToken cancellationToken)
    {
        var c = stored.Case;
        var names = stored.Names ?? await db.QuerySingleAsync<CaseNames>(
            FindNames, new { origin = c.Origin, holder = c.Holder.Unit, c.Holder.OrganisationId, c.Holder.Mediator, place = c.Dispute.Place.Unit }, cancellationToken);
        return new CaseView
        {
            Id = c.Id,
            Number = c.Number,
            Version = c.Version,
            State = c.State,
            Suspended = c.Suspended,
            ExpectedResumeOn = c.ExpectedResumeOn,
            Title = c.Dispute.Title,
            Summary = c.Dispute.Summary,
            Category = c.Dispute.Category,
            Risk = c.Risk,
            ProposedRisk = c.ProposedRisk,
            RiskSponsor = c.RiskSponsor,
            ProposedViolence = c.ProposedViolence,
            Violence = c.Violence,
            Prevention = c.Prevention,
            PoliceNotice = c.PoliceNotice,
            Urgency = c.Dispute.Urgency,
            Scale = c.Dispute.Scale,
            Source = c.Dispute.Source,
            OccurredOn = c.Dispute.OccurredOn,
            PeopleInvolved = c.Dispute.PeopleInvolved,
            AmountInDispute = c.Dispute.AmountInDispute,
            Place = new PlaceView(c.Dispute.Place.Unit, names.PlaceName, Mask.Address(personal.Reveal(stored.Row.PlaceAddressCipher)), c.Dispute.Place.Latitude, c.Dispute.Place.Longitude),
            OriginUnitCode = c.Origin,
            OriginUnitName = names.OriginName,
            Holder = new HolderView(c.Holder.Unit, names.HolderName, c.Holder.OrganisationId, names.OrganisationName, c.Holder.Mediator, names.MediatorName),
            Returned = c.Returned is { } back ? new ReturnedView(back.At, back.By, back.Reason, back.FromUnit, back.FromOrganisation) : null,
            Track = c.Mediation?.Track,
            Entrustment = c.Mediation?.Entrustment,
            OrganisationKind = c.Mediation?.Kind,
            MediatorChoice = c.Mediation?.Choice,
            NextSession = c.NextSession,
            Sham = c.Sham,
            Recusals = c.Recusals,
            Attachments = [.. c.Attachments.Select(AttachmentView.Of)],
            Light = c.LightAt(now),
            RegisteredAt = c.RegisteredAt,
            RegisteredBy = c.RegisteredBy,
            ClosedAt = c.ClosedAt,
            Outcome = c.Outcome,
            ReopenedCount = c.ReopenedCount,
            MergedInto = c.MergedInto is { } into && await access.SeesAsync(into, cancellationToken) ? into : null,
            Parties = [.. stored.Parties.Select(p => new PartyView(p.Id, p.Role, p.Kind, p.Name, Mask.IdNumber(personal.Reveal(p.IdNumberCipher)),
                Mask.Phone(personal.Reveal(p.PhoneCipher)), p.Sex, Mask.BirthDate(p.BirthDate), Mask.Address(personal.Reveal(p.AddressCipher)), p.ConsentGiven, p.ConsentHow, p.Withdrawn))],
            Clocks = [.. c.Clocks.OrderBy(k => k.StartedAt).ThenBy(k => k.Id).Select(k => ClockView.Of(k, now, calendar))],
            Extensions = [.. c.Extensions.OrderBy(e => e.RequestedAt).ThenBy(e => e.Id).Select(e => new ExtensionView(e.Id, e.ClockId, e.Days, e.Reason, e.State, e.GrantedDays, e.RequestedBy, e.RequestedAt, e.Note))],
            Agreement = c.Agreement is { } a
                ? new AgreementView(a.Version, a.Form, a.Terms, a.Amount, a.Sha256, a.MadeAt, a.EffectiveAt, a.Obligations, a.Signatures, a.Confirmation, a.CourtResult)
                : null,
            Card = c.Card is { } card ? new CardView(card.Id, card.Color, card.Note, card.ReplyDueOn, card.IssuedBy, card.IssuedAt, card.Reply) : null,
        };
    }
}
