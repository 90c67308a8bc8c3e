using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Whatever is missing from a file can come into it.</summary>
public class FileSupplyTests
{
    private static readonly CompletenessFacts Nothing = new([], 0, false);

    private static IEnumerable<TestCaseData> Incomplete()
    {
        yield return Named("in mediation", Scenario.Begin().InMediation());
        yield return Named("agreed and not signed", Scenario.Begin().Agreed(AgreementForm.Written));
        yield return Named("completed without signatures", Unsigned());
        yield return Named("closed without signatures", Unsigned().Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at)));
        yield return Named("mediation failed", Scenario.Begin().Failed());
        yield return Named("failed and closed", Scenario.Begin().Failed().Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "To court", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at)));
        yield return Named("violence feared", Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at)));
        yield return Named("registered", Scenario.Begin());
        yield return Named("closed", Scenario.Begin().Closed());

        static Scenario Unsigned() => Scenario.Begin().Agreed(AgreementForm.Written).Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at));

        static TestCaseData Named(string name, Scenario scenario)
        {
            // Somebody was never asked.
            var silent = scenario.Case with { Parties = [.. scenario.Case.Parties.Select(p => p.Id == SampleCity.Respondent.Id ? p with { Consent = null } : p)] };
            return new TestCaseData(scenario.Case, silent).SetArgDisplayNames(name);
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
        var scenario = item is FileItem.TerminationNotice ? Scenario.Begin().Failed() : Scenario.Begin().InMediation();
        var bare = item is FileItem.NoticeOfRights ? scenario.Case with { Parties = [.. scenario.Case.Parties.Select(p => p with { Consent = null })] } : scenario.Case;
        Assert.That(IsPresent(bare), Is.False);

        var copied = bare with { Attachments = [Copy(SampleCity.Applicant.Id), Copy(SampleCity.Respondent.Id)] };
        Assert.That(IsPresent(copied), Is.True);
        Assert.That(IsPresent(copied with { Attachments = [.. copied.Attachments.Select(a => a with { Withdrawn = new Withdrawal("grid1", scenario.Now, "Wrong") })] }), Is.False);

        bool IsPresent(Case c) => FileCompleteness.Of(c, Nothing).Items.Single(i => i.What == item).IsPresent;

        Attachment Copy(Guid party) => new(party, FileSupply.PaperOf(item)!.Value, party, "scan.pdf", "application/pdf", 3, new string('a', 64), "k", false, "grid1", scenario.Now);
    }
}
