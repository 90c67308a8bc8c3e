using GridCases.Features.Deadlines;

namespace GridCases.Web.Pages.Admin;

/// <summary>How far the open clocks are under the last changes; while a run is under way the part asks again by itself.</summary>
/// <param name="Address">The page that shows it.</param>
/// <param name="Runs">The runs, the latest first.</param>
/// <param name="Now">Now.</param>
public sealed record ClockRunsPanel(string Address, IReadOnlyList<ListClockRuns.Run> Runs, DateTimeOffset Now)
{
    /// <summary>Those worth showing: not finished, or finished within a day; at most three.</summary>
    public IReadOnlyList<ListClockRuns.Run> Shown { get; } = [.. Runs.Where(r => r.FinishedAt is null || r.FinishedAt > Now.AddDays(-1)).Take(3)];

    public bool IsUnderWay => Shown.Any(r => r.FinishedAt is null && r.StartedAt <= Now);

    /// <summary>What a run is about.</summary>
    public static string About(ListClockRuns.Run run) => run.Policy is { } policy ? Localized.Board("RunPolicy", Localized.Word(policy.Stage), PoliciesModel.For(policy), policy.Version) : Localized.Board("RunCalendar", run.Year ?? 0);
}
