using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Who acts in the tests of a case: the people of one line of units, and a neighbour's.</summary>
internal static class Cast
{
    public static readonly UnitCode City = new("9901"), District = new("990101"), Town = new("990101001"), Village = new("990101001001"), Grid = new("990101001001001");

    public static readonly Guid PeoplesCommittee = new("0196c0de-9901-7000-8000-000000000007");
    public static readonly Guid Court = new("0196c0de-9901-7000-8000-000000000003");

    /// <summary>An id that nothing has.</summary>
    public static readonly Guid Stranger = new("0196c0de-0000-7000-9000-00000000ffff");

    public static readonly Actor GridHead = With("grid1", Role.GridHead, Grid);
    public static readonly Actor VillageOfficer = With("village1", Role.CentreOfficer, Village);
    public static readonly Actor VillageLead = With("village1.lead", Role.Supervisor, Village);
    public static readonly Actor TownOfficer = With("town1", Role.CentreOfficer, Town);
    public static readonly Actor TownLead = With("town1.lead", Role.Supervisor, Town);
    public static readonly Actor DistrictOfficer = With("district1", Role.CentreOfficer, District);
    public static readonly Actor CityLead = With("city.lead", Role.Supervisor, City);
    public static readonly Actor Mediator = With("mediator.p1", Role.Mediator, Town, PeoplesCommittee);
    public static readonly Actor OtherMediator = With("mediator.p2", Role.Mediator, Town, PeoplesCommittee);
    public static readonly Actor CourtMediator = With("mediator.j1", Role.Mediator, District, Court);
    public static readonly Actor Auditor = With("auditor", Role.Auditor, City);
    public static readonly Actor Administrator = With("admin", Role.Administrator, City);
    public static readonly Actor Agency = With("agency", Role.Agency, District);

    public static readonly Actor[] Everybody =
    [
        GridHead, VillageOfficer, VillageLead, TownOfficer, TownLead, DistrictOfficer, CityLead, Mediator, OtherMediator, CourtMediator, Auditor, Administrator, Agency,
    ];

    public static readonly PolicyBook Policies = new(DefaultPolicies.All);

    public static readonly Mediation AtPeoplesCommittee = new(MediationTrack.Peoples, PeoplesCommittee, null, null);
    public static readonly Mediation AtCourt = new(MediationTrack.Judicial, Court, null, Entrustment.PreFiling);

    public static readonly Party Applicant = new(new("0196c0de-0000-7000-9000-000000000001"), PartyRole.Applicant, PartyKind.Person);
    public static readonly Party Respondent = new(new("0196c0de-0000-7000-9000-000000000002"), PartyRole.Respondent, PartyKind.Person);
    public static readonly Party Helper = new(new("0196c0de-0000-7000-9000-000000000003"), PartyRole.Representative, PartyKind.Person);

    public static Actor With(string name, Role role, UnitCode unit, Guid? organisation = null) => new(name, [new RoleInUnit(role, unit, organisation)]);
}

/// <summary>Signing as it usually goes.</summary>
internal static class Signing
{
    /// <summary>On paper; the seal is sealed.</summary>
    public static CaseChange Signed(this Case c, string signer, CaseContext at) =>
        c.Sign(signer, signer == Agreement.SealSigner ? SignatureMethod.Seal : SignatureMethod.Paper, null, at);
}

/// <summary>A case and the time; each step is somebody's act. The case begins in the grid on Monday 2026-03-02, 9:00.</summary>
internal sealed class Story
{
    private Story(Case @case, DateTimeOffset now) => (Case, Now) = (@case, now);

