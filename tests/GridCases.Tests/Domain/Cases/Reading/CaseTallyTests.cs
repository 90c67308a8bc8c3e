using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>What the statistics count of a case.</summary>
public class CaseTallyTests
{
    private static readonly Tally One = new() { Registered = 1, Accepted = 2, Closed = 3, Settled = 4, AgreedFen = 5, Met = 6, Late = 7, OverdueFrom = 8, OverdueUntil = 9 };
    private static readonly Tally Other = new() { Registered = 10, Accepted = 20, Closed = 30, Settled = 40, AgreedFen = 50, Met = 60, Late = 70, OverdueFrom = 80, OverdueUntil = 90 };

    [Test]
    public void Tallies_add_up_number_by_number() => Assert.That(
        One + Other,
        Is.EqualTo(new Tally { Registered = 11, Accepted = 22, Closed = 33, Settled = 44, AgreedFen = 55, Met = 66, Late = 77, OverdueFrom = 88, OverdueUntil = 99 }));

    [Test]
    public void A_tally_is_multiplied_number_by_number() => Assert.That(
        -2 * One,
        Is.EqualTo(new Tally { Registered = -2, Accepted = -4, Closed = -6, Settled = -8, AgreedFen = -10, Met = -12, Late = -14, OverdueFrom = -16, OverdueUntil = -18 }));

