using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Violence and the police, files, links.</summary>
public class FileTests
{
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
    public void A_withdrawn_file_stays_on_record_and_is_withdrawn_once_by_who_put_it_in_or_the_holder()
    {
        var story = Story.Begin().InMediation().Do(Cast.TownOfficer, (c, at) => Acts.Do(CaseAction.Attach, c, at));
        var file = story.Case.Attachments.Single();
        story.Refuses(Cast.DistrictOfficer, (c, at) => c.WithdrawAttachment(file.Id, "Not theirs", at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.WithdrawAttachment(Cast.Stranger, "Wrong case", at)).Code, Is.EqualTo("UnknownAttachment"));
        story.Do(Cast.Mediator, (c, at) => c.WithdrawAttachment(file.Id, "Wrong case", at));
        Assert.That(story.Case.Attachments.Single().Withdrawn, Is.EqualTo(new Withdrawal(Cast.Mediator.UserName, story.Now, "Wrong case")));
        story.Do(Cast.Mediator, (c, at) => Acts.Do(CaseAction.Attach, c, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.WithdrawAttachment(file.Id, "Again", at)).Code, Is.EqualTo("AttachmentWithdrawn"));
    }

    [Test]
    public void The_journal_has_a_files_hash_and_not_its_name()
    {
        var told = Story.Begin().Do(Cast.GridHead, (c, at) => Acts.Do(CaseAction.Attach, c, at)).Last.Events[0].Data;
        Assert.That(told["sha256"], Is.EqualTo(new string('a', 64)));
        Assert.That(told.Values, Has.None.EqualTo("wall.jpg"));
    }

    [Test]
    public void Two_cases_are_linked_once_and_no_case_to_itself()
    {
        var (one, other) = (Story.Begin().Accepted(), Story.Begin().Accepted());
        Assert.That(one.Forbids(Cast.VillageOfficer, (c, at) => c.LinkTo(c, "same fence", at)).Code, Is.EqualTo("LinkToItself"));
        one.Do(Cast.VillageOfficer, (c, at) => c.LinkTo(other.Case, "same fence", at));
        Assert.That(one.Forbids(Cast.VillageOfficer, (c, at) => c.LinkTo(other.Case, "same fence", at)).Code, Is.EqualTo("AlreadyLinked"));
        Assert.That(other.Case.LinkedFrom(one.Case).After.Links, Is.EqualTo(new[] { one.Case.Id }));
    }
}
