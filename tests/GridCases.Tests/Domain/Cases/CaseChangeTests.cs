using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>One action after another as one change, and the number that a new case gets last.</summary>
public class CaseChangeTests
{
    private static readonly MediationSession Session = new(Cast.Stranger, default, "Office", "Talked", false, false);
    private static readonly FollowUpVisit Visit = new(Cast.Stranger, default, "By phone", 5, null);
    private static readonly ShamDecision Sham = new(true, "Made up");
    private static readonly EscalationStep[] Steps = [new EscalationStep.Acknowledged(Cast.PeoplesCommittee), new EscalationStep.Acknowledged(Cast.Court)];

    [Test]
    public void A_second_action_keeps_what_the_first_one_left_beside_the_case()
    {
        var story = Story.Begin();
        var first = story.Last with { Session = Session, FollowUp = Visit, ShamDecision = Sham, Escalations = [Steps[0]] };
        var both = first.Then(c => c.Submit(story.At(Cast.GridHead)) with { Escalations = [Steps[1]] });

        Assert.That((both.Before, both.After.State), Is.EqualTo(((Case?)null, CaseState.AwaitingAcceptance)));
        Assert.That(both.Events.Select(e => e.Kind), Is.EqualTo(new[] { CaseEventKind.Register, CaseEventKind.Submit }));
        Assert.That((both.Session, both.FollowUp, both.ShamDecision), Is.EqualTo((Session, Visit, Sham)));
        Assert.That(both.Escalations, Is.EqualTo(Steps));
    }

    [Test]
    public void What_the_second_action_leaves_takes_the_place_of_the_firsts()
    {
        var first = Story.Begin().Last with { Session = Session, FollowUp = Visit, ShamDecision = Sham };
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
        var change = Story.Begin().Last with { IsDecision = first };
        Assert.That(change.Then(c => new CaseChange(c, c, []) { IsDecision = second }).IsDecision, Is.EqualTo(both));
    }

    [Test]
    public void The_number_comes_into_the_case_and_into_the_first_line_of_its_journal_alone()
    {
        var story = Story.Begin();
        var numbered = story.Last.Then(c => c.Submit(story.At(Cast.GridHead))).WithNumber("9901012026-000777");
        Assert.That(numbered.After.Number, Is.EqualTo("9901012026-000777"));
        Assert.That(numbered.Events[0].Data["number"], Is.EqualTo("9901012026-000777"));
        Assert.That(numbered.Events[1].Kind, Is.EqualTo(CaseEventKind.Submit));
        Assert.That(numbered.Events[1].Get(EventKey.To), Is.EqualTo(Cast.Village));
    }

    [Test]
    public void What_decides_nothing_says_so()
    {
        var story = Story.Begin().Submitted();
        var clock = story.Clock(ClockKind.Acceptance);
        var escalated = story.Case.Escalated(clock.Id, 1, Cast.Village, story.At(Cast.GridHead));
        Assert.That((escalated.IsDecision, story.Case.Unmask("To send a notice").IsDecision, story.Case.LinkedFrom(Story.Begin().Case).IsDecision, story.Case.Recomputed(story.At(Cast.GridHead)).IsDecision),
            Is.EqualTo((false, false, false, false)));
        Assert.That(story.Case.Comment("Saw them", story.At(Cast.GridHead)).IsDecision, Is.False);
        Assert.That(story.Case.Accept(story.At(Cast.VillageOfficer)).IsDecision, Is.True);
        Assert.That(escalated.Escalations, Is.EqualTo(new EscalationStep[] { new EscalationStep.Opened(clock.Id, 1, Cast.Village, clock.DueAt) }));
        Assert.That((escalated.Events[0].Get(EventKey.Clock), escalated.Events[0].Get(EventKey.Level), escalated.Events[0].Get(EventKey.DueAt)), Is.EqualTo((ClockKind.Acceptance, 1, clock.DueAt)));
    }
}
