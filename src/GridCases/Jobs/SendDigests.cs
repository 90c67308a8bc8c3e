using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Outbox;
using GridCases.Features.Rules;
using GridCases.Features.Work;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Jobs;

/// <summary>
/// On the morning of a working day supervisors are told what waits: one notice for each unit that somebody supervises, none where nothing waits. Each notice has its day's own
/// key, so that of several servers, and of several runs, one sends it.
/// </summary>
public static class SendDigests
{
    /// <summary>From this hour of the local day on.</summary>
    public const int FromHour = 8;

    /// <summary>A server that starts after this hour lets the day's digest be: by then everybody has looked.</summary>
    public const int ToHour = 12;

    [AllowedToSystem, OwnTransactions, GoesByTheClock]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many units were told.</summary>
    public sealed record Result(int Sent);

    internal sealed class Handler(Db db, Rulebook rules, Messages messages, TimeProvider time) : IRequestHandler<Command, Result>
    {
        private static readonly Sql FindSupervisors = new("""
            SELECT r.UnitCode AS Unit, u.Id AS UserId, u.UserName FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId
            WHERE r.Role = 'Supervisor' AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today) AND u.DeactivatedAt IS NULL
            ORDER BY r.UnitCode, u.Id
            """);

        private static readonly Sql IsSent = new("SELECT COUNT(*) FROM Outbox WHERE Id = @id");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow().TruncatedToMilliseconds();
            var (today, hour) = (LocalTime.Day(now), now.ToOffset(LocalTime.Offset).Hour);
            if (hour is < FromHour or >= ToHour || !(await rules.CalendarAsync(cancellationToken)).IsWorkingDay(today))
                return new Result(0);

            var sent = 0;
            foreach (var supervisor in (await db.QueryAsync<Supervisor>(FindSupervisors, new { today }, cancellationToken)).DistinctBy(s => s.Unit))
            {
                if (await SendAsync(supervisor, today, now, cancellationToken))
                    sent++;
            }

            return new Result(sent);
        }

        private async Task<bool> SendAsync(Supervisor supervisor, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var id = Notices.KeyOf($"digest {supervisor.Unit} {today:yyyy-MM-dd}");
            if (await db.QuerySingleAsync<int>(IsSent, new { id }, cancellationToken) > 0)
                return false;

            // Counted as who supervises the unit and nothing else would see it.
            var caller = new Caller { UserId = supervisor.UserId, UserName = supervisor.UserName, Roles = [new RoleInUnit(Role.Supervisor, supervisor.Unit, null)] };
            var counts = await messages.SendAsync(new GetWorkCounts.Query(), caller, cancellationToken);
            if (counts is { Escalations: 0, OpenRed: 0, OpenYellow: 0 })
                return false;

            var data = new Dictionary<string, object?> { ["queue"] = counts.Escalations, ["overdue"] = counts.OpenRed, ["soon"] = counts.OpenYellow };
            try
            {
                await db.WriteAsync([Notices.Queueing(new Notice(NoticeKind.DailyDigest, null, supervisor.Unit, Role.Supervisor, null, null, data), id, now)], cancellationToken);
                return true;
            }
            catch (UniqueConflict)
            {
                return false; // another server was first
            }
        }

        private sealed class Supervisor
        {
            public UnitCode Unit { get; init; }
            public Guid UserId { get; init; }
            public string UserName { get; init; } = "";
        }
    }
}
