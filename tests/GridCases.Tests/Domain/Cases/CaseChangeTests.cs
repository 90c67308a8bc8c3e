using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>One action after another as one change, and the number that a new case gets last.</summary>
public class CaseChangeTests
{
    private static readonly MediationSession Session = new(SampleCity.Stranger, default, "Office", "Talked", false, false);
    private static readonly FollowUpVisit Visit = new(SampleCity.Stranger, default, "By phone", 5, null);
    private static readonly ShamDecision Sham = new(true, "Made up");
    private static readonly EscalationStep[] Steps = [new EscalationStep.Acknowledged(SampleCity.PeoplesCommittee), new EscalationStep.Acknowledged(SampleCity.Court)];

    [Test]
    public void A_second_action_keeps_what_the_first_one_left_beside_the_case()
    {
        var scenario = Scenario.Begin();
        var first = scenario.Last with { Session = Session, FollowUp = Visit, ShamDecision = Sham, Escalations = [Steps[0]] };
        var both = first.Then(c => c.Submit(scenario.At(SampleCity.GridHead)) with { Escalations = [Steps[1]] });

        Assert.That((both.Before, both.After.State), Is.EqualTo(((Case?)null, CaseState.AwaitingAcceptance)));
        Assert.That(both.Events.Select(e => e.Kind), Is.EqualTo(new[] { CaseEventKind.Register, CaseEventKind.Submit }));
        Assert.That((both.Session, both.FollowUp, both.ShamDecision), Is.EqualTo((Session, Visit, Sham)));
        Assert.That(both.Escalations, Is.EqualTo(Steps));
    }

    [Test]
    public void What_the_second_action_leaves_takes_the_place_of_the_firsts()
    {
        var first = Scenario.Begin().Last with { Session = Session, FollowUp = Visit, ShamDecision = Sham };
        var (session, visit, sham) = (Session with { Place = "Yard" }, Visit with { Satisfaction = 1 }, Sham with { Founded = false });
        var both = first.Then(c => new CaseChange(c, c, []) { Session = session, FollowUp = visit, ShamDecision = sham });
        Assert.That((both.Session, both.FollowUp, both.ShamDecision), Is.EqualTo((session, visit, sham)));
    }

    [TestCase(true, true, true)]
    [TestCase(true, false, true)]
    [TestCase(false, true, true)]
    [TestCase(false, false, false)]
    public void Two_actions_are_a_decision_when_one_of_them_is(bool first, bool second, bool both)
    {
        var change = Scenario.Begin().Last with { IsDecision = first };
        Assert.That(change.Then(c => new CaseChange(c, c, []) { IsDecision = second }).IsDecision, Is.EqualTo(both));
    }

    [Test]
    public void The_number_comes_into_the_case_and_into_the_first_line_of_its_journal_alone()
    {
        var scenario = Scenario.Begin();
        var numbered = scenario.Last.Then(c => c.Submit(scenario.At(SampleCity.GridHead))).WithNumber("9901012026-000777");
        Assert.That(numbered.After.Number, Is.EqualTo("9901012026-000777"));
        Assert.That(numbered.Events[0].Data["number"], Is.EqualTo("9901012026-000777"));
        Assert.That(numbered.Events[1].Kind, Is.EqualTo(CaseEventKind.Submit));
        Assert.That(numbered.Events[1].Get(EventKey.To), Is.EqualTo(SampleCity.Village));
    }

    [Test]
    public void What_decides_nothing_says_so()
    {
        var scenario = Scenario.Begin().Submitted();
        var clock = scenario.Clock(ClockKind.Acceptance);
        var escalated = scenario.Case.Escalated(clock.Id, 1, SampleCity.Village, scenario.At(SampleCity.GridHead));
        Assert.That((escalated.IsDecision, scenario.Case.Unmask("To send a notice").IsDecision, scenario.Case.LinkedFrom(Scenario.Begin().Case).IsDecision, scenario.Case.Recomputed(scenario.At(SampleCity.GridHead)).IsDecision),
            Is.EqualTo((false, false, false, false)));
        Assert.That(scenario.Case.Comment("Saw them", scenario.At(SampleCity.GridHead)).IsDecision, Is.False);
        Assert.That(scenario.Case.Accept(scenario.At(SampleCity.VillageOfficer)).IsDecision, Is.True);
        Assert.That(escalated.Escalations, Is.EqualTo(new EscalationStep[] { new EscalationStep.Opened(clock.Id, 1, SampleCity.Village, clock.DueAt) }));
        Assert.That((escalated.Events[0].Get(EventKey.Clock), escalated.Events[0].Get(EventKey.Level), escalated.Events[0].Get(EventKey.DueAt)), Is.EqualTo((ClockKind.Acceptance, 1, clock.DueAt)));
    }
}
