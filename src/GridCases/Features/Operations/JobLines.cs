using GridCases.Jobs;
using GridCases.Texts;

namespace GridCases.Features.Operations;

/// <summary>How far the sweep and the outbox are behind, which servers run jobs, and how each job last went.</summary>
public sealed class JobLines(OperationalFigures figures) : IStatusLines
{
    // A sweep runs every minute and a notice goes out within seconds: what takes longer than this is held up, what takes longer than that is missed by people.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TooLate = TimeSpan.FromHours(1);

    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<StatusLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = await figures.ReadAsync(cancellationToken);
        var runs = await figures.RunsAsync(cancellationToken);
        var seen = runs.Where(r => Ago(r.EndedAt) <= SeenWithin).Select(r => r.Server).Distinct().Order(StringComparer.Ordinal).ToList();
        return
        [
            StatusLine.Of(StatusGroup.Jobs, "SweepLag", LateBy(now.SweepLag), now.SweepLag == TimeSpan.Zero ? StatusLine.Say("NothingWaits") : StatusLine.Time(now.SweepLag)),
            now.OutboxWaiting > 0
                ? StatusLine.Of(StatusGroup.Jobs, "Outbox", LateBy(now.OutboxOldest), now.OutboxWaiting, StatusLine.Time(now.OutboxOldest))
                : StatusLine.Of(StatusGroup.Jobs, "Outbox", StatusState.Fine) with { Value = StatusLine.Say("NothingWaits") },
            StatusLine.Of(StatusGroup.Jobs, "OutboxGivenUp", now.OutboxGivenUp > 0 ? StatusState.Problem : StatusState.Fine, now.OutboxGivenUp),
            StatusLine.Of(StatusGroup.Jobs, "JobServers", seen.Count == 0 ? StatusState.Problem : StatusState.Fine, seen.Count == 0 ? StatusLine.Say("NobodySeen") : seen),
            .. JobSchedule.All.Select(job => Of(job, [.. runs.Where(r => r.Job == job.Name)], seen.Count > 0)),
        ];
    }

    /// <summary>A job on the server that ran it last. It is late when it has missed its time; where no job runs at all, that is said once.</summary>
    private StatusLine Of(RecurringJob job, IReadOnlyList<OperationalFigures.JobRun> runs, bool othersRun)
    {
        var name = Text.Get("Jobs", job.Name);
        var label = char.ToUpperInvariant(name[0]) + name[1..];
        if (runs is not [var last, ..])
            return StatusLine.Of(StatusGroup.Jobs, "JobNever", StatusState.Fine) with { Key = "Job." + job.Name, Label = label };
        var done = runs.Max(r => r.DoneAt);
        var state = last.Failure is not null || (othersRun && Ago(last.EndedAt) > job.Every + Late) ? StatusState.Problem : StatusState.Fine;
        return StatusLine.Of(
            StatusGroup.Jobs,
            last.Failure is null ? "Job" : "JobFailed",
            state,
            StatusLine.Time(Ago(last.EndedAt)),
            StatusLine.Time(TimeSpan.FromMilliseconds(last.Milliseconds)),
            last.Server,
            last.Failure ?? "",
            done is { } at ? StatusLine.Say("Ago", StatusLine.Time(Ago(at))) : StatusLine.Say("Never")) with
        {
            Key = "Job." + job.Name,
            Label = label,
        };
    }

    private TimeSpan Ago(DateTimeOffset instant) => figures.MachineNow is var now && instant < now ? now - instant : TimeSpan.Zero;

    private static StatusState LateBy(TimeSpan lag) => lag > TooLate ? StatusState.Problem : lag > Late ? StatusState.Attention : StatusState.Fine;
}
