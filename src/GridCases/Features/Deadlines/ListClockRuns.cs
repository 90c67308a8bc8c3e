using System.Globalization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Jobs;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>The last runs over the open clocks, the latest first: how far each is, and what it changed.</summary>
public static class ListClockRuns
{
    [AllowedInCity(Role.Administrator, Role.Auditor)]
    public sealed record Query : IQuery<IReadOnlyList<Run>>
    {
        /// <summary>Only those with this reason.</summary>
        public ClockRunReason? Reason { get; init; }
    }

    /// <summary>Where a run stands.</summary>
    public enum Stage
    {
        /// <summary>Its day has not come, or no server has taken it up yet.</summary>
        Waiting,

        /// <summary>A server is at it.</summary>
        Running,

        /// <summary>All open clocks are gone through.</summary>
        Finished,
    }

    /// <summary>A run.</summary>
    /// <param name="Id">Key.</param>
    /// <param name="Reason">What was saved.</param>
    /// <param name="Policy">The policy, when it was one.</param>
    /// <param name="Year">The calendar's year, when it was one.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="StartedBy">Who saved it.</param>
    /// <param name="StartedAt">When it could begin, or will.</param>
    /// <param name="Total">Open clocks when it began.</param>
    /// <param name="Done">Looked at so far.</param>
    /// <param name="Changed">Changed so far.</param>
    /// <param name="Failed">Cases that could not be looked at; the daily run tries them again.</param>
    /// <param name="FinishedAt">When it was through.</param>
    public sealed record Run(
        Guid Id, ClockRunReason Reason, DeadlinePolicy? Policy, int? Year, Stage State, string StartedBy, DateTimeOffset StartedAt,
        int Total, int Done, int Changed, int Failed, DateTimeOffset? FinishedAt);

    internal sealed class Handler(Db db, Rulebook rules) : IRequestHandler<Query, IReadOnlyList<Run>>
    {
        private const int Shown = 10;

        private static readonly Sql FindLatest = new("SELECT * FROM ClockRun WHERE (@Reason IS NULL OR Reason = @Reason) ORDER BY StartedAt DESC, Id DESC {page}");

        public async Task<IReadOnlyList<Run>> Handle(Query request, CancellationToken cancellationToken)
        {
            var policies = (await rules.PoliciesAsync(cancellationToken)).All.ToDictionary(p => p.Id);
            var rows = await db.QueryAsync<ClockRunRow>(FindLatest, new { request.Reason, limit = Shown }, cancellationToken);
            return [.. rows.Select(row => new Run(
                row.Id,
                row.Reason,
                row.Reason is ClockRunReason.Policy && Guid.TryParse(row.Detail, out var id) ? policies.GetValueOrDefault(id) : null,
                row.Reason is ClockRunReason.Calendar && int.TryParse(row.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
                row.FinishedAt is not null ? Stage.Finished : row.ClaimedUntil is null ? Stage.Waiting : Stage.Running,
                row.StartedBy,
                row.StartedAt,
                row.Total,
                row.Done,
                row.Changed,
                row.Failed,
                row.FinishedAt))];
        }
    }
}