    [Test]
    public void A_closed_case_counts_each_thing_on_the_day_it_happened()
    {
        var scenario = Scenario.Begin().Submitted()
            .Wait("2026-03-03 09:00").Do(SampleCity.VillageOfficer, (c, at) => c.Accept(at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(SampleCity.AtPeoplesCommittee, at))
            .Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at))
            .Wait("2026-03-04 09:00").Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(new AgreementText(AgreementForm.Oral, "Pays for the fence.", 200.505m, []), at))
            .Wait("2026-03-05 09:00").Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at))
            .Wait("2026-03-06 09:00").Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));

        var followUp = LocalTime.Day(scenario.Clock(ClockKind.FollowUp).DueAt);
        Assert.That(ByDay(scenario.Case), Is.EqualTo(new Dictionary<DateOnly, Tally>
        {
            [Day("2026-03-02")] = new() { Registered = 1 },
            [Day("2026-03-03")] = new() { Accepted = 1, Met = 2 },
            [Day("2026-03-04")] = new() { AgreedFen = 20051, Met = 1 },
            [Day("2026-03-06")] = new() { Closed = 1, Settled = 1, Met = 2 },
            [followUp] = new() { Late = 1, OverdueFrom = 1 },
        }));
    }

    [Test]
    public void What_was_not_settled_is_closed_and_not_settled()
    {
        var scenario = Scenario.Begin().Failed().Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "To court", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(3, null, at));
        var closed = ByDay(scenario.Case)[Day("2026-03-02")];
        Assert.That((closed.Closed, closed.Settled, closed.AgreedFen), Is.EqualTo((1L, 0L, 0L)));
    }

    [Test]
    public void It_counts_where_it_began_under_its_category_source_and_track()
    {
        var scenario = Scenario.Begin(Category.Labour).InMediation();
        Assert.That(CaseTally.Of(scenario.Case).Keys.Select(key => (key.Unit, key.Category, key.Track, key.Source)).Distinct(),
            Is.EqualTo(new[] { (SampleCity.Grid, Category.Labour, (MediationTrack?)MediationTrack.Peoples, scenario.Case.Dispute.Source) }));
    }

    /// <summary>The acceptance falls due on the 4th, and is late until the 6th; the handling falls due on the 13th, and is late until the 16th.</summary>
    [Test]
    public void A_case_overdue_twice_was_overdue_from_the_first_day_to_the_last_with_a_gap_in_between()
    {
        var scenario = Scenario.Begin().Submitted().Wait("2026-03-06 09:00").Do(SampleCity.VillageOfficer, (c, at) => c.Accept(at));
        var (accept, handle) = (LocalTime.Day(scenario.Clock(ClockKind.Acceptance).DueAt), LocalTime.Day(scenario.Clock(ClockKind.Handling).DueAt));
        Assert.That(CaseTally.GapsOf(scenario.Case), Is.EqualTo(new[] { new OverdueGap(Day("2026-03-06"), handle) }), "what runs is late from the day it falls due");

        scenario.Wait("2026-03-20 09:00").Do(SampleCity.VillageOfficer, (c, at) => c.ReferOut(ReferralTarget.Court, "District court", "Crime", at));
        var spans = ByDay(scenario.Case);
        Assert.That(accept, Is.LessThan(Day("2026-03-06")));
        Assert.That(handle, Is.GreaterThan(Day("2026-03-06")).And.LessThan(Day("2026-03-20")));
        Assert.That(CaseTally.GapsOf(scenario.Case), Is.EqualTo(new[] { new OverdueGap(Day("2026-03-06"), handle) }));
        Assert.That(spans.Where(day => day.Value.OverdueFrom != 0).Select(day => (day.Key, day.Value.OverdueFrom)), Is.EqualTo(new[] { (accept, 1L) }));
        Assert.That(spans.Where(day => day.Value.OverdueUntil != 0).Select(day => (day.Key, day.Value.OverdueUntil)), Is.EqualTo(new[] { (Day("2026-03-20"), 1L) }));
    }

    [Test]
    public void Spans_that_touch_or_lie_within_each_other_are_one()
    {
        var scenario = Scenario.Begin().Submitted();
        var acceptance = scenario.Clock(ClockKind.Acceptance);
        var late = scenario.Wait("2026-03-20 09:00").Do(SampleCity.VillageOfficer, (c, at) => c.Accept(at)).Clock(ClockKind.Acceptance);
        var within = late with { Id = SampleCity.Stranger, EndedAt = Local("2026-03-10 09:00") };
        var twice = scenario.Case with { Clocks = [late, within] };
        Assert.That(CaseTally.GapsOf(twice), Is.Empty);
        Assert.That(ByDay(twice).Where(day => day.Value.OverdueUntil != 0).Select(day => day.Key), Is.EqualTo(new[] { Day("2026-03-20") }), "the longer one counts");
        Assert.That(ByDay(scenario.Case with { Clocks = [within, late] }), Is.EqualTo(ByDay(twice)));
        Assert.That(acceptance.Status, Is.EqualTo(ClockStatus.Running));
    }

    [Test]
    public void What_goes_on_being_overdue_has_no_last_day()
    {
        var scenario = Scenario.Begin().Submitted();
        Assert.That(ByDay(scenario.Case).Values.Sum(day => day.OverdueUntil), Is.Zero);
        Assert.That(ByDay(scenario.Case).Values.Sum(day => day.OverdueFrom), Is.EqualTo(1), "on the day it would fall due; whoever asks leaves out days that have not come");
    }

    [Test]
    public void The_window_for_confirmation_makes_nothing_late()
    {
        var agreed = Scenario.Begin().Agreed();
        var window = agreed.Clock(ClockKind.ConfirmationWindow);
        var only = agreed.Case with { Clocks = [window] };
        Assert.That(ByDay(only).Values.Sum(day => day.Late + day.Met + day.OverdueFrom), Is.Zero);
    }

    [TestCaseSource(nameof(States))]
    public void What_a_change_adds_makes_the_sum_of_before_the_sum_of_after(CaseState state)
    {
        var after = Scenario.In(state).Case;
        foreach (var before in new[] { null, Scenario.Begin().Case, Scenario.In(CaseState.InMediation).Case, after })
        {
            var difference = CaseTally.Difference(before, after);
            Assert.That(difference.Values, Has.None.EqualTo(default(Tally)));
            var sums = new Dictionary<TallyKey, Tally>(before is null ? new Dictionary<TallyKey, Tally>() : CaseTally.Of(before));
            foreach (var (key, added) in difference)
                sums[key] = sums.GetValueOrDefault(key) + added;
            Assert.That(sums.Where(sum => sum.Value != default), Is.EquivalentTo(CaseTally.Of(after)));
        }
    }

    private static IEnumerable<CaseState> States => Enum.GetValues<CaseState>();

    private static Dictionary<DateOnly, Tally> ByDay(Case @case) =>
        CaseTally.Of(@case).GroupBy(row => row.Key.Day).ToDictionary(day => day.Key, day => day.Select(row => row.Value).Aggregate((a, b) => a + b));
}
