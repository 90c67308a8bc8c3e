using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Whatever is missing from a file can come into it.</summary>
public class FileSupplyTests
{
    private static readonly CompletenessFacts Nothing = new([], 0, false);

    private static IEnumerable<TestCaseData> Incomplete()
    {
        yield return Named("in mediation", Story.Begin().InMediation());
        yield return Named("agreed and not signed", Story.Begin().Agreed(AgreementForm.Written));
        yield return Named("completed without signatures", Unsigned());
        yield return Named("closed without signatures", Unsigned().Do(Cast.GridHead, (c, at) => c.Verify(5, null, at)));
        yield return Named("mediation failed", Story.Begin().Failed());
        yield return Named("failed and closed", Story.Begin().Failed().Do(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "To court", at)).Do(Cast.GridHead, (c, at) => c.Verify(5, null, at)));
        yield return Named("violence feared", Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at)));
        yield return Named("registered", Story.Begin());
        yield return Named("closed", Story.Begin().Closed());

        static Story Unsigned() => Story.Begin().Agreed(AgreementForm.Written).Do(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at));

        static TestCaseData Named(string name, Story story)
        {
            // Somebody was never asked.
            var silent = story.Case with { Parties = [.. story.Case.Parties.Select(p => p.Id == Cast.Respondent.Id ? p with { Consent = null } : p)] };
            return new TestCaseData(story.Case, silent).SetArgDisplayNames(name);
        }
    }

    [TestCaseSource(nameof(Incomplete))]
    public void What_is_missing_has_a_way_into_the_file_from_where_the_case_stands(Case @case, Case silent)
    {
        var missing = FileCompleteness.Of(@case, Nothing).Missing.Union(FileCompleteness.Of(silent, Nothing).Missing).ToList();
        Assert.That(missing, Is.Not.Empty);
        // How it was settled is told once it is: nothing of that is missing before.
        foreach (var item in missing.Where(item => item is not FileItem.ClosingSummary || @case.State is not CaseState.InMediation))
            Assert.That(FileSupply.ActionsFor(item).Any(action => CaseTransitions.Next(@case.State, action).Count > 0), Is.True, $"{item} in {@case.State}");
    }

    [Test]
    public void Everything_that_can_be_missing_is_missing_somewhere_in_these_tests()
    {
        var missing = Incomplete().SelectMany(data => data.Arguments.Cast<Case>()).SelectMany(c => FileCompleteness.Of(c, Nothing).Missing).Distinct();
        Assert.That(missing, Is.EquivalentTo(Enum.GetValues<FileItem>().Except([FileItem.IntakeForm, FileItem.CoverAndIndex])));
    }

    [TestCase(FileItem.NoticeOfRights)]
    [TestCase(FileItem.IdentityPapers)]
    [TestCase(FileItem.MediationRecord)]
    [TestCase(FileItem.TerminationNotice)]
    public void A_copy_on_paper_supplies_it_until_it_is_withdrawn(FileItem item)
    {
        var story = item is FileItem.TerminationNotice ? Story.Begin().Failed() : Story.Begin().InMediation();
        var bare = item is FileItem.NoticeOfRights ? story.Case with { Parties = [.. story.Case.Parties.Select(p => p with { Consent = null })] } : story.Case;
        Assert.That(IsPresent(bare), Is.False);

        var copied = bare with { Attachments = [Copy(Cast.Applicant.Id), Copy(Cast.Respondent.Id)] };
        Assert.That(IsPresent(copied), Is.True);
        Assert.That(IsPresent(copied with { Attachments = [.. copied.Attachments.Select(a => a with { Withdrawn = new Withdrawal("grid1", story.Now, "Wrong") })] }), Is.False);

        bool IsPresent(Case c) => FileCompleteness.Of(c, Nothing).Items.Single(i => i.What == item).IsPresent;

        Attachment Copy(Guid party) => new(party, FileSupply.PaperOf(item)!.Value, party, "scan.pdf", "application/pdf", 3, new string('a', 64), "k", false, "grid1", story.Now);
    }
}
