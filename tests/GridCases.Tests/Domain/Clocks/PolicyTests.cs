using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

public class PolicyTests
{
    private static readonly PolicyBook Defaults = new(DefaultPolicies.All);

    internal static PolicyQuestion Question(
        ClockKind stage, UnitLevel? level = UnitLevel.Village, MediationTrack? track = null, Entrustment? entrustment = null,
        Category category = Category.Neighbours, Risk risk = Risk.Green, Urgency urgency = Urgency.Normal, string on = "2026-02-02") =>
        new(stage, level, Day(on), track, entrustment, category, risk, urgency);

    [TestCase(ClockKind.Acceptance, null, null, "3 WorkingDays", 0, false, "1 WorkingDays")]
    [TestCase(ClockKind.Handling, null, null, "5 WorkingDays", 5, false, "1 WorkingDays")]
    [TestCase(ClockKind.AgencyReply, null, null, "5 WorkingDays", 0, false, "1 WorkingDays")]
    [TestCase(ClockKind.Mediation, MediationTrack.Peoples, null, "30 Days", 30, true, "5 Days")]
    [TestCase(ClockKind.Mediation, MediationTrack.Administrative, null, "30 Days", 30, true, "5 Days")]
    [TestCase(ClockKind.Mediation, MediationTrack.Judicial, null, "30 Days", null, true, "5 Days")]
    [TestCase(ClockKind.Mediation, MediationTrack.Judicial, Entrustment.PreFiling, "30 Days", null, true, "5 Days")]
    [TestCase(ClockKind.Mediation, MediationTrack.Judicial, Entrustment.PostFilingOrdinary, "15 Days", null, true, "5 Days")]
    [TestCase(ClockKind.Mediation, MediationTrack.Judicial, Entrustment.PostFilingSummary, "7 Days", null, true, "5 Days")]
    [TestCase(ClockKind.ConfirmationWindow, null, null, "30 Days", 0, false, "5 Days")]
    [TestCase(ClockKind.Performance, null, null, "", null, true, "5 Days")]
    [TestCase(ClockKind.CardReply, null, null, "", 0, false, "1 WorkingDays")]
    [TestCase(ClockKind.Verification, null, null, "5 WorkingDays", 0, false, "1 WorkingDays")]
    [TestCase(ClockKind.FollowUp, null, null, "30 Days", 0, false, "5 Days")]
    [TestCase(ClockKind.Case, null, null, "60 Days", 30, false, "5 Days")]
    public void The_defaults_are_the_table_of_deadlines(
        ClockKind stage, MediationTrack? track, Entrustment? entrustment, string limit, int? maxExtension, bool consent, string warning)
    {
        var policy = Defaults.For(Question(stage, track: track, entrustment: entrustment));
        Assert.Multiple(() =>
        {
            Assert.That(policy.Limit is { } l ? $"{l.Amount} {l.Unit}" : "", Is.EqualTo(limit));
            Assert.That(policy.MaxExtension, Is.EqualTo(maxExtension));
            Assert.That(policy.ExtensionNeedsPartiesConsent, Is.EqualTo(consent));
            Assert.That($"{policy.WarningLead.Amount} {policy.WarningLead.Unit}", Is.EqualTo(warning));
            Assert.That((policy.Version, policy.EffectiveFrom, policy.EffectiveTo), Is.EqualTo((1, Day("2025-01-01"), (DateOnly?)null)));
        });
    }

    [Test]
    public void Every_stage_has_a_default_and_all_but_the_confirmation_window_escalate_by_the_default_ladder()
    {
        Assert.Multiple(() =>
        {
            Assert.That(DefaultPolicies.All.Select(p => p.Stage).Distinct(), Is.EquivalentTo(Enum.GetValues<ClockKind>()));
            Assert.That(DefaultPolicies.All.Select(p => p.Id).Distinct().Count(), Is.EqualTo(DefaultPolicies.All.Count));
            foreach (var policy in DefaultPolicies.All)
            {
                var window = policy.Stage is ClockKind.ConfirmationWindow;
                Assert.That(policy.Escalates, Is.EqualTo(!window));
                Assert.That(policy.LaterLevels, window ? Is.Empty : Is.EqualTo(new[] { Limit.WorkingDays(2), Limit.WorkingDays(5), Limit.WorkingDays(10) }));
                Assert.That(policy.Levels, Is.EqualTo(window ? 0 : 4));
            }
        });
    }

