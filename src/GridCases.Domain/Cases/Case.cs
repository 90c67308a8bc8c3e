using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>
/// A dispute on its way: who holds it, where it stands, its clocks. Immutable; every action is a pure method that
/// takes who acts and when (<see cref="CaseContext"/>) and returns what changed, or throws <see cref="RuleViolation"/>
/// (a rule forbids it) or <see cref="NotAllowed"/> (it is somebody else's to do).
/// </summary>
public sealed partial record Case
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>District code, year and serial: <c>2201022026-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Version the case was loaded at; 0 before it is first saved.</summary>
    public int Version { get; init; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; init; } = CaseState.Registered;

    /// <summary>中止: the clocks stand still.</summary>
    public bool Suspended { get; init; }

    /// <summary>When the holder expects to go on, if suspended and known.</summary>
    public DateOnly? ExpectedResumeOn { get; init; }

    /// <summary>What it is about.</summary>
    public required Dispute Dispute { get; init; }

    /// <summary>Confirmed risk.</summary>
    public Risk Risk { get; init; } = Risk.Green;

    /// <summary>Risk that somebody proposed and no centre has answered.</summary>
    public Risk? ProposedRisk { get; init; }

    /// <summary>Whether whoever proposed the risk fears violence.</summary>
    public bool ProposedViolence { get; init; }

    /// <summary>Whether a centre sees a risk of violence; it obliges to prevention and a notice to the police (People's Mediation Law art. 25).</summary>
    public bool Violence { get; init; }

    /// <summary>What is done to keep it from getting worse.</summary>
    public string? Prevention { get; init; }

    /// <summary>The last notice to the police, if there ever was one.</summary>
    public PoliceNotice? PoliceNotice { get; init; }

    /// <summary>领导包案: the leader who sponsors a red case.</summary>
    public string? RiskSponsor { get; init; }

    /// <summary>Unit where the case began; it verifies the result.</summary>
    public required UnitCode Origin { get; init; }

    /// <summary>Who holds it now, or held it last.</summary>
    public required Holder Holder { get; init; }

    /// <summary>The units it came through to the present centre, the latest last; Return goes back along it.</summary>
    public ImmutableArray<UnitCode> Route { get; init; } = [];

    /// <summary>The mediation in charge, or the last one.</summary>
    public Mediation? Mediation { get; init; }

    /// <summary>Mediators who stepped aside.</summary>
    public ImmutableArray<Recusal> Recusals { get; init; } = [];

    /// <summary>A report of sham mediation that nobody has decided yet; the case stands still meanwhile.</summary>
    public ShamReport? Sham { get; init; }

    /// <summary>The meeting that was arranged.</summary>
    public NextSession? NextSession { get; init; }

    /// <summary>Where the case was completed, so that rework can go back there.</summary>
    public Completion? Completion { get; init; }

    /// <summary>How it ended; stands while the case is verified and after.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>When a centre took it in for the first time; a case opened again keeps it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often it was opened again.</summary>
    public int ReopenedCount { get; init; }

    /// <summary>The supervision card that is out, if any.</summary>
    public Card? Card { get; init; }

    /// <summary>The case it was merged into.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>User name of who registered it.</summary>
    public required string RegisteredBy { get; init; }

    /// <summary>Its parties, by role; their names and papers are kept elsewhere.</summary>
    public ImmutableArray<Party> Parties { get; init; } = [];

    /// <summary>All its clocks, ended ones too.</summary>
    public ImmutableArray<Clock> Clocks { get; init; } = [];

    /// <summary>Requests for more time.</summary>
    public ImmutableArray<Extension> Extensions { get; init; } = [];

    /// <summary>Its files, withdrawn ones too.</summary>
    public ImmutableArray<Attachment> Attachments { get; init; } = [];

    /// <summary>Cases that belong together with this one.</summary>
    public ImmutableArray<Guid> Links { get; init; } = [];

    /// <summary>The agreement in its latest version.</summary>
    public Agreement? Agreement { get; init; }

    /// <summary>The village centre where the case began; for a case begun higher up, that centre.</summary>
    public UnitCode OriginCentre => Origin.AtLevel(UnitLevel.Village) ?? Origin;

    /// <summary>The worst light among the clocks that run.</summary>
    public Light LightAt(DateTimeOffset now) =>
        Clocks.Where(c => c.CountsForLight).Select(c => c.LightAt(now)).DefaultIfEmpty(Light.Green).Max();

    /// <summary>The applicants and respondents: whose consent mediation needs and whose signature a written agreement.</summary>
    public IEnumerable<Party> Principals => Parties.Where(p => p.Role is PartyRole.Applicant or PartyRole.Respondent);

    /// <summary>Whether this mediator stepped aside.</summary>
    public bool IsRecused(string userName) => Recusals.Any(r => r.UserName == userName);

    /// <summary>What this actor may do to the case at an instant. The API's answer and the pages' buttons are exactly this.</summary>
    public IEnumerable<CaseAction> ActionsFor(Actor actor, DateTimeOffset now) =>
        Enum.GetValues<CaseAction>().Where(action => IsPossible(action, now) && CaseAuthority.Allows(this, actor, action));

    /// <summary>Registers a dispute where the caller serves. The case clock starts.</summary>
    public static CaseChange Register(Registration of, CaseContext at)
    {
        var @case = new Case
        {
            Id = at.NewId(),
            Number = of.Number,
            Dispute = of.Dispute,
            Origin = of.Origin,
            Holder = new Holder(of.Origin),
            RegisteredAt = at.Now,
            RegisteredBy = at.By.UserName,
            Parties = of.Parties,
        };
        @case = @case.WithClock(ClockKind.Case, of.Origin, at);
        return new CaseChange(null, @case, [CaseEvent.Of(CaseEventKind.Register, EventKey.Number.Is(of.Number), EventKey.Unit.Is(of.Origin),
            EventKey.Category.Is(of.Dispute.Category), EventKey.Source.Is(of.Dispute.Source), EventKey.Parties.Are(of.Parties.Select(p => p.Id)))]);
    }

    private bool IsPossible(CaseAction action, DateTimeOffset now) =>
        CaseTransitions.Next(State, action).Count > 0
        && (!Suspended || CaseTransitions.IsPossibleWhileSuspended(action))
        && action switch
        {
            CaseAction.Return => !Route.IsEmpty,
            CaseAction.SubmitUpward => Holder.Unit.Parent is not null,
            CaseAction.AssignDown => Holder.Unit.Level < UnitLevel.Village,
            CaseAction.Suspend => !Suspended,
            CaseAction.Resume => Suspended && Sham is null,
            CaseAction.ReportSham => Sham is null,
            CaseAction.DecideSham => Sham is not null,
            CaseAction.RecordPoliceNotice => PoliceNotice is { DeliveredOn: null },
            CaseAction.RecordPerformance => Agreement is { EffectiveAt: not null } a && a.Obligations.Any(o => o.PerformedOn is null),
            CaseAction.Sign => Agreement is { Form: AgreementForm.Written, EffectiveAt: null },
            CaseAction.ReviseAgreement => Agreement is { Confirmation.Result: not ConfirmationResult.Confirmed } or { Confirmation: null },
            CaseAction.ApplyForConfirmation => Agreement is { EffectiveAt: not null, Confirmation: null }
                && Dispute.Category is not Category.MarriageAndFamily && WindowAt(now) is not null,
            CaseAction.DecideExtension => Extensions.Any(e => e.State is ExtensionState.Requested),
            CaseAction.RequestExtension => Clocks.Any(c => c.Status is ClockStatus.Running && IsExtendable(c.Kind)
                && !Extensions.Any(e => e.ClockId == c.Id && e.State is ExtensionState.Requested)),
            CaseAction.ReplyToCard => Card is { Reply: null },
            CaseAction.LiftCard => Card is not null,
            _ => true,
        };

    /// <summary>Checks state, suspension, then who acts: the order in which a person wants to hear what is wrong.</summary>
    private void Demand(CaseAction action, CaseContext at)
    {
        if (CaseTransitions.Next(State, action).Count == 0)
        {
            throw new RuleViolation("WrongState", State, action);
        }

        if (Suspended && !CaseTransitions.IsPossibleWhileSuspended(action))
        {
            throw new RuleViolation("Suspended", action);
        }

        if (!CaseAuthority.Allows(this, at.By, action))
        {
            throw new NotAllowed(action);
        }
    }

    private CaseChange Done(Case after, CaseAction action, params ReadOnlySpan<EventMember> data)
    {
        if (!CaseTransitions.Next(State, action).Contains(after.State))
        {
            throw new InvalidOperationException($"{action} may not lead from {State} to {after.State}.");
        }

        return new CaseChange(this, after, [CaseEvent.Of(CaseEventKinds.Of(action), data)]);
    }

    private Case WithClock(ClockKind kind, UnitCode unit, CaseContext at) => this with
    {
        Clocks = Clocks.Add(Clock.Start(at.NewId(), kind, unit, at.Now, PolicyFor(kind, unit, at), at.Calendar)),
    };

    private Case WithDatedClock(ClockKind kind, DateOnly dueOn, Guid? subject, CaseContext at) => this with
    {
        Clocks = Clocks.Add(Clock.StartUntil(at.NewId(), kind, Holder.Unit, at.Now, dueOn, PolicyFor(kind, Holder.Unit, at), at.Calendar, subject)),
    };

    /// <summary>The policy that governs a clock of this case now: the most specific one in force today.</summary>
    public DeadlinePolicy PolicyFor(ClockKind kind, UnitCode unit, CaseContext at) => at.Policies.For(Facts.Ask(kind, unit.Level, at.Today));

    /// <summary>A step clock measures the present holder's step; the case clock runs on beside it.</summary>
    private static bool IsStep(Clock clock) => clock.Kind
        is ClockKind.Acceptance or ClockKind.Handling or ClockKind.Mediation or ClockKind.Verification or ClockKind.AgencyReply;

    /// <summary>Whether more time may be asked for on such a clock; how much is the policy's business.</summary>
    public static bool IsExtendable(ClockKind kind) => kind
        is ClockKind.Handling or ClockKind.Mediation or ClockKind.Performance or ClockKind.Case;

    /// <summary>Ends the clocks of the present step; a fair new one starts for whoever receives the case.</summary>
    private Case WithStepEnded(CaseContext at) => WithClocksEnded(at, c => IsStep(c));

    private Case WithClocksEnded(CaseContext at, Func<Clock, bool> which) => WithClocks(which, c => c.Ended(at.Now));

    private Case WithClocks(Func<Clock, bool> which, Func<Clock, Clock> to) => this with
    {
        Clocks = [.. Clocks.Select(c => c.IsOpen && which(c) ? to(c) : c)],
    };

    private Case AtCentre(UnitCode centre, CaseState state, CaseContext at) =>
        (WithStepEnded(at).Unsuspended(at) with { State = state, Holder = new Holder(centre), Outcome = null, Completion = null, NextSession = null })
            .WithClock(state is CaseState.AwaitingAcceptance ? ClockKind.Acceptance : ClockKind.Handling, centre, at);

    private Case Unsuspended(CaseContext at) => !Suspended ? this : (this with { Suspended = false, ExpectedResumeOn = null, Sham = null })
        .WithClocks(c => c.Status is ClockStatus.Paused, c => c.Resumed(at.Now, at.Policies.ById(c.PolicyId), at.Calendar));
}
