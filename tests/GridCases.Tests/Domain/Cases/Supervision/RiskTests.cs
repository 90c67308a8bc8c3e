using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Risk, violence and the notice to the police.</summary>
public class RiskTests
{
    [Test]
    public void A_red_risk_needs_a_sponsor()
    {
        var scenario = Scenario.Begin().Submitted().Do(SampleCity.GridHead, (c, at) => c.ProposeRisk(Risk.Red, true, "Knives", at));
        Assert.That((scenario.Case.Risk, scenario.Case.ProposedRisk), Is.EqualTo((Risk.Green, (Risk?)Risk.Red)));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, " ", false, null, at)).Code, Is.EqualTo("RedRiskNeedsSponsor"));
        scenario.Refuses(SampleCity.GridHead, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, null, at));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, "Watch them", at));
        Assert.That((scenario.Case.Risk, scenario.Case.ProposedRisk, scenario.Case.RiskSponsor), Is.EqualTo((Risk.Red, (Risk?)null, "The mayor")));
    }

    /// <summary>People's Mediation Law art. 25.</summary>
    [Test]
    public void A_risk_of_violence_obliges_to_prevention_and_makes_a_notice_to_the_police()
    {
        var scenario = Scenario.Begin().Submitted().Do(SampleCity.GridHead, (c, at) => c.ProposeRisk(Risk.Orange, violence: true, "He has a knife", at));
        Assert.That(scenario.Case.ProposedViolence, Is.True);
        Assert.That(scenario.Case.PoliceNotice, Is.Null, "a centre confirms first");
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, " ", at)).Code, Is.EqualTo("ViolenceNeedsPrevention"));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Two men watch the house", at));
        Assert.That(scenario.Case.Violence, Is.True);
        Assert.That(scenario.Case.PoliceNotice, Is.Not.Null);
        Assert.That(scenario.Last.Events[0].Data["policeNotice"], Is.EqualTo(scenario.Case.PoliceNotice!.Id));
    }

    [Test]
    public void A_notice_is_handed_over_once_and_made_again_only_after_that()
    {
        var scenario = Scenario.Begin().Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, true, "Watch", at));
        var first = scenario.Case.PoliceNotice!.Id;
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", true, "Watch closer", at));
        Assert.That(scenario.Case.PoliceNotice!.Id, Is.EqualTo(first), "one still waits");
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today.AddDays(1), "Duty officer", null, at)).Code, Is.EqualTo("DeliveredInFuture"));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", "2026-17", at));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", null, at)).Code, Is.EqualTo("NoPoliceNotice"));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", true, "Watch on", at));
        Assert.That(scenario.Case.PoliceNotice!.Id, Is.Not.EqualTo(first));
    }

    [Test]
    public void A_notice_that_waits_already_is_told_of_once()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at));
        var notice = scenario.Case.PoliceNotice!.Id;
        Assert.That(scenario.Last.Events[0].Get(EventKey.PoliceNotice), Is.EqualTo(notice));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", violence: true, "Watch more", at));
        Assert.That((scenario.Case.PoliceNotice!.Id, scenario.Last.Events[0].Get(EventKey.PoliceNotice)), Is.EqualTo((notice, (Guid?)null)));
        Assert.That(scenario.Case.ProposedViolence, Is.False);
        scenario.Refuses(SampleCity.GridHead, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", null, at));
    }
}
