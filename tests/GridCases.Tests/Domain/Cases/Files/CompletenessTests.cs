using GridCases.Domain;
using static GridCases.Domain.FileItem;

namespace GridCases.Tests.Domain.Cases;

/// <summary>What belongs in a case file, by how the case ended.</summary>
public class CompletenessTests
{
    private static readonly CompletenessFacts Nothing = new([], 0, false);
    private static readonly CompletenessFacts All = new([SampleCity.Applicant.Id, SampleCity.Respondent.Id], 1, true);

    private static IEnumerable<TestCaseData> Endings()
    {
        var onTheSpot = Scenario.Begin().Do(SampleCity.GridHead, (c, at) => c.ResolveOnSpot("Over tea", at)).Do(SampleCity.VillageOfficer, (c, at) => c.Verify(5, null, at));
        var atTheCentre = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));
        var unsigned = Scenario.Begin().Agreed(AgreementForm.Written).Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at));
        var failed = Scenario.Begin().Failed().Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "To court", at));
        var refused = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(respondent: false), MediatorChoice.Accepted, at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Unsettled, "To court", at));
        var feared = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));
        yield return new("violence was feared and the police know nothing", feared.Case, Nothing, "IntakeForm PoliceNotice ClosingSummary CoverAndIndex", "PoliceNotice");
        feared.Do(SampleCity.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", null, at));
        yield return new("violence was feared and the police have the notice", feared.Case, Nothing, "IntakeForm PoliceNotice ClosingSummary CoverAndIndex", "");
        yield return new("settled on the spot", onTheSpot.Case, Nothing, "IntakeForm ClosingSummary CoverAndIndex", "");
        yield return new("settled at the centre", atTheCentre.Case, Nothing, "IntakeForm ClosingSummary CoverAndIndex", "");
        yield return new("an oral agreement", Scenario.Begin().Closed().Case, All, "IntakeForm NoticeOfRights IdentityPapers MediationRecord Agreement ClosingSummary CoverAndIndex", "");
        yield return new("an oral agreement, nothing else on record", Scenario.Begin().Closed().Case, Nothing,
            "IntakeForm NoticeOfRights IdentityPapers MediationRecord Agreement ClosingSummary CoverAndIndex", "IdentityPapers MediationRecord");
        yield return new("a written agreement nobody signed", unsigned.Case, All, "IntakeForm NoticeOfRights IdentityPapers MediationRecord Agreement ClosingSummary CoverAndIndex", "Agreement");
        yield return new("mediation failed", failed.Case, All, "IntakeForm NoticeOfRights IdentityPapers MediationRecord TerminationNotice ClosingSummary CoverAndIndex", "");
        yield return new("mediation failed and nobody was told", failed.Case, All with { TerminationNoticed = false },
            "IntakeForm NoticeOfRights IdentityPapers MediationRecord TerminationNotice ClosingSummary CoverAndIndex", "TerminationNotice");
        yield return new("a party refused", refused.Case, Nothing, "IntakeForm NoticeOfRights ClosingSummary CoverAndIndex", "");
        yield return new("still in mediation", Scenario.Begin().InMediation().Case, Nothing, "IntakeForm NoticeOfRights IdentityPapers MediationRecord Agreement CoverAndIndex", "IdentityPapers MediationRecord Agreement");
    }

    // Named by its words alone: a case that is written out has ids in it that are others each time, and tools that run a test by its name do not find it again.
    private static IEnumerable<TestCaseData> NamedEndings() => Endings().Select(ending => ending.SetArgDisplayNames($"{ending.Arguments[0]}"));

    [TestCaseSource(nameof(NamedEndings))]
    public void A_file_holds_what_the_course_of_the_case_calls_for(string ending, Case @case, CompletenessFacts facts, string belongs, string missing)
    {
        var file = FileCompleteness.Of(@case, facts);
        Assert.That(string.Join(' ', file.Items.Select(i => i.What)), Is.EqualTo(belongs), ending);
        Assert.That(string.Join(' ', file.Missing), Is.EqualTo(missing), ending);
        Assert.That(file.IsComplete, Is.EqualTo(missing.Length == 0));
    }

    [Test]
    public void A_copy_of_a_paper_is_as_good_as_its_number_until_it_is_withdrawn_and_an_organisation_needs_none()
    {
        var scenario = Scenario.Begin().Closed();
        Attachment Copy(Guid party) => new(party, AttachmentKind.IdentityPaper, party, "id.jpg", "image/jpeg", 3, new string('a', 64), "k", false, "grid1", scenario.Now);
        var half = scenario.Case with { Attachments = [Copy(SampleCity.Applicant.Id)] };
        Assert.That(Papers(half).MissingFor, Is.EqualTo(new[] { SampleCity.Respondent.Id }));
        var both = half with { Attachments = [.. half.Attachments, Copy(SampleCity.Respondent.Id)] };
        Assert.That(Papers(both).IsPresent, Is.True);
        var withdrawn = both with { Attachments = [both.Attachments[0], both.Attachments[1] with { Withdrawn = new Withdrawal("grid1", scenario.Now, "Wrong") }] };
        Assert.That(Papers(withdrawn).IsPresent, Is.False);
        var company = half with { Parties = [.. half.Parties.Select(p => p.Id == SampleCity.Respondent.Id ? p with { Kind = PartyKind.Organisation } : p)] };
        Assert.That(Papers(company).IsPresent, Is.True);

        static FileItemCheck Papers(Case c) => FileCompleteness.Of(c, Nothing).Items.Single(i => i.What is IdentityPapers);
    }

    [Test]
    public void An_incomplete_file_is_archived_only_with_a_reason_and_both_stand_in_the_journal()
    {
        var scenario = Scenario.Begin().Closed();
        var file = FileCompleteness.Of(scenario.Case, Nothing);
        var refusal = scenario.Forbids(SampleCity.GridHead, (c, at) => c.Archive(file, " ", Rate, at));
        Assert.That(refusal.Code, Is.EqualTo("FileIncomplete"));
        Assert.That(refusal.Args[0], Is.EqualTo(new[] { IdentityPapers, MediationRecord }));

        scenario.Do(SampleCity.GridHead, (c, at) => c.Archive(file, "The hall burned down", Rate, at));
        var told = scenario.Last.Events[0].Data;
        Assert.That((told["missing"], told["missingReason"], told["noSubsidy"]), Is.EqualTo((new[] { IdentityPapers, MediationRecord }, "The hall burned down", true)));
        Assert.That(scenario.Last.Subsidy, Is.Null);
    }

    [Test]
    public void A_complete_file_of_a_success_in_peoples_mediation_earns_the_rate_and_nothing_else_does()
    {
        var scenario = Scenario.Begin().Closed();
        scenario.Do(SampleCity.GridHead, (c, at) => c.Archive(FileCompleteness.Of(c, All), null, Rate, at));
        Assert.That(scenario.Last.Subsidy, Is.EqualTo(Rate));
        Assert.That(scenario.Last.Events[0].Data["subsidy"], Is.EqualTo(200m));

        Assert.That(Scenario.Begin().Closed().Case.IsPeoplesMediationSuccess, Is.True);
        Assert.That((scenario.Case with { Outcome = Outcome.Unsettled }).IsPeoplesMediationSuccess, Is.False);
        Assert.That((scenario.Case with { Mediation = SampleCity.AtCourt }).IsPeoplesMediationSuccess, Is.False);
        Assert.That((scenario.Case with { Agreement = scenario.Case.Agreement! with { EffectiveAt = null } }).IsPeoplesMediationSuccess, Is.False);
        Assert.That(Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Case.IsPeoplesMediationSuccess, Is.False);
    }

    private static readonly SubsidyRate Rate = new(new("0196c0de-0000-7000-9000-0000000000aa"), new(2026, 1, 1), null, null, null, 200);

    [TestCase(AgreementForm.Oral, Category.Housing, "2026-06-01", 50, Description = "the form")]
    [TestCase(AgreementForm.Written, Category.Housing, "2026-06-01", 200)]
    [TestCase(AgreementForm.Written, Category.Medical, "2026-06-01", 400, Description = "the category counts for more than the form")]
    [TestCase(AgreementForm.Oral, Category.Medical, "2026-06-01", 300)]
    [TestCase(AgreementForm.Oral, Category.Housing, "2026-07-01", 60, Description = "a later one takes the place of an earlier one")]
    [TestCase(AgreementForm.Oral, Category.Housing, "2025-12-31", null, Description = "none in force yet")]
    [TestCase(AgreementForm.Oral, Category.Labour, "2026-06-01", null, Description = "zero ends it")]
    [TestCase(AgreementForm.Oral, Category.Labour, "2026-06-30", null, Description = "to its last day")]
    [TestCase(AgreementForm.Oral, Category.Labour, "2026-07-01", 60)]
    public void Of_the_rates_in_force_the_most_specific_wins(AgreementForm form, Category category, string day, int? amount)
    {
        SubsidyRate Of(string from, string? to, AgreementForm? f, Category? c, decimal yuan) =>
            new(Guid.Empty, DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), to is null ? null : DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture), f, c, yuan);
        SubsidyRate[] rates =
        [
            Of("2026-01-01", null, AgreementForm.Oral, null, 50), Of("2026-01-01", null, AgreementForm.Written, null, 200), Of("2026-07-01", null, AgreementForm.Oral, null, 60),
            Of("2026-01-01", null, AgreementForm.Written, Category.Medical, 400), Of("2026-01-01", null, null, Category.Medical, 300),
            Of("2026-01-01", "2026-06-30", null, Category.Labour, 0),
        ];
        Assert.That(SubsidyRate.For(rates, form, category, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))?.Amount, Is.EqualTo((decimal?)amount));
    }
}