    [Test]
    public void A_question_without_a_rule_says_so() =>
        Assert.That(() => Defaults.For(Question(ClockKind.Mediation)), Throws.InvalidOperationException, "no track is chosen");

    [Test]
    public void A_policy_is_found_by_its_id()
    {
        var policy = DefaultPolicies.All[3];
        Assert.Multiple(() =>
        {
            Assert.That(Defaults.ById(policy.Id), Is.SameAs(policy));
            Assert.That(() => Defaults.ById(Guid.Empty), Throws.TypeOf<KeyNotFoundException>());
            Assert.That(() => new PolicyBook([policy, policy]), Throws.ArgumentException);
        });
    }

    [Test]
    public void The_most_specific_row_wins_in_whatever_order_the_rows_come()
    {
        DeadlinePolicy[] rows =
        [
            Row(1, ClockKind.Acceptance),
            Row(2, ClockKind.Acceptance) with { UnitLevel = UnitLevel.Township },
            Row(3, ClockKind.Acceptance) with { Urgency = Urgency.Urgent },
            Row(4, ClockKind.Acceptance) with { Urgency = Urgency.Urgent, Risk = Risk.Red },
            Row(5, ClockKind.Acceptance) with { Category = Category.Medical },
        ];
        foreach (var book in new[] { new PolicyBook(rows), new PolicyBook(rows.Reverse()) })
        {
            Assert.Multiple(() =>
            {
                Assert.That(Winner(book, Question(ClockKind.Acceptance)), Is.EqualTo(1));
                Assert.That(Winner(book, Question(ClockKind.Acceptance, level: null)), Is.EqualTo(1), "a condition on the level needs a level");
                Assert.That(Winner(book, Question(ClockKind.Acceptance, UnitLevel.Township)), Is.EqualTo(2));
                Assert.That(Winner(book, Question(ClockKind.Acceptance, UnitLevel.Township, urgency: Urgency.Urgent)), Is.EqualTo(3), "urgency decides before the level");
                Assert.That(Winner(book, Question(ClockKind.Acceptance, UnitLevel.Township, urgency: Urgency.Urgent, risk: Risk.Red)), Is.EqualTo(4), "two conditions");
                Assert.That(Winner(book, Question(ClockKind.Acceptance, UnitLevel.Township, category: Category.Medical, urgency: Urgency.Urgent)), Is.EqualTo(5), "category decides before urgency");
                Assert.That(Winner(book, Question(ClockKind.Acceptance, category: Category.Medical, urgency: Urgency.Urgent, risk: Risk.Red)), Is.EqualTo(4), "two conditions beat one");
            });
        }
    }

    [Test]
    public void A_new_version_holds_from_its_effective_date_and_the_old_one_stays_to_be_found()
    {
        var first = Row(1, ClockKind.Handling) with { EffectiveTo = Day("2026-06-30") };
        var second = Row(2, ClockKind.Handling) with { Version = 2, EffectiveFrom = Day("2026-07-01") };
        var book = new PolicyBook([second, first]);
        Assert.Multiple(() =>
        {
            Assert.That(Winner(book, Question(ClockKind.Handling, on: "2026-06-30")), Is.EqualTo(1));
            Assert.That(Winner(book, Question(ClockKind.Handling, on: "2026-07-01")), Is.EqualTo(2));
            Assert.That(book.ById(first.Id).Version, Is.EqualTo(1));
            Assert.That(() => book.For(Question(ClockKind.Handling, on: "2024-12-31")), Throws.InvalidOperationException, "nothing was in force");
        });
    }

    [Test]
    public void Of_two_versions_in_force_the_later_one_holds()
    {
        var first = Row(1, ClockKind.Handling);
        var second = Row(2, ClockKind.Handling) with { Version = 2, EffectiveFrom = Day("2026-07-01") };
        var third = Row(3, ClockKind.Handling) with { Version = 3, EffectiveFrom = Day("2026-07-01") };
        Assert.That(Winner(new PolicyBook([first, third, second]), Question(ClockKind.Handling, on: "2026-07-01")), Is.EqualTo(3));
    }

