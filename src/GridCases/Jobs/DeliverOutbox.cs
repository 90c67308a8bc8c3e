using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Delivers what waits in the outbox, the oldest first: notices become notifications. A row is claimed for a while by the database's clock, so that two servers do not
/// do the same work, however far their own clocks are apart; should they all the same, the notification's unique key lets one of them through.
/// </summary>
public static partial class DeliverOutbox
{
    /// <summary>How often a row is tried. The back-off doubles from one minute, so the last try comes after some eight hours.</summary>
    public const int MostAttempts = 10;

    /// <summary>How long a claim holds: far longer than a delivery takes, so that only a server that died loses one.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    /// <summary>Longer than any row waits for its next try.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many rows this run delivered, and how many it could not.</summary>
    public sealed record Result(int Delivered, int Failed);

    internal sealed partial class Handler(Db db, TimeProvider time, ILogger<Handler> logger) : IRequestHandler<Command, Result>
    {
        private const int BatchSize = 100;

        private static readonly Sql FindWaiting = new($"""
            SELECT Id, PayloadJson, Attempts FROM Outbox
            WHERE DeliveredAt IS NULL AND Kind = '{Notices.OutboxKind}' AND Attempts < @most AND {ClaimTerm.IsFree}
            ORDER BY CreatedAt, Id {"{page}"}
            """);

        private static readonly Sql ClaimRow = new($"""
            UPDATE Outbox SET ClaimedUntil = @Until, Attempts = Attempts + 1 WHERE Id = @Id AND DeliveredAt IS NULL AND Attempts = @Attempts AND {ClaimTerm.IsFree}
            """);

        // What was queued for a unit that has been closed since is told to its successor.
        private static readonly Sql Insert = new("""
            INSERT INTO Notification (Id, OutboxId, UnitCode, Role, OrganisationId, UserName, CaseId, Kind, DataJson, CreatedAt)
            SELECT @Id, Id, COALESCE((SELECT u.SuccessorCode FROM Unit u WHERE u.Code = @Unit AND u.ClosedOn <= @today), @Unit), @Role, @OrganisationId, @UserName, @CaseId, @Kind, @DataJson, CreatedAt
            FROM Outbox WHERE Id = @OutboxId AND NOT EXISTS (SELECT 1 FROM Notification WHERE OutboxId = @OutboxId)
            """);

        private static readonly Sql Delivered = new("UPDATE Outbox SET DeliveredAt = @now, ClaimedUntil = NULL, LastError = NULL WHERE Id = @id");
        private static readonly Sql PutOff = new("UPDATE Outbox SET ClaimedUntil = @until, LastError = @error WHERE Id = @id AND DeliveredAt IS NULL");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var (delivered, failed) = (0, 0);
            while (await ClaimAsync(cancellationToken) is { Count: > 0 } rows)
            {
                foreach (var row in rows)
                {
                    if (await DeliverAsync(row, cancellationToken))
                        delivered++;
                    else
                        failed++;
                }
            }

            return new Result(delivered, failed);
        }

        private async Task<List<Row>> ClaimAsync(CancellationToken cancellationToken)
        {
            var term = await ClaimTerm.FromNowAsync(db, Claim, LongestWait, cancellationToken);
            var waiting = await db.QueryAsync<Row>(FindWaiting, new { term.Now, term.Latest, most = MostAttempts, limit = BatchSize }, cancellationToken);
            if (waiting.Count == 0)
                return [];
            return await db.InTransactionAsync(
                async () =>
                {
                    var claimed = new List<Row>();
                    foreach (var row in waiting)
                    {
                        if (await db.ExecuteAsync(ClaimRow, new { row.Id, row.Attempts, term.Now, term.Until, term.Latest }, cancellationToken) > 0)
                            claimed.Add(row);
                    }

                    return claimed;
                }, cancellationToken);
        }

        private async Task<bool> DeliverAsync(Row row, CancellationToken cancellationToken)
        {
            try
            {
                var notice = JsonSerializer.Deserialize<Notice>(row.PayloadJson, Json.Options)!;
                await db.InTransactionAsync(
                    async () =>
                    {
                        var now = time.GetUtcNow();
                        await InsertAsync(row, notice, now, cancellationToken);
                        await db.ExecuteAsync(Delivered, new { row.Id, now }, cancellationToken);
                    }, cancellationToken);
                return true;
            }
            catch (Exception e) when (e is not StorageUnavailable && !cancellationToken.IsCancellationRequested)
            {
                var attempt = row.Attempts + 1;
                var until = await db.ClockAsync(cancellationToken) + TimeSpan.FromMinutes(Math.Pow(2, row.Attempts));
                await db.ExecuteAsync(PutOff, new { row.Id, until, error = e.GetType().Name }, cancellationToken);
                if (attempt >= MostAttempts)
                    GivenUp(row.Id, attempt, e.GetType().Name);
                else
                    TryAgain(row.Id, attempt, e.GetType().Name);
                return false;
            }
        }

        private async Task InsertAsync(Row row, Notice notice, DateTimeOffset now, CancellationToken cancellationToken)
        {
            try
            {
                await db.ExecuteAsync(Insert, new
                {
                    Id = Guid.CreateVersion7(now),
                    OutboxId = row.Id,
                    today = LocalTime.Day(now),
                    notice.Unit,
                    notice.Role,
                    notice.OrganisationId,
                    notice.UserName,
                    notice.CaseId,
                    notice.Kind,
                    DataJson = JsonSerializer.Serialize(notice.Data, Json.Options),
                }, cancellationToken);
            }
            catch (UniqueConflict)
            {
                // Another server, which had claimed it before and was slow, has told it.
            }
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox {OutboxId} was not delivered at attempt {Attempt}: {Error}")]
        private partial void TryAgain(Guid outboxId, int attempt, string error);

        [LoggerMessage(Level = LogLevel.Error, Message = "Outbox {OutboxId} is given up after {Attempt} attempts: {Error}")]
        private partial void GivenUp(Guid outboxId, int attempt, string error);

        private sealed class Row
        {
            public Guid Id { get; init; }
            public string PayloadJson { get; init; } = "";
            public int Attempts { get; init; }
        }
    }
}
