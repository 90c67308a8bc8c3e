using GridCases.Data;
using GridCases.Jobs;
using Hangfire;

namespace GridCases.Hangfire;

/// <summary>What Hangfire runs: it sends the job's message, and nothing more.</summary>
public sealed class JobRunner(JobRuns runs)
{
    /// <summary>
    /// Sends the message of a job. After a failure it is tried again soon, and after the last try, which raises the alarm, dropped: the job comes round again by itself.
    /// While an earlier run of it is not finished, no other is queued.
    /// </summary>
    /// <param name="name">Name in <see cref="JobSchedule"/>.</param>
    /// <param name="cancellationToken">Cancelled when the server stops or has lost the job; Hangfire puts its own in.</param>
    [JobDisplayName("{0}")]
    [OneAtATime]
    [DisableConcurrentExecution("gridcases:{0}", 10)]
    [AutomaticRetry(Attempts = 4, DelaysInSeconds = [5, 15, 30, 60], OnAttemptsExceeded = AttemptsExceededAction.Delete)] // as JobRuns.RetrySeconds
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        if (JobSchedule.Find(name) is not { } job)
            return;
        try
        {
            await runs.RunAsync(job, cancellationToken);
        }
        catch (StorageUnavailable) when (job.Every <= TimeSpan.FromMinutes(1))
        {
            // It comes round again in a moment; that there is no database is told once, by Outage.
        }
        catch (Exception e) when (DatabaseError.Loggable(e) is DatabaseError told)
        {
            // Hangfire writes the error into its log and its own tables, where the values it quotes have no business.
            throw told;
        }
    }
}
