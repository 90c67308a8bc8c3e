using BenchmarkDotNet.Attributes;
using GridCases.Domain;

namespace GridCases.Benchmarks;

/// <summary>What a due date costs: started once for every hand-over, recomputed for every open clock when a calendar changes.</summary>
[InProcess, MemoryDiagnoser]
public class ClockBenchmarks
{
    private static readonly UnitCode Village = new("990101001001");
    private static readonly WorkingCalendar Calendar = new([]);
    private static readonly PolicyBook Policies = new(DefaultPolicies.All);
    private static readonly DateTimeOffset Now = new(2026, 2, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly DeadlinePolicy _acceptance = Policies.For(new PolicyQuestion(
        ClockKind.Acceptance, UnitLevel.Village, LocalTime.Day(Now), null, null, Category.Neighbours, Risk.Green, Urgency.Normal));

    /// <summary>Three working days.</summary>
    [Benchmark]
    public Clock StartInWorkingDays() => Clock.Start(Guid.Empty, ClockKind.Acceptance, Village, Now, _acceptance, Calendar);

    /// <summary>The most specific policy of the default ones.</summary>
    [Benchmark]
    public DeadlinePolicy ChoosePolicy() => Policies.For(new PolicyQuestion(
        ClockKind.Mediation, UnitLevel.Township, LocalTime.Day(Now), MediationTrack.Judicial, Entrustment.PostFilingSummary, Category.Labour, Risk.Red, Urgency.Urgent));
}
