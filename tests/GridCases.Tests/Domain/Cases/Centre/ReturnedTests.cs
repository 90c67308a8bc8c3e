using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>A case that came back says why, by whom and when, until it goes on.</summary>
public class ReturnedTests
{
    private static readonly Actor SecondOfficer = SampleCity.With("village1.second", Role.CentreOfficer, SampleCity.Village);

    [Test]
    public void A_case_returned_to_its_grid_says_why_until_it_is_submitted_again()
    {
        var scenario = Returned("The phone is wrong, the second party is missing");
        Assert.That(scenario.Case.Returned, Is.EqualTo(new Returned(scenario.Now, SampleCity.VillageOfficer.UserName, SampleCity.Village, null, "The phone is wrong, the second party is missing")));
        Assert.That(scenario.Submitted().Case.Returned, Is.Null);
    }

    [Test]
    public void What_moves_nothing_leaves_the_reason_where_it_is()
    {
        var scenario = Returned("Names").Do(SampleCity.GridHead, (c, at) => c.Comment("Asked them", at)).Do(SampleCity.GridHead, (c, at) => c.ProposeRisk(Risk.Yellow, false, "Shouting", at));
        Assert.That(scenario.Case.Returned?.Reason, Is.EqualTo("Names"));
    }

    [Test]
    public void A_case_returned_to_a_centre_says_from_which_and_passing_it_on_ends_that()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at)).Do(SampleCity.TownOfficer, (c, at) => c.Return("You can", at));
        Assert.That((scenario.Case.Returned?.FromUnit, scenario.Case.Returned?.By), Is.EqualTo((SampleCity.Town, SampleCity.TownOfficer.UserName)));
        Assert.That(scenario.Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Really too big", null, at)).Case.Returned, Is.Null);
    }

    [Test]
    public void A_case_returned_once_more_says_the_later_reason()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at)).Do(SampleCity.TownOfficer, (c, at) => c.Return("Same words", at))
            .Do(SecondOfficer, (c, at) => c.Return("Same words", at));
        Assert.That((scenario.Case.State, scenario.Case.Returned?.FromUnit), Is.EqualTo((CaseState.Registered, SampleCity.Village)));
    }

    [Test]
    public void An_organisation_that_refuses_says_so_to_the_centre()
    {
        var scenario = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.RefuseAssignment("No one is free", at));
        Assert.That((scenario.Case.Returned?.FromOrganisation, scenario.Case.Returned?.Reason), Is.EqualTo((SampleCity.AtPeoplesCommittee.OrganisationId, "No one is free")));
        Assert.That(scenario.Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(SampleCity.AtPeoplesCommittee, at)).Case.Returned, Is.Null);
    }

    [Test]
    public void A_mediator_without_a_colleague_who_steps_aside_sends_it_back_and_one_with_a_colleague_does_not()
    {
        Assert.That(Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Recuse("A cousin", false, at)).Case.Returned?.Reason, Is.EqualTo("A cousin"));
        Assert.That(Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Recuse("A cousin", true, at)).Case.Returned, Is.Null);
    }

    [Test]
    public void Sent_back_for_rework_it_says_why_until_it_is_completed_again()
    {
        var scenario = Scenario.Begin().Completed().Do(SampleCity.GridHead, (c, at) => c.ReturnForRework("They are at it again", at));
        Assert.That((scenario.Case.State, scenario.Case.Returned?.FromUnit, scenario.Case.Returned?.Reason), Is.EqualTo((CaseState.AgreementReached, SampleCity.Grid, "They are at it again")));
        Assert.That(scenario.Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Case.Returned, Is.Null);
    }

    [Test]
    public void A_supervisor_who_takes_it_over_is_not_told_what_was_asked_of_another() =>
        Assert.That(Returned("Names").Do(SampleCity.TownLead, (c, at) => c.TakeOver("Too slow", at)).Case.Returned, Is.Null);

    /// <summary>Whatever ends or moves a case that came back: nothing of it says any more that it did.</summary>
    [Test]
    public void Only_a_case_that_came_back_and_lies_there_says_so([Values] CaseState state) => Assert.That(Scenario.In(state).Case.Returned, Is.Null);

    private static Scenario Returned(string reason) => Scenario.Begin().Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.Return(reason, at));
}