    public Case Case { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public CaseChange Last { get; private set; } = null!;

    public static Story Begin(Category category = Category.Neighbours, Urgency urgency = Urgency.Normal, Actor? by = null, UnitCode? at = null)
    {
        var now = Local("2026-03-02 09:00");
        var dispute = new Dispute { Title = "Cocks", Category = category, Urgency = urgency, Place = new Place(Cast.Grid) };
        var change = Case.Register(
            new Registration("9901012026-000001", dispute, at ?? Cast.Grid, [Cast.Applicant, Cast.Respondent, Cast.Helper]),
            new CaseContext(by ?? Cast.GridHead, now, Both, Cast.Policies));
        return new Story(change.After, now) { Last = change };
    }

    /// <summary>The same story, the case as it was loaded.</summary>
    public Story From(Case loaded) => new(loaded, Now) { Last = Last };

    public CaseContext At(Actor by) => new(by, Now, Both, Cast.Policies);

    public Story Wait(string until)
    {
        Now = Local(until);
        return this;
    }

    public Story Do(Actor by, Func<Case, CaseContext, CaseChange> act)
    {
        Last = act(Case, At(by));
        Case = Last.After with { Version = Case.Version + 1 };
        return this;
    }

    public RuleViolation Forbids(Actor by, Func<Case, CaseContext, CaseChange> act) => Assert.Throws<RuleViolation>(() => act(Case, At(by)))!;

    public NotAllowed Refuses(Actor by, Func<Case, CaseContext, CaseChange> act) => Assert.Throws<NotAllowed>(() => act(Case, At(by)))!;

    public Clock Clock(ClockKind kind) => Case.Clocks.Last(c => c.Kind == kind);

    // Points of the life cycle.
    public Story Submitted() => Do(Cast.GridHead, (c, at) => c.Submit(at));

    public Story Accepted() => Submitted().Do(Cast.VillageOfficer, (c, at) => c.Accept(at));

    public Story Assigned() => Accepted().Do(Cast.VillageOfficer, (c, at) => c.AssignMediation(Cast.AtPeoplesCommittee, at));

    public Story InMediation() => Assigned().Do(Cast.Mediator, (c, at) => c.StartMediation(Consents(), MediatorChoice.Accepted, at));

    public Story Agreed(AgreementForm form = AgreementForm.Oral, params PromisedObligation[] obligations) =>
        InMediation().Do(Cast.Mediator, (c, at) => c.ReachAgreement(new AgreementText(form, "No cocks before six.", 200, [.. obligations]), at));

    public Story ConfirmationPending() =>
        Agreed().Do(Cast.Mediator, (c, at) => c.ApplyForConfirmation("District court", [Cast.Applicant.Id, Cast.Respondent.Id], at));

    public Story Failed() => InMediation().Do(Cast.Mediator, (c, at) => c.FailMediation("No common ground", true, at));

    public Story Completed() => Agreed().Do(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at));

    public Story Closed() => Completed().Do(Cast.GridHead, (c, at) => c.Verify(5, null, at));

    /// <summary>Archived with what is missing.</summary>
    public static CaseChange Archived(Case c, CaseContext at) => c.Archive(FileCompleteness.Of(c, new CompletenessFacts([], 0, false)), "Lost in the move", null, at);

    public static Dictionary<Guid, Consent> Consents(bool applicant = true, bool respondent = true) => new()
    {
        [Cast.Applicant.Id] = new Consent(applicant, "in person", default),
        [Cast.Respondent.Id] = new Consent(respondent, "in person", default),
    };

    /// <summary>A case in each state, as it usually gets there.</summary>
    public static Story In(CaseState state) => state switch
    {
        CaseState.Registered => Begin(),
        CaseState.AwaitingAcceptance => Begin().Submitted(),
        CaseState.Accepted => Begin().Accepted(),
        CaseState.Assigned => Begin().Assigned(),
        CaseState.InMediation => Begin().InMediation(),
        CaseState.AgreementReached => Begin().Agreed(),
        CaseState.ConfirmationPending => Begin().ConfirmationPending(),
        CaseState.MediationFailed => Begin().Failed(),
        CaseState.AwaitingVerification => Begin().Completed(),
        CaseState.Closed => Begin().Closed(),
        CaseState.Declined => Begin().Submitted().Do(Cast.VillageOfficer, (c, at) => c.Decline("Not a dispute", "Court", at)),
        CaseState.Withdrawn => Begin().Do(Cast.GridHead, (c, at) => c.Withdraw("Mistake", at)),
        CaseState.ReferredOut => Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.ReferOut(ReferralTarget.Court, "District court", "Crime", at)),
        CaseState.Merged => Begin().Do(Cast.GridHead, (c, at) => c.MergeInto(Begin().Case, "Same", at)),
        CaseState.Archived => Begin().Closed().Do(Cast.GridHead, (c, at) => Archived(c, at)),
    };
}
