using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>A mediator leaves, and what waits for him is a colleague's.</summary>
public class HandOverTests
{
    private const string From = "mediator.p1", To = "mediator.p2";

    [Test]
    public void A_case_in_mediation_goes_to_the_colleague_with_its_clocks_as_they_are()
    {
        var story = Story.Begin().InMediation();

        var change = story.Case.HandOver(From, To, "Retires");

        Assert.That((change.After.Mediation!.Mediator, change.After.Holder.Mediator, change.After.State), Is.EqualTo((To, To, CaseState.InMediation)));
        Assert.That(change.After.Clocks, Is.EqualTo(story.Case.Clocks));
        Assert.That(change.IsDecision, Is.True);
        Assert.That(change.Events.Single().Data.Select(d => $"{d.Key}={d.Value}"), Is.EqualTo(new[] { $"from={From}", $"mediator={To}", "reason=Retires" }));
        Assert.That(change.After.ActionsFor(Cast.OtherMediator, story.Now), Does.Contain(CaseAction.RecordSession));
        Assert.That(change.After.ActionsFor(Cast.Mediator, story.Now), Does.Not.Contain(CaseAction.RecordSession));
    }

    [Test]
    public void What_does_not_wait_for_that_mediator_is_not_handed_over()
    {
        var story = Story.Begin().Assigned();

        Assert.That(story.Case.IsBoundTo(From), Is.False, "nobody is named yet");
        Assert.That(Assert.Throws<RuleViolation>(() => story.Case.HandOver(From, To, "Retires"))!.Code, Is.EqualTo("NotWithThatMediator"));
        Assert.That(Story.Begin().Accepted().Case.IsBoundTo(From), Is.False);
    }

    [Test]
    public void Whoever_stepped_aside_takes_nothing_over()
    {
        var story = Story.Begin().Assigned().Do(Cast.OtherMediator, (c, at) => c.Recuse("A cousin", true, at)).Do(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));

        Assert.That(Assert.Throws<RuleViolation>(() => story.Case.HandOver(From, To, "Retires"))!.Code, Is.EqualTo("MediatorRecused"));
    }

    [Test]
    public void Rework_of_what_is_being_verified_comes_to_the_colleague_and_the_success_stays_with_who_had_it()
    {
        var story = Story.Begin().Completed();
        var handed = story.Case.HandOver(From, To, "Retires").After;
        Assert.That((handed.Mediation!.Mediator, handed.Completion!.Holder.Mediator), Is.EqualTo((From, To)));

        var returned = handed.ReturnForRework("Not paid", story.At(Cast.GridHead)).After;

        Assert.That((returned.State, returned.Holder.Mediator, returned.Mediation!.Mediator), Is.EqualTo((CaseState.AgreementReached, To, To)));
    }

    [Test]
    public void A_closed_case_waits_only_while_something_is_still_to_be_performed()
    {
        Assert.That(Story.Begin().Closed().Case.IsBoundTo(From), Is.False);
        var promised = Story.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(Cast.Respondent.Id, "Pays", new DateOnly(2026, 6, 1), 200))
            .Do(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(Cast.GridHead, (c, at) => c.Verify(5, null, at));
        Assert.That(promised.Case.IsBoundTo(From), Is.True);

        var handed = promised.From(promised.Case.HandOver(From, To, "Retires").After);

        Assert.That(handed.Case.ActionsFor(Cast.OtherMediator, handed.Now), Does.Contain(CaseAction.RecordPerformance));
    }
}
