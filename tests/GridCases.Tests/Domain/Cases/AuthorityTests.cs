using GridCases.Domain;
using static GridCases.Domain.CaseAction;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Who may do what: only the present holder acts, a supervisor at or above it may step in.</summary>
public class AuthorityTests
{
    private const string Any = "grid1 village1 village1.lead town1 town1.lead district1 city.lead mediator.p1 mediator.p2 mediator.j1";

    /// <summary>Per state: who of the cast may do what there. The case lies in village1's village, mediated by mediator.p1.</summary>
    private static readonly Dictionary<CaseState, (CaseAction Action, string Who)[]> Table = new()
    {
        [CaseState.Registered] =
        [
            (Submit, "grid1"), (ResolveOnSpot, "grid1"), (Correct, "grid1"), (AddParty, "grid1"), (CorrectParty, "grid1"), (WithdrawParty, "grid1"), (CaseAction.Withdraw, "grid1"), (CaseAction.Merge, "grid1"), (TakeOver, "village1.lead town1.lead city.lead"),
            (Comment, Any), (ProposeRisk, Any), (ConfirmRisk, "village1 village1.lead town1 town1.lead district1 city.lead"), (RequestExtension, "grid1"),
            (IssueCard, "village1.lead town1.lead city.lead"),
        ],
        [CaseState.AwaitingAcceptance] =
        [
            (Recall, "grid1"), (Correct, "grid1 village1"), (AddParty, "grid1 village1"), (CorrectParty, "grid1 village1"), (WithdrawParty, "grid1 village1"),
            (Accept, "village1"), (Decline, "village1"), (Return, "village1"), (SubmitUpward, "village1"), (TakeOver, "village1.lead town1.lead city.lead"),
            (Redirect, "village1.lead town1.lead city.lead"), (RequestExtension, "village1"),
        ],
        [CaseState.Accepted] =
        [
            (RecordInvestigation, "village1"), (Attach, Any), (Link, "village1 village1.lead town1.lead city.lead"),
            (AssignMediation, "village1"), (SubmitUpward, "village1"), (ReferOut, "village1"), (CompleteHandling, "village1"), (Return, "village1"), (RequestExtension, "village1"),
        ],
        [CaseState.Assigned] =
        [
            (WithdrawParty, "grid1 village1 mediator.p1 mediator.p2"), (StartMediation, "mediator.p1 mediator.p2"), (RefuseAssignment, "mediator.p1 mediator.p2"), (Reassign, "village1 village1.lead town1.lead city.lead"),
            (RequestExtension, "mediator.p1 mediator.p2"), (PlanSession, "mediator.p1 mediator.p2"), (Recuse, "mediator.p1 mediator.p2"),
        ],
        [CaseState.InMediation] =
        [
            (Correct, "grid1 village1 mediator.p1"), (AddParty, "grid1 village1 mediator.p1"), (CorrectParty, "grid1 village1 mediator.p1"),
            (PlanSession, "mediator.p1"), (RecordInvestigation, "mediator.p1"), (Recuse, "mediator.p1"),
            (ReportSham, "mediator.p1 village1 village1.lead town1.lead city.lead"),
            (RecordSession, "mediator.p1"), (ReachAgreement, "mediator.p1"), (FailMediation, "mediator.p1"), (SwitchTrack, "village1 mediator.p1"),
            (Suspend, "mediator.p1"), (Terminate, "mediator.p1"), (Reassign, "village1 village1.lead town1.lead city.lead"), (RequestExtension, "mediator.p1"),
        ],
        [CaseState.AgreementReached] =
            [(ReportSham, "mediator.p1 village1 village1.lead town1.lead city.lead"), (ReviseAgreement, "mediator.p1"), (ApplyForConfirmation, "mediator.p1"), (CompleteHandling, "mediator.p1"), (Comment, Any)],
        [CaseState.ConfirmationPending] = [(RecordConfirmation, "mediator.p1")],
        [CaseState.MediationFailed] =
            [(SwitchTrack, "village1 mediator.p1"), (SubmitUpward, "village1"), (ReferOut, "village1"), (CompleteHandling, "village1 mediator.p1"), (RequestExtension, "village1 mediator.p1")],
        [CaseState.AwaitingVerification] = [(Verify, "grid1"), (ReturnForRework, "grid1"), (RequestExtension, "grid1")],
        [CaseState.Closed] =
            [(Correct, "grid1 village1"), (AddParty, "grid1 village1"), (CorrectParty, "grid1 village1"), (RecordFollowUp, "grid1 village1"), (Reopen, "grid1 village1 village1.lead town1.lead city.lead"), (Archive, "grid1 village1"), (Comment, Any)],
    };

    private static IEnumerable<TestCaseData> Rows => from state in Table from row in state.Value select new TestCaseData(state.Key, row.Action, row.Who);

    [TestCaseSource(nameof(Rows))]
    public void An_action_is_offered_to_those_whose_it_is_and_to_nobody_else(CaseState state, CaseAction action, string who)
    {
        var scenario = Scenario.In(state);
        Assert.That(SampleCity.Everybody.Where(a => scenario.Case.ActionsFor(a, scenario.Now).Contains(action)).Select(a => a.UserName), Is.EquivalentTo(who.Split(' ')));
    }

