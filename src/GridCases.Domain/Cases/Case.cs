using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>
/// A dispute on its way: who holds it, where it stands, its clocks. Immutable; every action is a pure method that takes who acts and when
/// (<see cref="CaseContext"/>) and returns what changed, or throws <see cref="RuleViolation"/> (a rule forbids it) or
/// <see cref="NotAllowed"/> (somebody else has to do it).
/// </summary>
/// <remarks>
/// The actions lie in the folders beside this file, which have the same names as those of the use cases, the tests and the pages. Everything in
/// this project is one namespace, whatever its folder, because the parts of a record cannot lie in several.
/// </remarks>
public sealed partial record Case
{
    /// <summary>A UUIDv7, made when the case is registered.</summary>
    public required Guid Id { get; init; }

    /// <summary>District code, year and serial: <c>2201022026-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Version the case was loaded at; 0 before it is first saved.</summary>
    public int Version { get; init; }

    public CaseState State { get; init; } = CaseState.Registered;

    /// <summary>中止: the clocks are stopped.</summary>
    public bool Suspended { get; init; }

    /// <summary>When the holder expects to go on, if suspended and known.</summary>
    public DateOnly? ExpectedResumeOn { get; init; }

    public required Dispute Dispute { get; init; }

    /// <summary>The risk that a centre confirmed.</summary>
    public Risk Risk { get; init; } = Risk.Green;

    /// <summary>Risk that somebody proposed and no centre has answered.</summary>
    public Risk? ProposedRisk { get; init; }

    /// <summary>Whether whoever proposed the risk fears violence.</summary>
    public bool ProposedViolence { get; init; }

    /// <summary>Whether a centre sees a risk of violence; prevention and a notice to the police are then required (People's Mediation Law art. 25).</summary>
    public bool Violence { get; init; }

    /// <summary>What is done to keep it from getting worse.</summary>
    public string? Prevention { get; init; }

    /// <summary>The last notice to the police, if there ever was one.</summary>
    public PoliceNotice? PoliceNotice { get; init; }

    /// <summary>领导包案: the leader who sponsors a red case.</summary>
    public string? RiskSponsor { get; init; }

    /// <summary>Unit where the case began; it verifies the result.</summary>
    public required UnitCode Origin { get; init; }

    /// <summary>The unit that registered it, where that has been closed since and the case stands under its successor; null where it began is where it stands.</summary>
    public UnitCode? RegisteredIn { get; init; }

    /// <summary>The unit under which it counts in statistics, and which its file names: what is past stays where it happened.</summary>
    public UnitCode CountsIn => RegisteredIn ?? Origin;

    /// <summary>Who holds it now, or held it last.</summary>
    public required Holder Holder { get; init; }

    /// <summary>The units it came through to the present centre, the latest last; Return takes it back along them.</summary>
    public ImmutableArray<UnitCode> Route { get; init; } = [];

    /// <summary>Why it came back to its present holder; null once the holder has taken it a step further.</summary>
    public Returned? Returned { get; init; }

    /// <summary>The mediation in charge, or the last one.</summary>
    public Mediation? Mediation { get; init; }

    /// <summary>Mediators who stepped aside.</summary>
    public ImmutableArray<Recusal> Recusals { get; init; } = [];

    /// <summary>A report of sham mediation that nobody has decided yet; the case is suspended meanwhile.</summary>
    public ShamReport? Sham { get; init; }

    /// <summary>The meeting that was arranged.</summary>
    public NextSession? NextSession { get; init; }

    /// <summary>Where the case was completed, so that rework can go back there.</summary>
    public Completion? Completion { get; init; }

    /// <summary>How it ended: set when handling is completed, and kept while the case is verified and after.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>When a centre accepted it for the first time; reopening does not change it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was verified and closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often it was reopened.</summary>
    public int ReopenedCount { get; init; }

    /// <summary>The supervision card that is out, if any.</summary>
    public Card? Card { get; init; }

    /// <summary>The case it was merged into.</summary>
    public Guid? MergedInto { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>User name of who registered it.</summary>
    public required string RegisteredBy { get; init; }

    /// <summary>Its parties, by role, withdrawn ones too; their names and papers stay in the data layer.</summary>
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

    /// <summary>The parties without those that were withdrawn: who may take part, promise and sign.</summary>
    public IEnumerable<Party> PresentParties => Parties.Where(p => p.Withdrawn is null);

    /// <summary>
    /// The organisation that has the case: it mediates it, or the case was completed there. Once the case is taken elsewhere none has it, whoever mediated last.
    /// </summary>
    public Guid? ResponsibleOrganisation => State is CaseState.ReferredOut ? null : Holder.OrganisationId ?? Completion?.Holder.OrganisationId;

    /// <summary>The applicants and respondents: whose consent mediation needs and whose signature a written agreement.</summary>
    public IEnumerable<Party> Principals => PresentParties.Where(p => p.Role is PartyRole.Applicant or PartyRole.Respondent);

    /// <summary>
    /// The applicants and respondents whom the mediation is or was about: while it goes on all of them; afterwards those who were asked or have signed, and not who joined only then.
    /// </summary>
    public IEnumerable<Party> MediatedParties => (Completion?.State ?? State) is CaseState.Assigned or CaseState.InMediation
        ? Principals
        : Principals.Where(HasAnswered);

    /// <summary>Whether a party has said yes or no to the mediation, be it by signing what came of it.</summary>
    public bool HasAnswered(Party party) => party.Consent is not null || Agreement?.Signatures.Any(s => s.Signer == party.Id.ToString()) is true;

    /// <summary>Whether this mediator stepped aside.</summary>
    public bool IsRecused(string userName) => Recusals.Any(r => r.UserName == userName);

    /// <summary>Checks the state, then suspension, then who acts: a person who cannot do it now learns the most general reason first.</summary>
    private void Demand(CaseAction action, CaseContext at)
    {
        if (CaseTransitions.Next(State, action).Count == 0)
            throw new RuleViolation("WrongState", State, action);

        if (Suspended && !CaseTransitions.IsPossibleWhileSuspended(action))
            throw new RuleViolation("Suspended", action);

        if (!CaseAuthority.Allows(this, at.By, action))
            throw new NotAllowed(action);
    }

    private CaseChange Done(Case after, CaseAction action, params ReadOnlySpan<EventMember> data)
    {
        if (!CaseTransitions.Next(State, action).Contains(after.State))
            throw new InvalidOperationException($"{action} may not lead from {State} to {after.State}.");

        // Whoever has it back reads why, until it goes on from there.
        if (ReferenceEquals(after.Returned, Returned) && (after.State != State || after.Holder != Holder))
            after = after with { Returned = null };

        return new CaseChange(this, after, [CaseEvent.Of(CaseEventKinds.Of(action), data)]);
    }

    /// <summary>The same sent back to whom it came from, from the present holder.</summary>
    private Case SentBack(Case after, string reason, CaseContext at) => after with { Returned = new Returned(at.Now, at.By.UserName, Holder.Unit, Holder.OrganisationId, reason) };
}
