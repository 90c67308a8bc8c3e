using GridCases.Pipeline;

namespace GridCases.Jobs;

/// <summary>Something done again and again: one message, sent by the system.</summary>
/// <param name="Name">Stable name, under which an engine keeps it.</param>
/// <param name="Every">How often the timer engine sends it.</param>
/// <param name="Cron">The same for Hangfire, in local time; six fields when it counts seconds.</param>
/// <param name="RunAsync">Sends the message in a scope of its own. While the clock is in doubt a job that goes by it does nothing, as the sweep says in the log.</param>
/// <param name="IsLong">Whether a run may take minutes: such jobs have workers of their own, so that what is urgent never waits for them.</param>
public sealed record RecurringJob(string Name, TimeSpan Every, string Cron, Func<Messages, CancellationToken, Task> RunAsync, bool IsLong = false)
{
    /// <summary>Type of the message, by which a run is known whoever sent it; null for a job that is no message.</summary>
    public Type? Message { get; init; }
}

/// <summary>The recurring jobs, whichever engine runs them.</summary>
public static class JobSchedule
{
    public static IReadOnlyList<RecurringJob> All { get; } =
    [
        Of<SweepEscalations.Command, SweepEscalations.Result>("sweep-escalations", TimeSpan.FromMinutes(1), "* * * * *"),
        Of<ApplyClosings.Command, ApplyClosings.Result>("apply-closings", TimeSpan.FromMinutes(1), "* * * * *"),
        Of<DeliverOutbox.Command, DeliverOutbox.Result>("deliver-outbox", TimeSpan.FromSeconds(10), "*/10 * * * * *"),
        Of<ContinueClockRuns.Command, ContinueClockRuns.Result>("continue-clock-runs", TimeSpan.FromSeconds(3), "*/5 * * * * *", isLong: true),
        Of<ContinueImports.Command, ContinueImports.Result>("continue-imports", TimeSpan.FromSeconds(2), "*/3 * * * * *", isLong: true),
        Of<FoldTallies.Command, FoldTallies.Result>("fold-tallies", TimeSpan.FromSeconds(10), "*/10 * * * * *"),
        Of<SendDigests.Command, SendDigests.Result>("send-digests", TimeSpan.FromMinutes(10), "*/10 * * * *", isLong: true),
        Of<PurgeExpired.Command, PurgeExpired.Result>("purge-expired", TimeSpan.FromHours(1), "17 * * * *", isLong: true),
        Of<RecomputeClocks.Command, RecomputeClocks.Result>("recompute-clocks", TimeSpan.FromDays(1), "7 0 * * *", isLong: true),
        Of<ReencryptPersonalData.Command, ReencryptPersonalData.Result>("reencrypt-personal-data", TimeSpan.FromDays(1), "37 3 * * *", isLong: true),
        Of<BackUpNightly.Command, BackUpNightly.Result>("back-up-nightly", BackUpNightly.Pace, "*/10 * * * *", isLong: true),
    ];

    /// <summary>The job of that name; null when an older program left it in a queue and there is none any more.</summary>
    public static RecurringJob? Find(string name) => All.FirstOrDefault(job => job.Name == name);

    /// <summary>The job that sends this type of message; null for all others.</summary>
    public static RecurringJob? Find(Type message) => All.FirstOrDefault(job => job.Message == message);

    private static RecurringJob Of<TCommand, TResult>(string name, TimeSpan every, string cron, bool isLong = false)
        where TCommand : ICommand<TResult>, new() =>
        new(name, every, cron, async (messages, cancellationToken) =>
        {
            try
            {
                await messages.SendAsync<TResult>(new TCommand(), Caller.System, cancellationToken);
            }
            catch (ClockInDoubt)
            {
                // Told already, and tried again at its next time.
            }
        }, isLong)
        {
            Message = typeof(TCommand),
        };
}
