using Hangfire.Client;
using Hangfire.Common;
using Hangfire.States;

namespace GridCases.Hangfire;

/// <summary>
/// While a run of a job waits, is at work or is about to be tried again, on whichever server, no further one is queued: runs that are missed have nothing to do that the next would not.
/// So none pile up behind a long one, or while a database is away.
/// </summary>
/// <remarks>
/// Hangfire queues a recurring job under a lock of all servers, so that two do not look at the same time. Should it be queued twice all the same, a second run waits its turn by
/// <see cref="global::Hangfire.DisableConcurrentExecutionAttribute"/>.
/// </remarks>
internal sealed class OneAtATimeAttribute : JobFilterAttribute, IClientFilter
{
    private const string Run = "Run";
    private static readonly string[] Unfinished = [EnqueuedState.StateName, ProcessingState.StateName, ScheduledState.StateName, AwaitingState.StateName];

    public void OnCreating(CreatingContext context)
    {
        var last = context.Connection.GetAllEntriesFromHash(KeyOf(context.Job))?.GetValueOrDefault(Run);
        context.Canceled = last is not null && Unfinished.Contains(context.Connection.GetStateData(last)?.Name);
    }

    public void OnCreated(CreatedContext context)
    {
        if (context.BackgroundJob is { } run)
            context.Connection.SetRangeInHash(KeyOf(run.Job), [KeyValuePair.Create(Run, run.Id)]);
    }

    private static string KeyOf(Job job) => $"gridcases:last:{job.Args[0]}";
}
