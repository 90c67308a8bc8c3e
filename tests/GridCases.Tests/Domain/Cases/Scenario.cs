using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Signing as it usually goes.</summary>
internal static class Signing
{
    /// <summary>On paper; the seal is sealed.</summary>
    public static CaseChange Signed(this Case c, string signer, CaseContext at) =>
        c.Sign(signer, signer == Agreement.SealSigner ? SignatureMethod.Seal : SignatureMethod.Paper, null, at);
}

/// <summary>A case and the time; each step is somebody's act. The case begins in the grid on Monday 2026-03-02, 9:00.</summary>
internal sealed class Scenario
{
    private Scenario(Case @case, DateTimeOffset now) => (Case, Now) = (@case, now);

    public Case Case { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public CaseChange Last { get; private set; } = null!;

    public static Scenario Begin(Category category = Category.Neighbours, Urgency urgency = Urgency.Normal, Actor? by = null, UnitCode? at = null)
    {
        var now = Local("2026-03-02 09:00");
        var dispute = new Dispute { Title = "Cocks", Category = category, Urgency = urgency, Place = new Place(SampleCity.Grid) };
        var change = Case.Register(
            new Registration("9901012026-000001", dispute, at ?? SampleCity.Grid, [SampleCity.Applicant, SampleCity.Respondent, SampleCity.Helper]),
            new CaseContext(by ?? SampleCity.GridHead, now, Both, SampleCity.Policies));
        return new Scenario(change.After, now) { Last = change };
    }

    /// <summary>The same scenario, the case as it was loaded.</summary>
    public Scenario From(Case loaded) => new(loaded, Now) { Last = Last };

    public CaseContext At(Actor by) => new(by, Now, Both, SampleCity.Policies);

    public Scenario Wait(string until)
    {
        Now = Local(until);
        return this;
    }

    public Scenario Do(Actor by, Func<Case, CaseContext, CaseChange> act)
    {
        Last = act(Case, At(by));
        Case = Last.After with { Version = Case.Version + 1 };
        return this;
    }

    public RuleViolation Forbids(Actor by, Func<Case, CaseContext, CaseChange> act) => Assert.Throws<RuleViolation>(() => act(Case, At(by)))!;

    public NotAllowed Refuses(Actor by, Func<Case, CaseContext, CaseChange> act) => Assert.Throws<NotAllowed>(() => act(Case, At(by)))!;

    public Clock Clock(ClockKind kind) => Case.Clocks.Last(c => c.Kind == kind);

    // Points of the life cycle.
    public Scenario Submitted() => Do(SampleCity.GridHead, (c, at) => c.Submit(at));

    public Scenario Accepted() => Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.Accept(at));

    public Scenario Assigned() => Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(SampleCity.AtPeoplesCommittee, at));

    public Scenario InMediation() => Assigned().Do(SampleCity.Mediator, (c, at) => c.StartMediation(Consents(), MediatorChoice.Accepted, at));

    public Scenario Agreed(AgreementForm form = AgreementForm.Oral, params PromisedObligation[] obligations) =>
        InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(new AgreementText(form, "No cocks before six.", 200, [.. obligations]), at));

    public Scenario ConfirmationPending() =>
        Agreed().Do(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at));

    public Scenario Failed() => InMediation().Do(SampleCity.Mediator, (c, at) => c.FailMediation("No common ground", true, at));

    public Scenario Completed() => Agreed().Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at));

    public Scenario Closed() => Completed().Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));

    /// <summary>Archived with what is missing.</summary>
    public static CaseChange Archived(Case c, CaseContext at) => c.Archive(FileCompleteness.Of(c, new CompletenessFacts([], 0, false)), "Lost in the move", null, at);

    public static Dictionary<Guid, Consent> Consents(bool applicant = true, bool respondent = true) => new()
    {
        [SampleCity.Applicant.Id] = new Consent(applicant, "in person", default),
        [SampleCity.Respondent.Id] = new Consent(respondent, "in person", default),
    };

    /// <summary>A case in each state, as it usually gets there.</summary>
    public static Scenario In(CaseState state) => state switch
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
        CaseState.Declined => Begin().Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.Decline("Not a dispute", "Court", at)),
        CaseState.Withdrawn => Begin().Do(SampleCity.GridHead, (c, at) => c.Withdraw("Mistake", at)),
        CaseState.ReferredOut => Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.ReferOut(ReferralTarget.Court, "District court", "Crime", at)),
        CaseState.Merged => Begin().Do(SampleCity.GridHead, (c, at) => c.MergeInto(Begin().Case, "Same", at)),
        CaseState.Archived => Begin().Closed().Do(SampleCity.GridHead, (c, at) => Archived(c, at)),
    };
}
