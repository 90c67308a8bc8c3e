using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Clocks;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using GridCases.Tests.Features;

namespace GridCases.Tests.Jobs;

/// <summary>A changed calendar or policy moves the open clocks, and says so.</summary>
[OnBothDatabases]
public class RecomputeClocksTests(Store store)
{
    private static readonly Sql AddYear = new("INSERT INTO CalendarYear ([Year], Source) VALUES (2027, 'of this test')");
    private static readonly Sql AddRestDay = new("INSERT INTO CalendarDay ([Day], [Year], Kind) VALUES (@day, 2027, 'Rest')");
    private static readonly Sql ForgetDays = new("DELETE FROM CalendarDay WHERE [Year] = 2026");
    private static readonly Sql ForgetYear = new("DELETE FROM CalendarYear WHERE [Year] = 2026");

    private static readonly Sql AddAcceptanceVersion = new("""
        INSERT INTO Policy (Id, Version, EffectiveFrom, Stage, LimitAmount, LimitUnit, WarningAmount, WarningUnit, MaxExtension, ExtensionNeedsPartiesConsent, LaterLevels, Escalates)
        SELECT @id, 2, @from, Stage, 5, LimitUnit, WarningAmount, WarningUnit, MaxExtension, ExtensionNeedsPartiesConsent, LaterLevels, Escalates
        FROM Policy WHERE Stage = 'Acceptance'
        """);

    private static readonly RecomputeClocks.Command Recompute = new();
    private static readonly RecomputeClocks.Result Nothing = new(0, 0);

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_provisional_due_date_becomes_certain_when_the_year_is_loaded_and_the_holder_is_told_what_moved()
    {
        _city.At(12, 30);
        var @case = await _city.SubmittedAsync();
        var before = Acceptance(@case);
        Assert.That((LocalTime.Day(before.DueAt), before.Provisional), Is.EqualTo((new DateOnly(2027, 1, 4), true)), "Thursday, Friday, Monday as far as anybody knows");
        Assert.That(await RunAsync(), Is.EqualTo(Nothing), "nothing has changed yet");

        await LoadYearAsync();
        Assert.That(await RunAsync(), Is.EqualTo(new RecomputeClocks.Result(2, 0)), "its own clock and the case's");
        Assert.That(await RunAsync(), Is.EqualTo(Nothing));

        var after = await _city.LookAsync("village1", @case.Id);
        Assert.That((LocalTime.Day(Acceptance(after).DueAt), Acceptance(after).Provisional), Is.EqualTo((new DateOnly(2027, 1, 5), false)), "New Year's Day is a Friday");
        Assert.That(after.Clocks, Has.None.Property(nameof(ClockView.Provisional)).True);
        Assert.That(after.Version, Is.EqualTo(@case.Version), "nobody decided anything");

        var line = (await _city.AsAsync("village1", new GetJournal.Query(@case.Id))).Single(l => l.Action == "ClockRecomputed" && l.Data.GetProperty("clock").GetString() == "Acceptance");
        Assert.That((line.By, line.Data.GetProperty("dueBefore").GetDateTimeOffset(), line.Data.GetProperty("dueAfter").GetDateTimeOffset()),
            Is.EqualTo(("system", before.DueAt, Acceptance(after).DueAt)));

        await _city.Application.SendAsync(new DeliverOutbox.Command());
        var told = (await _city.AsAsync("village1", new ListNotifications.Query())).Items.Where(n => n.Kind == NoticeKind.DueDateMoved).ToList();
        Assert.That(told, Has.Count.EqualTo(1), "the date of the case's clock stays");
        Assert.That(told[0].Text, Does.Contain(@case.Number));
    }

    [Test]
    public async Task A_year_that_comes_with_a_new_program_recomputes_the_open_clocks_at_its_start()
    {
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(ForgetDays);
        await db.ExecuteAsync(ForgetYear);
        _city.At(2, 13);
        var @case = await _city.SubmittedAsync();
        Assert.That(Acceptance(@case).Provisional, Is.True);

        await using var again = await _city.Application.RestartedAsync();

        var clock = Acceptance(await _city.LookAsync("village1", @case.Id));
        Assert.That((LocalTime.Day(clock.DueAt), clock.Provisional), Is.EqualTo((new DateOnly(2026, 2, 25), false)), "the Spring Festival ends on the 23rd");
    }

    [Test]
    public async Task A_new_version_of_a_policy_moves_the_clocks_it_rules_from_the_day_it_is_in_force()
    {
        var @case = await _city.SubmittedAsync();
        await _city.Application.NewDb().ExecuteAsync(AddAcceptanceVersion, new { id = Guid.CreateVersion7(_city.Now), from = new DateOnly(2026, 2, 3) });
        Assert.That(await RunAsync(), Is.EqualTo(Nothing), "it is in force tomorrow");

        _city.At(2, 3);
        Assert.That(await RunAsync(), Is.EqualTo(new RecomputeClocks.Result(1, 0)));
        Assert.That(LocalTime.Day(Acceptance(await _city.LookAsync("village1", @case.Id)).DueAt), Is.EqualTo(new DateOnly(2026, 2, 9)));
    }

    [Test]
    public async Task A_clock_that_gets_more_time_closes_what_had_escalated_too_early()
    {
        _city.At(12, 30);
        var @case = await _city.SubmittedAsync();
        _city.Application.Machine.Now = new DateTimeOffset(2027, 1, 5, 9, 0, 0, TimeSpan.FromHours(8));
        await _city.SweepAsync();
        Assert.That((await _city.EscalationsAsync()).Single().State, Is.EqualTo(EscalationState.Open));

        await LoadYearAsync();
        await RunAsync();
        Assert.That((await _city.EscalationsAsync()).Single().Resolution, Is.EqualTo("Extended"));
        Assert.That((await _city.LookAsync("village1", @case.Id)).Light, Is.Not.EqualTo(Light.Red));
    }

    [Test]
    public async Task A_case_that_cannot_be_read_does_not_stop_the_others_and_what_has_ended_stays()
    {
        _city.At(12, 30);
        var poisoned = await _city.SubmittedAsync();
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new DeclineCase("不属于纠纷", "可向法院起诉"));
        await _city.SubmittedAsync();
        await _city.Application.NewDb().ExecuteAsync(new Sql("UPDATE CaseClock SET Pauses = 'no json' WHERE CaseId = @Id AND Kind = 'Case'"), new { poisoned.Id });
        await LoadYearAsync();

        Assert.That(await RunAsync(), Is.EqualTo(new RecomputeClocks.Result(2, 1)));
        Assert.That(Acceptance(await _city.LookAsync("village1", @case.Id)).Provisional, Is.True);
    }

    [Test]
    public async Task Nobody_but_the_system_recomputes()
    {
        var admin = await _city.PersonAsync("admin");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(Recompute, admin));
    }

    private static ClockView Acceptance(CaseView @case) => @case.Clocks.Single(c => c.Kind == ClockKind.Acceptance);

    private Task<RecomputeClocks.Result> RunAsync() => _city.Application.SendAsync(Recompute);

    private async Task LoadYearAsync()
    {
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(AddYear);
        await db.ExecuteManyAsync(AddRestDay, Enumerable.Range(1, 3).Select(day => new { day = new DateOnly(2027, 1, day) }));
    }
}
