using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Notes, files, links.</summary>
public class FileTests
{
    [Test]
    public void A_comment_moves_no_clock()
    {
        var scenario = Scenario.Begin().Accepted();
        var before = scenario.Case;
        scenario.Wait("2026-03-04 09:00").Do(SampleCity.GridHead, (c, at) => c.Comment("Saw them", at));
        Assert.That(scenario.Case.Clocks, Is.EqualTo(before.Clocks));
        Assert.That(scenario.Case.State, Is.EqualTo(before.State));
    }

    [Test]
    public void A_withdrawn_file_stays_on_record_and_is_withdrawn_once_by_who_put_it_in_or_the_holder()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.TownOfficer, (c, at) => SampleActions.Do(CaseAction.Attach, c, at));
        var file = scenario.Case.Attachments.Single();
        scenario.Refuses(SampleCity.DistrictOfficer, (c, at) => c.WithdrawAttachment(file.Id, "Not theirs", at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.WithdrawAttachment(SampleCity.Stranger, "Wrong case", at)).Code, Is.EqualTo("UnknownAttachment"));
        scenario.Do(SampleCity.Mediator, (c, at) => c.WithdrawAttachment(file.Id, "Wrong case", at));
        Assert.That(scenario.Case.Attachments.Single().Withdrawn, Is.EqualTo(new Withdrawal(SampleCity.Mediator.UserName, scenario.Now, "Wrong case")));
        scenario.Do(SampleCity.Mediator, (c, at) => SampleActions.Do(CaseAction.Attach, c, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.WithdrawAttachment(file.Id, "Again", at)).Code, Is.EqualTo("AttachmentWithdrawn"));
    }

    [Test]
    public void The_journal_has_a_files_hash_and_not_its_name()
    {
        var told = Scenario.Begin().Do(SampleCity.GridHead, (c, at) => SampleActions.Do(CaseAction.Attach, c, at)).Last.Events[0].Data;
        Assert.That(told["sha256"], Is.EqualTo(new string('a', 64)));
        Assert.That(told.Values, Has.None.EqualTo("wall.jpg"));
    }

    [Test]
    public void Two_cases_are_linked_once_and_no_case_to_itself()
    {
        var (one, other) = (Scenario.Begin().Accepted(), Scenario.Begin().Accepted());
        Assert.That(one.Forbids(SampleCity.VillageOfficer, (c, at) => c.LinkTo(c, "same fence", at)).Code, Is.EqualTo("LinkToItself"));
        one.Do(SampleCity.VillageOfficer, (c, at) => c.LinkTo(other.Case, "same fence", at));
        Assert.That(one.Forbids(SampleCity.VillageOfficer, (c, at) => c.LinkTo(other.Case, "same fence", at)).Code, Is.EqualTo("AlreadyLinked"));
        Assert.That(other.Case.LinkedFrom(one.Case).After.Links, Is.EqualTo(new[] { one.Case.Id }));
    }

    [Test]
    public void A_file_is_about_a_party_of_the_case_or_about_none()
    {
        var scenario = Scenario.Begin().Submitted();
        Attachment Papers(Guid? party) => new(SampleCity.Court, AttachmentKind.Evidence, party, "wall.jpg", "image/jpeg", 3, new string('a', 64), "key", false, "village1", scenario.Now);
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.Attach(Papers(SampleCity.Stranger), at)).Code, Is.EqualTo("NotAParty"));
        Assert.That(scenario.Do(SampleCity.VillageOfficer, (c, at) => c.Attach(Papers(SampleCity.Respondent.Id), at)).Case.Attachments.Single().PartyId, Is.EqualTo(SampleCity.Respondent.Id));
        Assert.That(scenario.Do(SampleCity.VillageOfficer, (c, at) => c.Attach(Papers(null) with { Id = SampleCity.Stranger }, at)).Case.Attachments, Has.Length.EqualTo(2));
    }

    [Test]
    public void Who_has_a_file_of_their_own_there_still_withdraws_no_other()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.TownOfficer, (c, at) => SampleActions.Do(CaseAction.Attach, c, at)).Do(SampleCity.DistrictOfficer, (c, at) => SampleActions.Do(CaseAction.Attach, c, at));
        var towns = scenario.Case.Attachments[0];
        scenario.Refuses(SampleCity.DistrictOfficer, (c, at) => c.WithdrawAttachment(towns.Id, "Not theirs", at));
    }
}