    /// <summary>Who has to act, the centre in charge, the centre where it began, a supervisor at or above.</summary>
    [TestCase(CaseState.Registered, "grid1 village1 village1.lead town1.lead city.lead")]
    [TestCase(CaseState.AwaitingAcceptance, "village1 village1.lead town1.lead city.lead")]
    [TestCase(CaseState.Accepted, "village1 village1.lead town1.lead city.lead")]
    [TestCase(CaseState.Assigned, "mediator.p1 mediator.p2 village1 village1.lead town1.lead city.lead")]
    [TestCase(CaseState.InMediation, "mediator.p1 village1 village1.lead town1.lead city.lead")]
    [TestCase(CaseState.AgreementReached, "mediator.p1 village1 village1.lead town1.lead city.lead")]
    [TestCase(CaseState.AwaitingVerification, "grid1 village1 village1.lead town1.lead city.lead")]
    [TestCase(CaseState.Closed, "grid1 village1 village1.lead town1.lead city.lead")]
    public void Papers_are_shown_in_full_to_those_who_need_them_and_to_nobody_else(CaseState state, string who) =>
        Assert.That(SampleCity.Everybody.Where(a => CaseAuthority.MayUnmask(Scenario.In(state).Case, a)).Select(a => a.UserName), Is.EquivalentTo(who.Split(' ')));

    [Test]
    public void Once_a_case_is_in_the_township_its_officer_sees_the_papers_and_the_centre_where_it_began_still_does()
    {
        var scenario = Scenario.In(CaseState.Accepted).Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Two villages", null, at));

        Assert.That(
            SampleCity.Everybody.Where(a => CaseAuthority.MayUnmask(scenario.Case, a)).Select(a => a.UserName),
            Is.EquivalentTo(new[] { "town1", "village1", "town1.lead", "city.lead" }));
    }

    [TestCaseSource(nameof(Rows))]
    public void To_everybody_else_it_is_refused(CaseState state, CaseAction action, string who)
    {
        var scenario = Scenario.In(state);
        foreach (var actor in SampleCity.Everybody.Where(a => !who.Split(' ').Contains(a.UserName)))
            Assert.That(scenario.Refuses(actor, (c, at) => SampleActions.Do(action, c, at)).Action, Is.EqualTo(action), actor.UserName);
    }

    [Test]
    public void Whoever_can_ever_do_an_action_holds_one_of_its_roles()
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            var scenario = Scenario.In(state);
            foreach (var actor in SampleCity.Everybody)
            {
                foreach (var action in scenario.Case.ActionsFor(actor, scenario.Now))
                    Assert.That(CaseAuthority.RolesFor(action), Does.Contain(actor.Roles[0].Role), $"{actor.UserName} {action} in {state}");
            }
        }
    }

    [TestCaseSource(nameof(Readers))]
    public void Readers_and_administrators_do_nothing_to_a_case(CaseState state)
    {
        var scenario = Scenario.In(state);
        foreach (var actor in new[] { SampleCity.Auditor, SampleCity.Administrator, SampleCity.Agency })
            Assert.That(scenario.Case.ActionsFor(actor, scenario.Now), Is.Empty, actor.UserName);
    }

    [Test]
    public void Once_a_mediator_has_begun_the_others_of_the_organisation_have_no_say()
    {
        var scenario = Scenario.Begin().InMediation();
        Assert.That(scenario.Case.Holder.Mediator, Is.EqualTo("mediator.p1"));
        Assert.That(scenario.Case.ActionsFor(SampleCity.OtherMediator, scenario.Now), Is.EquivalentTo(new[] { Comment, Attach, ProposeRisk }));

        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.Reassign("mediator.p2", "Ill", at));
        Assert.That(scenario.Case.ActionsFor(SampleCity.OtherMediator, scenario.Now), Does.Contain(ReachAgreement));
        Assert.That(scenario.Case.ActionsFor(SampleCity.Mediator, scenario.Now), Does.Not.Contain(ReachAgreement));
    }

    [Test]
    public void A_case_that_moved_on_is_no_longer_the_old_holders()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at));
        Assert.That(scenario.Case.ActionsFor(SampleCity.VillageOfficer, scenario.Now), Is.EquivalentTo(new[] { Comment, Attach, Link, ProposeRisk }));
        Assert.That(scenario.Case.ActionsFor(SampleCity.TownOfficer, scenario.Now), Does.Contain(Accept));
        scenario.Refuses(SampleCity.VillageLead, (c, at) => c.TakeOver("Back", at));
    }

    private static IEnumerable<CaseState> Readers() => Enum.GetValues<CaseState>();

    [TestCase(AttachmentKind.Evidence, "auditor", true)]
    [TestCase(AttachmentKind.IdentityPaper, "auditor", false)]
    [TestCase(AttachmentKind.IdentityPaper, "village1", true)]
    [TestCase(AttachmentKind.IdentityPaper, "agency", true, Description = "who put it in")]
    public void An_identity_paper_is_opened_by_those_who_see_the_papers_in_full_and_by_who_put_it_in(AttachmentKind kind, string user, bool opens)
    {
        var scenario = Scenario.Begin().Submitted();
        var file = new Attachment(SampleCity.Stranger, kind, null, "card.jpg", "image/jpeg", 3, new string('a', 64), "key", false, "agency", scenario.Now);
        Assert.That(CaseAuthority.MayOpen(scenario.Case, SampleCity.Everybody.Single(a => a.UserName == user), file), Is.EqualTo(opens));
    }
}
