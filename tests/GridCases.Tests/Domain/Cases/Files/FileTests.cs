using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Notes, files, links.</summary>
public class FileTests
{
    [Test]
    public void A_comment_moves_no_clock()
    {
        var story = Story.Begin().Accepted();
        var before = story.Case;
        story.Wait("2026-03-04 09:00").Do(Cast.GridHead, (c, at) => c.Comment("Saw them", at));
        Assert.That(story.Case.Clocks, Is.EqualTo(before.Clocks));
        Assert.That(story.Case.State, Is.EqualTo(before.State));
    }

    [Test]
    public void A_withdrawn_file_stays_on_record_and_is_withdrawn_once_by_who_put_it_in_or_the_holder()
    {
        var story = Story.Begin().InMediation().Do(Cast.TownOfficer, (c, at) => SampleActions.Do(CaseAction.Attach, c, at));
        var file = story.Case.Attachments.Single();
        story.Refuses(Cast.DistrictOfficer, (c, at) => c.WithdrawAttachment(file.Id, "Not theirs", at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.WithdrawAttachment(Cast.Stranger, "Wrong case", at)).Code, Is.EqualTo("UnknownAttachment"));
        story.Do(Cast.Mediator, (c, at) => c.WithdrawAttachment(file.Id, "Wrong case", at));
        Assert.That(story.Case.Attachments.Single().Withdrawn, Is.EqualTo(new Withdrawal(Cast.Mediator.UserName, story.Now, "Wrong case")));
        story.Do(Cast.Mediator, (c, at) => SampleActions.Do(CaseAction.Attach, c, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.WithdrawAttachment(file.Id, "Again", at)).Code, Is.EqualTo("AttachmentWithdrawn"));
    }

    [Test]
    public void The_journal_has_a_files_hash_and_not_its_name()
    {
        var told = Story.Begin().Do(Cast.GridHead, (c, at) => SampleActions.Do(CaseAction.Attach, c, at)).Last.Events[0].Data;
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

    [Test]
    public void A_file_is_about_a_party_of_the_case_or_about_none()
    {
        var story = Story.Begin().Submitted();
        Attachment Papers(Guid? party) => new(Cast.Court, AttachmentKind.Evidence, party, "wall.jpg", "image/jpeg", 3, new string('a', 64), "key", false, "village1", story.Now);
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.Attach(Papers(Cast.Stranger), at)).Code, Is.EqualTo("NotAParty"));
        Assert.That(story.Do(Cast.VillageOfficer, (c, at) => c.Attach(Papers(Cast.Respondent.Id), at)).Case.Attachments.Single().PartyId, Is.EqualTo(Cast.Respondent.Id));
        Assert.That(story.Do(Cast.VillageOfficer, (c, at) => c.Attach(Papers(null) with { Id = Cast.Stranger }, at)).Case.Attachments, Has.Length.EqualTo(2));
    }

    [Test]
    public void Who_has_a_file_of_their_own_there_still_withdraws_no_other()
    {
        var story = Story.Begin().InMediation().Do(Cast.TownOfficer, (c, at) => SampleActions.Do(CaseAction.Attach, c, at)).Do(Cast.DistrictOfficer, (c, at) => SampleActions.Do(CaseAction.Attach, c, at));
        var towns = story.Case.Attachments[0];
        story.Refuses(Cast.DistrictOfficer, (c, at) => c.WithdrawAttachment(towns.Id, "Not theirs", at));
    }
}
