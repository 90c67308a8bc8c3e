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
