using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Clocks;
using GridCases.Features.Deadlines;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Deadlines;

/// <summary>An administrator loads the State Council's notice.</summary>
[OnBothDatabases]
public class SaveCalendarYearTests(Store store)
{
    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_case_of_20_December_2026_is_due_provisionally_in_2027_and_moves_when_2027_is_loaded()
    {
        _city.At(12, 20);
        var @case = await _city.SubmittedAsync();
        var before = Whole(@case);
        Assert.That((LocalTime.Day(before.DueAt), before.Provisional), Is.EqualTo((new DateOnly(2027, 2, 18), true)), "sixty days, a Thursday as far as anybody knows");
        var year = Rules.Year2027 with { RestDays = [.. Rules.Year2027.RestDays!, new(new(2027, 2, 17), new(2027, 2, 19))] };

        var effect = await _city.AsAsync("admin", Asked(year));
        Assert.That((effect.Later.Count, effect.Later.Numbers.Single(), effect.NoLongerProvisional), Is.EqualTo((1, @case.Number, 1)));
        Assert.That(Whole(await _city.LookAsync("village1", @case.Id)), Is.EqualTo(before).Using<ClockView>((a, b) => a.DueAt == b.DueAt && a.Provisional == b.Provisional));

        await _city.AsAsync("admin", year);
        Assert.That(await ContinueAsync(), Is.EqualTo(new ContinueClockRuns.Result(1, 1, 0)));
        var after = Whole(await _city.LookAsync("village1", @case.Id));
        Assert.That((LocalTime.Day(after.DueAt), after.Provisional), Is.EqualTo((new DateOnly(2027, 2, 22), false)), "a holiday to Friday, a weekend");

        var line = (await _city.AsAsync("village1", new GetJournal.Query(@case.Id))).Single(l => l.Kind is CaseEventKind.ClockRecomputed);
        Assert.That((line.Data.GetProperty("dueBefore").GetDateTimeOffset(), line.Data.GetProperty("dueAfter").GetDateTimeOffset()), Is.EqualTo((before.DueAt, after.DueAt)));
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        Assert.That((await _city.AsAsync("village1", new ListNotifications.Query())).Items.Count(n => n.Kind == NoticeKind.DueDateMoved), Is.EqualTo(1));
    }

    [Test]
    public async Task A_corrected_year_takes_the_place_of_the_one_that_is_loaded_and_is_read_back_as_it_was_typed()
    {
        await _city.AsAsync("admin", Rules.Year2027);
        await _city.AsAsync("admin", Rules.Year2027 with { RestDays = [new(new(2026, 12, 31), new(2027, 1, 2)), new(new(2027, 5, 1), null)], MakeUpWorkdays = [], Source = "corrected" });

        var read = (await _city.AsAsync("auditor", new GetCalendar.Query()))[0];
        Assert.That((read.Year, read.Source, read.MakeUpWorkdays.Count), Is.EqualTo((2027, "corrected", 0)));
        Assert.That(read.RestDays, Is.EqualTo(new GetCalendar.Range[] { new(new(2026, 12, 31), new(2027, 1, 2)), new(new(2027, 5, 1), new(2027, 5, 1)) }));
        Assert.That((await _city.AsAsync("admin", new ListClockRuns.Query { Reason = ClockRunReason.Calendar })).Select(r => r.Year), Is.EqualTo(new int?[] { 2027, 2027 }));
    }

    [Test]
    public async Task What_no_notice_can_say_is_refused_day_by_day_with_what_to_do()
    {
        var refused = await RefusedAsync(Rules.Year2027 with
        {
            RestDays = [new(new(2027, 1, 1), new(2027, 1, 3)), new(new(2027, 1, 3), null), new(new(2028, 2, 1), null), new(new(2027, 5, 3), new(2027, 5, 1)), new(null, new(2027, 6, 1))],
            MakeUpWorkdays = [new(2027, 1, 4), new(2027, 1, 2), new(2027, 2, 20), new(2027, 2, 20)],
        });
        Assert.That(refused.Keys, Is.EquivalentTo(new[]
        {
            "restDays[1].from", "restDays[2].from", "restDays[3].to", "restDays[4].from", "makeUpWorkdays[0]", "makeUpWorkdays[1]", "makeUpWorkdays[3]",
        }));
        Assert.That((await RefusedAsync(Rules.Year2027 with { RestDays = [] })).Keys, Is.EqualTo(new[] { "restDays" }));
        Assert.That((await RefusedAsync(new SaveCalendarYear.Command())).Keys, Is.EquivalentTo(new[] { "year", "source", "restDays" }));
    }

    [Test]
    public async Task A_notice_that_reaches_into_the_year_beside_it_may_not_say_the_contrary_of_that_years_own()
    {
        var admin = await _city.PersonAsync("admin");
        var year = new SaveCalendarYear.Command { Year = 2027, Source = "x", RestDays = [new(new(2027, 1, 1), null)], MakeUpWorkdays = [new(2026, 12, 5)] };
        await _city.Application.SendAsync(year, admin);
        var other = new SaveCalendarYear.Command { Year = 2026, Source = "x", RestDays = [new(new(2026, 12, 5), null)] };
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.Application.SendAsync(other, admin))!.Code, Is.EqualTo("CalendarContradicts"));
    }

    private async Task<IReadOnlyDictionary<string, string[]>> RefusedAsync(SaveCalendarYear.Command year)
    {
        var admin = await _city.PersonAsync("admin");
        return Assert.ThrowsAsync<InvalidInput>(() => _city.Application.SendAsync(year, admin))!.Errors;
    }

    private static PreviewCalendar.Query Asked(SaveCalendarYear.Command c) => new() { Year = c.Year, Source = c.Source, RestDays = c.RestDays, MakeUpWorkdays = c.MakeUpWorkdays };

    private static ClockView Whole(CaseView @case) => @case.Clocks.Single(c => c.Kind == ClockKind.Case);

    private Task<ContinueClockRuns.Result> ContinueAsync() => _city.Application.SendAsync(new ContinueClockRuns.Command());
}
