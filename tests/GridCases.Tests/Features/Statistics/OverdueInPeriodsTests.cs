using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Statistics;
using GridCases.Jobs;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Statistics;

/// <summary>
/// Cases with clocks of every fate, one after another and beside each other, so that cases are overdue again and again with gaps in between: counted by
/// the sums of their first and last days and their gaps, and from scratch.
/// </summary>
[OnBothDatabases]
public sealed class OverdueInPeriodsTests(Store store)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-06-17T15:00:00+08:00");
    private static readonly UnitCode[] Units = [new("9901"), new("990101"), new("990101001"), new("990101001001"), new("990102001002003")];

    private static readonly Sql AddUnit = new(
        "INSERT INTO Unit (Code, Name, [Level], ParentCode) SELECT @Code, 'A place', @Level, @Parent WHERE NOT EXISTS (SELECT 1 FROM Unit WHERE Code = @Code)");

    private static readonly Sql AddCase = new("""
        INSERT INTO DisputeCase (Id, Number, Version, State, Title, Category, Source, Urgency, Scale, PlaceUnitCode, Risk,
            OriginUnitCode, HolderUnitCode, Track, RegisteredAt, RegisteredBy, LastEventSequence, LastEventHash)
        VALUES (@Id, @Number, 1, 'Accepted', 'A wall', @Category, @Source, 'Normal', 'Individual', @Unit, 'Green', @Unit, @Unit, @Track, @At, 'grid1', 0, @Hash)
        """);

    private static readonly Sql AddClock = new("""
        INSERT INTO CaseClock (Id, CaseId, Kind, StartedAt, Pauses, PolicyId, PolicyVersion, DueAt, WarnAt, Provisional, Status, EndedAt)
        SELECT @Id, @CaseId, @Kind, @Start, '[]', MIN(Id), 1, @Due, @Due, 0, @Status, @End FROM Policy
        """);

    [Test]
    public async Task A_case_is_counted_once_in_every_period_in_which_it_was_overdue()
    {
        await using var application = await StartedApplication.OnAnEmptyFolderAsync(store, Now);
        await using var db = application.NewDb();
        var random = new Random(7);
        await db.InTransactionAsync(async () =>
        {
            for (var i = 0; i < 300; i++)
                await AddAsync(db, random);
        });

        Assert.That(await application.SendAsync(new FillStatistics.Command()));
        await RecountedStatistics.CompareAsync(db, application.Time, Units, "not folded");
        await application.SendAsync(new FoldTallies.Command());
        await RecountedStatistics.CompareAsync(db, application.Time, Units, "folded");
        application.Machine.Now = Now.AddDays(20);
        await RecountedStatistics.CompareAsync(db, application.Time, Units, "later");
    }

    private static async Task AddAsync(Db db, Random random)
    {
        var origin = new[] { "9901", "990101", "990101001", "990101001001", "990101001001001", "990102001002003" }[random.Next(6)];
        foreach (var unit in new UnitCode(origin).SelfAndAncestors.Reverse())
            await db.ExecuteAsync(AddUnit, new { Code = unit, unit.Level, unit.Parent });
        var id = Guid.CreateVersion7(Now.AddMilliseconds(random.Next()));
        await db.ExecuteAsync(AddCase, new
        {
            Id = id,
            Number = id.ToString("N")[..30],
            Unit = new UnitCode(origin),
            Category = (Category)random.Next(4),
            Source = (Source)random.Next(3),
            Track = random.Next(3) == 0 ? (MediationTrack?)null : (MediationTrack)random.Next(3),
            At = Now.AddDays(-random.Next(500)),
            Hash = new string('0', 64),
        });
        for (var clocks = random.Next(6); clocks > 0; clocks--)
        {
            // Due at the end of a day mostly, sometimes within it, today as well.
            var day = LocalTime.Day(Now).AddDays(-random.Next(-15, 300));
            var due = random.Next(4) == 0 ? LocalTime.At(day, new TimeOnly(random.Next(24), 0)) : LocalTime.EndOfDay(day);
            var end = due.AddHours(random.Next(1, 24 * 40));
            var status = end > Now || random.Next(8) == 0 ? ClockStatus.Running
                : new[] { ClockStatus.Met, ClockStatus.Missed, ClockStatus.Missed, ClockStatus.Cancelled, ClockStatus.Paused }[random.Next(5)];
            await db.ExecuteAsync(AddClock, new
            {
                Id = Guid.CreateVersion7(Now.AddMilliseconds(random.Next())),
                CaseId = id,
                Kind = random.Next(9) == 0 ? ClockKind.ConfirmationWindow : ClockKind.Handling,
                Start = due.AddDays(-5),
                Due = due,
                Status = status,
                End = status switch
                {
                    ClockStatus.Met => due.AddHours(-random.Next(100)),
                    ClockStatus.Missed or ClockStatus.Cancelled => end,
                    ClockStatus.Running or ClockStatus.Paused => (DateTimeOffset?)null,
                },
            });
        }
    }
}
