using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>A mediator leaves, and what waits for him is a colleague's.</summary>
public class HandOverTests
{
    private const string From = "mediator.p1", To = "mediator.p2";

    [Test]
    public void A_case_in_mediation_goes_to_the_colleague_with_its_clocks_as_they_are()
    {
        var scenario = Scenario.Begin().InMediation();

        var change = scenario.Case.HandOver(From, To, "Retires");

        Assert.That((change.After.Mediation!.Mediator, change.After.Holder.Mediator, change.After.State), Is.EqualTo((To, To, CaseState.InMediation)));
        Assert.That(change.After.Clocks, Is.EqualTo(scenario.Case.Clocks));
        Assert.That(change.IsDecision, Is.True);
        Assert.That(change.Events.Single().Data.Select(d => $"{d.Key}={d.Value}"), Is.EqualTo(new[] { $"from={From}", $"mediator={To}", "reason=Retires" }));
        Assert.That(change.After.ActionsFor(SampleCity.OtherMediator, scenario.Now), Does.Contain(CaseAction.RecordSession));
        Assert.That(change.After.ActionsFor(SampleCity.Mediator, scenario.Now), Does.Not.Contain(CaseAction.RecordSession));
    }

    [Test]
    public void What_does_not_wait_for_that_mediator_is_not_handed_over()
    {
        var scenario = Scenario.Begin().Assigned();

        Assert.That(scenario.Case.IsBoundTo(From), Is.False, "nobody is named yet");
        Assert.That(Assert.Throws<RuleViolation>(() => scenario.Case.HandOver(From, To, "Retires"))!.Code, Is.EqualTo("NotWithThatMediator"));
        Assert.That(Scenario.Begin().Accepted().Case.IsBoundTo(From), Is.False);
    }

    [Test]
    public void Whoever_stepped_aside_takes_nothing_over()
    {
        var scenario = Scenario.Begin().Assigned().Do(SampleCity.OtherMediator, (c, at) => c.Recuse("A cousin", true, at)).Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));

        Assert.That(Assert.Throws<RuleViolation>(() => scenario.Case.HandOver(From, To, "Retires"))!.Code, Is.EqualTo("MediatorRecused"));
    }

    [Test]
    public void Rework_of_what_is_being_verified_comes_to_the_colleague_and_the_success_stays_with_who_had_it()
    {
        var scenario = Scenario.Begin().Completed();
        var handed = scenario.Case.HandOver(From, To, "Retires").After;
        Assert.That((handed.Mediation!.Mediator, handed.Completion!.Holder.Mediator), Is.EqualTo((From, To)));

        var returned = handed.ReturnForRework("Not paid", scenario.At(SampleCity.GridHead)).After;

        Assert.That((returned.State, returned.Holder.Mediator, returned.Mediation!.Mediator), Is.EqualTo((CaseState.AgreementReached, To, To)));
    }

    [Test]
    public void A_closed_case_waits_only_while_something_is_still_to_be_performed()
    {
        Assert.That(Scenario.Begin().Closed().Case.IsBoundTo(From), Is.False);
        var promised = Scenario.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(SampleCity.Respondent.Id, "Pays", new DateOnly(2026, 6, 1), 200))
            .Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));
        Assert.That(promised.Case.IsBoundTo(From), Is.True);

        var handed = promised.From(promised.Case.HandOver(From, To, "Retires").After);

        Assert.That(handed.Case.ActionsFor(SampleCity.OtherMediator, handed.Now), Does.Contain(CaseAction.RecordPerformance));
    }
}