    [TestCase(5, 0, 5, true)]
    [TestCase(5, 0, 6, false)]
    [TestCase(5, 3, 2, true)]
    [TestCase(5, 3, 3, false)]
    [TestCase(0, 0, 1, false)]
    [TestCase(null, 300, 300, true)]
    [TestCase(null, 0, int.MaxValue, false)]
    [TestCase(null, 0, 0, false)]
    [TestCase(null, 0, -1, false)]
    public void Extensions_together_stay_within_the_maximum(int? max, int already, int amount, bool allowed) =>
        Assert.That((Row(1, ClockKind.Handling) with { MaxExtension = max }).AllowsExtension(already, amount), Is.EqualTo(allowed));

    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    public void A_limit_stays_within_what_dates_can_bear(int amount) =>
        Assert.That(() => Limit.Days(amount), Throws.TypeOf<ArgumentOutOfRangeException>());

    internal static DeadlinePolicy Row(int number, ClockKind stage) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Version = 1,
        EffectiveFrom = Day("2025-01-01"),
        Stage = stage,
        Limit = Limit.WorkingDays(3),
        WarningLead = Limit.WorkingDays(1),
    };

    private static int Winner(PolicyBook book, PolicyQuestion question) => BitConverter.ToInt32(book.For(question).Id.ToByteArray());

    [Test]
    public void Public_security_organs_mediate_under_a_rule_of_their_own()
    {
        var question = Question(ClockKind.Mediation, track: MediationTrack.Administrative);
        var policy = Defaults.For(question with { OrganisationKind = OrganisationKind.PublicSecurityOrgan });
        Assert.That((policy.Limit, policy.MaxExtension, policy.ExtensionByHigherAuthority, policy.ExtensionNeedsPartiesConsent), Is.EqualTo(((Limit?)Limit.Days(30), (int?)30, true, false)));
        Assert.That(Defaults.For(question with { OrganisationKind = OrganisationKind.AdministrativeOrgan }).ExtensionByHigherAuthority, Is.False);
    }

    [Test]
    public void A_new_version_ends_the_former_one_on_the_day_before_and_leaves_it_as_it_was()
    {
        var old = Defaults.For(Question(ClockKind.Acceptance));
        var revision = Defaults.Revised(old with { Id = NewId(1), EffectiveFrom = Day("2026-03-01"), Limit = Limit.WorkingDays(2) });

        Assert.That(revision.Added.Version, Is.EqualTo(2));
        Assert.That(revision.Ended, Is.EqualTo(old with { EffectiveTo = Day("2026-02-28") }));
        Assert.That(revision.Book.All, Has.Count.EqualTo(Defaults.All.Count + 1));
        Assert.That(revision.Book.For(Question(ClockKind.Acceptance, on: "2026-02-28")).Version, Is.EqualTo(1));
        Assert.That(revision.Book.For(Question(ClockKind.Acceptance, on: "2026-03-01")).Version, Is.EqualTo(2));
        Assert.That(Defaults.For(Question(ClockKind.Acceptance, on: "2026-03-01")), Is.EqualTo(old), "the book it came from is what it was");
    }

    [Test]
    public void A_version_of_the_same_day_takes_the_place_of_the_one_that_was_wrong_and_none_may_begin_before_one_that_is_to_come()
    {
        var draft = Defaults.For(Question(ClockKind.Acceptance)) with { Id = NewId(2), EffectiveFrom = Day("2026-03-01") };
        var book = Defaults.Revised(draft).Book;
        var again = book.Revised(draft with { Id = NewId(3), Limit = Limit.WorkingDays(4) });

        Assert.That((again.Added.Version, again.Ended!.Version, again.Ended.IsReplaced), Is.EqualTo((3, 2, true)));
        Assert.That(again.Book.For(Question(ClockKind.Acceptance, on: "2026-03-01")).Version, Is.EqualTo(3));
        Assert.That(again.Book.For(Question(ClockKind.Acceptance, on: "2026-02-28")).Version, Is.EqualTo(1));
        var early = Assert.Throws<RuleViolation>(() => again.Book.Revised(draft with { Id = NewId(4), EffectiveFrom = Day("2026-02-20") }));
        Assert.That((early!.Code, early.Args.Single()), Is.EqualTo(("PolicyBeginsLater", (object)Day("2026-03-01"))));
    }

    [TestCase(ClockKind.Performance, true)]
    [TestCase(ClockKind.CardReply, true)]
    [TestCase(ClockKind.Acceptance, false)]
    public void Whether_a_stage_has_a_limit_or_its_own_due_date_cannot_be_changed(ClockKind stage, bool limit)
    {
        var draft = Defaults.For(Question(stage)) with { Id = NewId(5), EffectiveFrom = Day("2026-03-01"), Limit = limit ? Limit.Days(3) : null };
        Assert.That(Assert.Throws<RuleViolation>(() => Defaults.Revised(draft))!.Code, Is.EqualTo(limit ? "PolicyHasOwnDueDate" : "PolicyNeedsLimit"));
    }

    [Test]
    public void A_more_specific_rule_takes_over_the_open_clocks_it_fits_when_it_came_after_they_had_started()
    {
        var general = Defaults.For(Question(ClockKind.Acceptance));
        var urgent = general with { Id = NewId(6), EffectiveFrom = Day("2026-02-04"), Urgency = Urgency.Urgent, Limit = Limit.WorkingDays(1) };
        var book = Defaults.Revised(urgent).Book;
        var facts = new PolicyFacts(new UnitCode("990101001001"), null, null, Category.Neighbours, Risk.Green, Urgency.Urgent, null);
        Clock Started(string day) => Clock.Start(NewId(7), ClockKind.Acceptance, facts.Holder, LocalTime.StartOfDay(Day(day)), general, Both);

        Assert.That(book.InForce(Started("2026-02-02"), facts, Day("2026-02-03")).Version, Is.EqualTo(1).And.EqualTo(general.Version));
        Assert.That(book.InForce(Started("2026-02-02"), facts, Day("2026-02-03")).Id, Is.EqualTo(general.Id), "it is in force tomorrow");
        Assert.That(book.InForce(Started("2026-02-02"), facts, Day("2026-02-04")).Id, Is.EqualTo(urgent.Id));
        Assert.That(book.InForce(Started("2026-02-02"), facts with { Urgency = Urgency.Normal }, Day("2026-02-04")).Id, Is.EqualTo(general.Id), "it is not for such a case");
        Assert.That(book.InForce(Started("2026-02-05"), facts, Day("2026-02-06")).Id, Is.EqualTo(general.Id),
            "it was there when this clock started, and the case was another one then");
    }

    private static Guid NewId(byte n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    [Test]
    public void A_recomputed_clock_names_the_rule_it_left_and_the_one_it_came_under_only_when_they_differ()
    {
        var started = Clock.Start(NewId(8), ClockKind.Acceptance, new UnitCode("990101001001"), LocalTime.StartOfDay(Day("2026-02-02")), Defaults.For(Question(ClockKind.Acceptance)), None);
        var scenario = Cases.Scenario.Begin().Submitted();
        var at = scenario.At(Cases.SampleCity.GridHead) with { Now = LocalTime.StartOfDay(Day("2026-02-04")) };
        var @case = scenario.Case with { Clocks = [started] };

        var moved = @case.Recomputed(at with { Policies = Defaults, Calendar = Both }).Events;
        Assert.That(moved.Select(e => (e.Get(EventKey.PolicyBefore), e.Get(EventKey.PolicyAfter))), Is.All.EqualTo(((Guid?)null, (Guid?)null)));

        var urgent = Defaults.For(Question(ClockKind.Acceptance)) with { Id = NewId(9), EffectiveFrom = Day("2026-02-04"), Category = @case.Dispute.Category, Limit = Limit.WorkingDays(1) };
        var ruled = @case.Recomputed(at with { Policies = Defaults.Revised(urgent).Book, Calendar = Both }).Events.Single();
        Assert.That((ruled.Get(EventKey.PolicyBefore), ruled.Get(EventKey.PolicyAfter)), Is.EqualTo(((Guid?)started.PolicyId, (Guid?)urgent.Id)));
    }
}
