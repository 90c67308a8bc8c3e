using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Which organisation has a case, and when it has it no more: what its mediators see hangs on it.</summary>
public sealed class ResponsibleOrganisationTests
{
    [Test]
    public void An_organisation_has_a_case_from_its_assignment_until_it_is_closed()
    {
        Assert.That(Scenario.Begin().Accepted().Case.ResponsibleOrganisation, Is.Null);
        foreach (var scenario in new[] { Scenario.Begin().Assigned(), Scenario.Begin().InMediation(), Scenario.Begin().Agreed(), Scenario.Begin().Failed(), Scenario.Begin().Completed(), Scenario.Begin().Closed() })
            Assert.That(scenario.Case.ResponsibleOrganisation, Is.EqualTo(SampleCity.PeoplesCommittee), $"{scenario.Case.State}");
    }

    [Test]
    public void Who_refuses_a_case_has_not_worked_on_it()
    {
        var refused = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.RefuseAssignment("No time", at)).Last;
        Assert.That((refused.OrganisationLeft, refused.IsRefused), Is.EqualTo(((Guid?)SampleCity.PeoplesCommittee, true)));
    }

    [Test]
    public void Another_track_takes_the_case_from_who_had_it()
    {
        var switched = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.SwitchTrack(SampleCity.AtCourt, "A court matter", at)).Last;
        Assert.That((switched.OrganisationLeft, switched.After.ResponsibleOrganisation, switched.IsRefused), Is.EqualTo(((Guid?)SampleCity.PeoplesCommittee, (Guid?)SampleCity.Court, false)));
    }

    [Test]
    public void A_failed_mediation_is_handed_on_when_the_centre_takes_the_case_elsewhere()
    {
        var failed = Scenario.Begin().Failed();
        Assert.That(failed.Last.OrganisationLeft, Is.Null, "it has failed, and it is still there");
        Assert.That(failed.Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("They will not talk", null, at)).Last.OrganisationLeft, Is.EqualTo(SampleCity.PeoplesCommittee));
        Assert.That(Scenario.Begin().Failed().Do(SampleCity.VillageOfficer, (c, at) => c.ReferOut(ReferralTarget.Court, "District court", "They sue", at)).Last.OrganisationLeft,
            Is.EqualTo(SampleCity.PeoplesCommittee));
        Assert.That(Scenario.Begin().Failed().Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Unsettled, "They will not talk", at)).Last.OrganisationLeft, Is.Null);
    }

    [Test]
    public void A_takeover_a_redirection_and_a_new_beginning_take_it_away()
    {
        Guid? committee = SampleCity.PeoplesCommittee;
        Assert.That(Scenario.Begin().InMediation().Do(SampleCity.VillageLead, (c, at) => c.TakeOver("Stuck", at)).Last.OrganisationLeft, Is.EqualTo(committee));
        Assert.That(Scenario.Begin().InMediation().Do(SampleCity.TownLead, (c, at) => c.RedirectTo(SampleCity.Town, "Stuck", at)).Last.OrganisationLeft, Is.EqualTo(committee));
        Assert.That(Scenario.Begin().Closed().Do(SampleCity.VillageOfficer, (c, at) => c.Reopen("Again", at)).Last.OrganisationLeft, Is.EqualTo(committee));
    }

    [Test]
    public void A_colleague_or_rework_leaves_it_with_the_organisation()
    {
        Assert.That(Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Recuse("A cousin", colleagues: true, at)).Last.OrganisationLeft, Is.Null);
        Assert.That(Scenario.Begin().InMediation().Do(SampleCity.VillageOfficer, (c, at) => c.Reassign("mediator.p2", "Ill", at)).Last.OrganisationLeft, Is.Null);
        Assert.That(Scenario.Begin().Completed().Do(SampleCity.GridHead, (c, at) => c.ReturnForRework("Not settled", at)).Last.OrganisationLeft, Is.Null);
        Assert.That(Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Recuse("A cousin", colleagues: false, at)).Last.OrganisationLeft, Is.EqualTo(SampleCity.PeoplesCommittee));
    }

    /// <summary>Performance is recorded after closing, but not by who handed the case on before.</summary>
    [Test]
    public void Who_has_handed_a_case_on_does_nothing_more_to_it()
    {
        var promised = new PromisedObligation(SampleCity.Respondent.Id, "Pays", new DateOnly(2026, 3, 20), 200);
        var closed = Scenario.Begin().Agreed(AgreementForm.Oral, promised)
            .Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));
        Assert.That(closed.Case.ActionsFor(SampleCity.Mediator, closed.Now), Does.Contain(CaseAction.RecordPerformance));
        closed.Do(SampleCity.VillageOfficer, (c, at) => c.Reopen("Again", at)).Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done by us", at));
        Assert.That(closed.Case.ActionsFor(SampleCity.Mediator, closed.Now), Does.Not.Contain(CaseAction.RecordPerformance));
    }
}
