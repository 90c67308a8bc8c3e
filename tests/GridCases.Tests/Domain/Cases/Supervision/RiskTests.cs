using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Risk, violence and the notice to the police.</summary>
public class RiskTests
{
    [Test]
    public void A_red_risk_needs_a_sponsor()
    {
        var story = Story.Begin().Submitted().Do(Cast.GridHead, (c, at) => c.ProposeRisk(Risk.Red, true, "Knives", at));
        Assert.That((story.Case.Risk, story.Case.ProposedRisk), Is.EqualTo((Risk.Green, (Risk?)Risk.Red)));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, " ", false, null, at)).Code, Is.EqualTo("RedRiskNeedsSponsor"));
        story.Refuses(Cast.GridHead, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, null, at));
        story.Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, "Watch them", at));
        Assert.That((story.Case.Risk, story.Case.ProposedRisk, story.Case.RiskSponsor), Is.EqualTo((Risk.Red, (Risk?)null, "The mayor")));
    }

    /// <summary>People's Mediation Law art. 25.</summary>
    [Test]
    public void A_risk_of_violence_obliges_to_prevention_and_makes_a_notice_to_the_police()
    {
        var story = Story.Begin().Submitted().Do(Cast.GridHead, (c, at) => c.ProposeRisk(Risk.Orange, violence: true, "He has a knife", at));
        Assert.That(story.Case.ProposedViolence, Is.True);
        Assert.That(story.Case.PoliceNotice, Is.Null, "a centre confirms first");
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, " ", at)).Code, Is.EqualTo("ViolenceNeedsPrevention"));
        story.Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Two men watch the house", at));
        Assert.That(story.Case.Violence, Is.True);
        Assert.That(story.Case.PoliceNotice, Is.Not.Null);
        Assert.That(story.Last.Events[0].Data["policeNotice"], Is.EqualTo(story.Case.PoliceNotice!.Id));
    }

    [Test]
    public void A_notice_is_handed_over_once_and_made_again_only_after_that()
    {
        var story = Story.Begin().Submitted().Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, true, "Watch", at));
        var first = story.Case.PoliceNotice!.Id;
        story.Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", true, "Watch closer", at));
        Assert.That(story.Case.PoliceNotice!.Id, Is.EqualTo(first), "one still waits");
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today.AddDays(1), "Duty officer", null, at)).Code, Is.EqualTo("DeliveredInFuture"));
        story.Do(Cast.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", "2026-17", at));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", null, at)).Code, Is.EqualTo("NoPoliceNotice"));
        story.Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", true, "Watch on", at));
        Assert.That(story.Case.PoliceNotice!.Id, Is.Not.EqualTo(first));
    }

    [Test]
    public void A_notice_that_waits_already_is_told_of_once()
    {
        var story = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at));
        var notice = story.Case.PoliceNotice!.Id;
        Assert.That(story.Last.Events[0].Get(EventKey.PoliceNotice), Is.EqualTo(notice));
        story.Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", violence: true, "Watch more", at));
        Assert.That((story.Case.PoliceNotice!.Id, story.Last.Events[0].Get(EventKey.PoliceNotice)), Is.EqualTo((notice, (Guid?)null)));
        Assert.That(story.Case.ProposedViolence, Is.False);
        story.Refuses(Cast.GridHead, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", null, at));
    }
}
