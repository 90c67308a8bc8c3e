using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>What surrounds an action: who acts, when, and the rules in force. The instant is cut to milliseconds, as it is stored.</summary>
public sealed record CaseContext(Actor By, DateTimeOffset Now, WorkingCalendar Calendar, PolicyBook Policies)
{
    /// <summary>Number of the state of the rules in force, raised whenever a policy or the calendar changes; null where they cannot change meanwhile.</summary>
    public long? RulesVersion { get; init; }

    /// <summary>Today in Asia/Shanghai.</summary>
    public DateOnly Today => LocalTime.Day(Now);

    /// <summary>A new UUIDv7 of this instant.</summary>
    public Guid NewId() => Guid.CreateVersion7(Now);
}

/// <summary>What a dispute is about.</summary>
public sealed record Dispute
{
    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What happened, up to 2,000 characters; may follow later.</summary>
    public string? Summary { get; init; }

    /// <summary>Category of the people's-mediation statistics.</summary>
    public required Category Category { get; init; }

    /// <summary>Local day it happened.</summary>
    public DateOnly? OccurredOn { get; init; }

    /// <summary>How it came to be known.</summary>
    public Source Source { get; init; }

    /// <summary>Urgency.</summary>
    public Urgency Urgency { get; init; }

    /// <summary>Scale.</summary>
    public Scale Scale { get; init; }

    /// <summary>Number of people involved.</summary>
    public int? PeopleInvolved { get; init; }

    /// <summary>Yuan.</summary>
    public decimal? AmountInDispute { get; init; }

    /// <summary>Where it happened.</summary>
    public required Place Place { get; init; }
}

/// <summary>A place: the unit, the address in words, the WGS-84 point in degrees.</summary>
public sealed record Place(UnitCode Unit, string? Address = null, double? Latitude = null, double? Longitude = null);

/// <summary>What registering a dispute needs.</summary>
public sealed record Registration(string Number, Dispute Dispute, UnitCode Origin, ImmutableArray<Party> Parties);

/// <summary>Who holds a case: a unit; while it is mediated also an organisation and perhaps a mediator (user name). The unit is then the centre in charge.</summary>
public sealed record Holder(UnitCode Unit, Guid? OrganisationId = null, string? Mediator = null);

/// <summary>
/// A mediation: its track, the organisation and its kind, the mediator (user name) if one is named, how a court entrusted it, and,
/// once it has begun, how the parties came to the mediator (People's Mediation Law art. 19).
/// </summary>
public sealed record Mediation(MediationTrack Track, Guid OrganisationId, string? Mediator, Entrustment? Entrustment,
    OrganisationKind? Kind = null, MediatorChoice? Choice = null);

/// <summary>A mediator (user name) who stepped aside; never acts on this case again (SPC, court-invited mediation, art. 15).</summary>
public sealed record Recusal(string UserName, string Reason, DateTimeOffset At);

/// <summary>A report of suspected sham mediation that waits for a supervisor's decision (SPC, court-invited mediation, art. 18).</summary>
public sealed record ShamReport(Guid Id, string Reason, string By, DateTimeOffset At);

/// <summary>The decision on a report of sham mediation.</summary>
public sealed record ShamDecision(bool Founded, string Note);

/// <summary>The meeting that was arranged; with a link it is held online.</summary>
public sealed record NextSession(DateTimeOffset At, string? Place, string? Link);

/// <summary>The notice to the police that a risk of violence obliges to (People's Mediation Law art. 25): what is done to prevent it, and who took the notice when.</summary>
public sealed record PoliceNotice(Guid Id, string Prevention, string By, DateTimeOffset At,
    DateOnly? DeliveredOn = null, string? ReceivedBy = null, string? Reference = null, string? RecordedBy = null);

/// <summary>A file of the case: what it is, whose, its plain content's length in bytes and SHA-256. <see cref="SealedKey"/> is the storage's, under which the content lies encrypted.</summary>
public sealed record Attachment(Guid Id, AttachmentKind Kind, Guid? PartyId, string Name, string MediaType, long Length, string Sha256, string SealedKey,
    bool Concession, string By, DateTimeOffset At, Withdrawal? Withdrawn = null);

/// <summary>Who withdrew a file, when and why.</summary>
public sealed record Withdrawal(string By, DateTimeOffset At, string Reason);

/// <summary>Where handling was completed: state, holder and the route back.</summary>
public sealed record Completion(CaseState State, Holder Holder, ImmutableArray<UnitCode> Route);

/// <summary>A party, by its part and its consent; names and papers stay in the data layer.</summary>
public sealed record Party(Guid Id, PartyRole Role, PartyKind Kind, Consent? Consent = null);

/// <summary>A party's answer to mediation and how it was given (People's Mediation Law art. 17).</summary>
public sealed record Consent(bool Given, string How, DateTimeOffset At);

/// <summary>A request for more time on a clock. <see cref="Days"/> count as the clock's limit does (days or working days).</summary>
public sealed record Extension(Guid Id, Guid ClockId, int Days, string Reason, bool PartiesAgree, ExtensionState State, int? GrantedDays,
    string RequestedBy, DateTimeOffset RequestedAt, string? DecidedBy = null, DateTimeOffset? DecidedAt = null, string? Note = null);

/// <summary>A supervision card (督办): yellow or red, with a reply due.</summary>
public sealed record Card(Guid Id, CardColor Color, string Note, DateOnly ReplyDueOn, string IssuedBy, DateTimeOffset IssuedAt, string? Reply = null, DateTimeOffset? RepliedAt = null);

/// <summary>
/// A mediation meeting, or an investigation: when, where, which parties took part and who else, what was said. A concession must not be used in
/// litigation without all parties' consent (SPC, court-invited mediation, art. 22), so it is marked and never enters a court packet.
/// </summary>
public sealed record MediationSession(Guid Id, DateTimeOffset HeldAt, string Place, string Note, bool Concession, bool Online)
{
    /// <summary>Meeting or investigation.</summary>
    public SessionKind Kind { get; init; }

    /// <summary>The parties who took part, or who were asked.</summary>
    public ImmutableArray<Guid> Participants { get; init; } = [];

    /// <summary>Who else was there, in words.</summary>
    public string? Others { get; init; }

    /// <summary>Where the meeting took place online (https).</summary>
    public string? Link { get; init; }
}

/// <summary>回访: a visit after closing. Satisfaction from 1 to 5.</summary>
public sealed record FollowUpVisit(Guid Id, DateOnly VisitedOn, string Method, int Satisfaction, string? Note);

/// <summary>Another case that belongs together with this one, and why.</summary>
public sealed record CaseLink(Guid OtherId, string Reason);

/// <summary>What an action did: the case before (null when it is new) and after, what goes into the journal, and new records beside the case.</summary>
public sealed record CaseChange(Case? Before, Case After, ImmutableArray<CaseEvent> Events)
{
    /// <summary>
    /// Whether somebody decided something about this case: then its version rises, and who has it open is asked to look again. A note, a look at the papers, what the
    /// system did and what was done to another case are on record here and decide nothing.
    /// </summary>
    public bool IsDecision { get; init; } = true;

    /// <summary>A meeting that was held.</summary>
    public MediationSession? Session { get; init; }

    /// <summary>A visit that was made.</summary>
    public FollowUpVisit? FollowUp { get; init; }

    /// <summary>What a supervisor decided on the report of sham mediation that the case had before.</summary>
    public ShamDecision? ShamDecision { get; init; }

    /// <summary>The rate at which a subsidy was granted.</summary>
    public SubsidyRate? Subsidy { get; init; }

    /// <summary>Another case that was linked with this one.</summary>
    public CaseLink? Link { get; init; }

    /// <summary>The drawing (PNG) of the signature that was given.</summary>
    public byte[]? SignatureImage { get; init; }

    /// <summary>What was done to escalations of the case's clocks.</summary>
    public ImmutableArray<EscalationStep> Escalations { get; init; } = [];

    /// <summary>
    /// The same with a number for the new case, in its journal too: a serial without gaps is known only when everything else is ready to be stored.
    /// </summary>
    public CaseChange WithNumber(string number) => this with
    {
        After = After with { Number = number },
        Events = [.. Events.Select(e => e.Kind is CaseEventKind.Register ? e.With(EventKey.Number.Is(number)) : e)],
    };

    /// <summary>One action after another as one change, in one version and one transaction.</summary>
    public CaseChange Then(Func<Case, CaseChange> next)
    {
        var second = next(After);
        return second with
        {
            Before = Before,
            Events = Events.AddRange(second.Events),
            Session = second.Session ?? Session,
            FollowUp = second.FollowUp ?? FollowUp,
            ShamDecision = second.ShamDecision ?? ShamDecision,
            IsDecision = IsDecision || second.IsDecision,
            Escalations = Escalations.AddRange(second.Escalations),
        };
    }
}
