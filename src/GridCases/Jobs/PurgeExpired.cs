using GridCases.Attachments;
using GridCases.Data;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Jobs;

/// <summary>
/// Removes what has served its time: idempotency keys after seven days, delivered notices with their notifications after half a year,
/// refresh tokens past their end, sessions a month after theirs, failed sign-ins after a day, imports with their files and temporary passwords after a week,
/// what is left of uploads that broke off, and what is known of job runs on servers that have not been seen for a month.
/// Cases, journals and audit are never touched.
/// </summary>
public static class PurgeExpired
{
    /// <summary>How long a delivered notice can be read again.</summary>
    public static readonly TimeSpan NoticesKept = TimeSpan.FromDays(180);

    /// <summary>How long a session that is over stays on record.</summary>
    public static readonly TimeSpan SessionsKept = TimeSpan.FromDays(30);

    /// <summary>How long an import can be looked at, and its temporary passwords be fetched.</summary>
    public static readonly TimeSpan ImportsKept = TimeSpan.FromDays(7);

    [AllowedToSystem, OwnTransactions, GoesByTheClock]
    public sealed record Command : ICommand<Result>;

    public sealed record Result(int IdempotencyKeys, int Notices, int RefreshTokens, int Sessions, int SignInFailures, int Imports, int Parts);

    internal sealed class Handler(Db db, AttachmentFolder attachments, TimeProvider time, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine) : IRequestHandler<Command, Result>
    {
        private const int BatchSize = 500;

        private static readonly Sql FindKeys = new("""
            SELECT UserName, Route, KeyValue FROM IdempotencyKey WHERE CreatedAt < @before ORDER BY CreatedAt {page}
            """);

        private static readonly Sql DeleteKey = new("DELETE FROM IdempotencyKey WHERE UserName = @UserName AND Route = @Route AND KeyValue = @KeyValue");
        private static readonly Sql FindNotices = new("SELECT Id FROM Outbox WHERE DeliveredAt < @before ORDER BY DeliveredAt {page}");
        private static readonly Sql DeleteReads = new("""
            DELETE FROM NotificationRead WHERE NotificationId IN (SELECT Id FROM Notification WHERE OutboxId IN {list ids})
            """);

        private static readonly Sql DeleteNotifications = new("DELETE FROM Notification WHERE OutboxId IN {list ids}");
        private static readonly Sql DeleteNotices = new("DELETE FROM Outbox WHERE Id IN {list ids}");

        private static readonly Sql DeleteTokens = new("DELETE FROM RefreshToken WHERE ExpiresAt < @before");
        private static readonly Sql DeleteSessions = new("""
            DELETE FROM UserSession WHERE (EndedAt < @before OR ExpiresAt < @before) AND NOT EXISTS (SELECT 1 FROM RefreshToken t WHERE t.SessionId = UserSession.Id)
            """);

        private static readonly Sql DeleteFailures = new(
            "DELETE FROM SignInFailure WHERE LastFailedAt < @before AND (LockedUntil IS NULL OR LockedUntil < @before)");

        private static readonly Sql FindImports = new("SELECT Id FROM CityImport WHERE StartedAt < @before AND State <> 'Applying' ORDER BY StartedAt, Id {page}");
        private static readonly Sql DeleteImportFaults = new("DELETE FROM ImportFault WHERE ImportId IN {list ids}");
        private static readonly Sql DeleteImportChanges = new("DELETE FROM ImportChange WHERE ImportId IN {list ids}");
        private static readonly Sql DeleteImportUsers = new("DELETE FROM ImportUser WHERE ImportId IN {list ids}");
        private static readonly Sql DeleteImports = new("DELETE FROM CityImport WHERE Id IN {list ids}");

        private static readonly Sql IsOnRecord = new("SELECT (SELECT COUNT(*) FROM CaseAttachment WHERE Id = @id) + (SELECT COUNT(*) FROM CityImport WHERE Id = @id)");

        private static readonly Sql DeleteRuns = new("DELETE FROM JobRun WHERE EndedAt < @before");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            await db.ExecuteAsync(DeleteRuns, new { before = machine.GetUtcNow() - TimeSpan.FromDays(30) }, cancellationToken);
            return new Result(
                await AllAsync(() => PurgeKeysAsync(now - RequestKey.Kept, cancellationToken)),
                await AllAsync(() => PurgeNoticesAsync(now - NoticesKept, cancellationToken)),
                await db.ExecuteAsync(DeleteTokens, new { before = machine.GetUtcNow() }, cancellationToken),
                await db.ExecuteAsync(DeleteSessions, new { before = machine.GetUtcNow() - SessionsKept }, cancellationToken),
                await db.ExecuteAsync(DeleteFailures, new { before = machine.GetUtcNow() - TimeSpan.FromDays(1) }, cancellationToken),
                await AllAsync(() => PurgeImportsAsync(now - ImportsKept, cancellationToken)),
                await PurgePartsAsync(cancellationToken));
        }

        /// <summary>In batches, so that nobody waits long for a lock.</summary>
        private static async Task<int> AllAsync(Func<Task<int>> batch)
        {
            var removed = 0;
            while (await batch() is > 0 and var more)
                removed += more;
            return removed;
        }

        private async Task<int> PurgeKeysAsync(DateTimeOffset before, CancellationToken cancellationToken)
        {
            var keys = await db.QueryAsync<KeyRow>(FindKeys, new { before, limit = BatchSize }, cancellationToken);
            return keys.Count == 0 ? 0 : await db.ExecuteManyAsync(DeleteKey, keys, cancellationToken);
        }

        private async Task<int> PurgeNoticesAsync(DateTimeOffset before, CancellationToken cancellationToken)
        {
            var ids = await db.QueryAsync<Guid>(FindNotices, new { before, limit = BatchSize }, cancellationToken);
            return ids.Count == 0 ? 0 : await db.InTransactionAsync(
                async () =>
                {
                    await db.ExecuteAsync(DeleteReads, new { ids }, cancellationToken);
                    await db.ExecuteAsync(DeleteNotifications, new { ids }, cancellationToken);
                    return await db.ExecuteAsync(DeleteNotices, new { ids }, cancellationToken);
                }, cancellationToken);
        }

        private async Task<int> PurgeImportsAsync(DateTimeOffset before, CancellationToken cancellationToken)
        {
            var ids = await db.QueryAsync<Guid>(FindImports, new { before, limit = BatchSize }, cancellationToken);
            if (ids.Count == 0)
                return 0;
            foreach (var id in ids)
                await attachments.DeleteAsync(id, cancellationToken);
            return await db.InTransactionAsync(
                async () =>
                {
                    await db.ExecuteAsync(DeleteImportFaults, new { ids }, cancellationToken);
                    await db.ExecuteAsync(DeleteImportChanges, new { ids }, cancellationToken);
                    await db.ExecuteAsync(DeleteImportUsers, new { ids }, cancellationToken);
                    return await db.ExecuteAsync(DeleteImports, new { ids }, cancellationToken);
                }, cancellationToken);
        }

        /// <summary>A part that is on record belongs to a program that died before it could give it its name; the others belong to nobody.</summary>
        private async Task<int> PurgePartsAsync(CancellationToken cancellationToken)
        {
            var removed = 0;
            foreach (var id in await attachments.PartsBeforeAsync(machine.GetUtcNow() - TimeSpan.FromDays(1), cancellationToken))
            {
                if (await db.QuerySingleAsync<int>(IsOnRecord, new { id }, cancellationToken) > 0)
                {
                    await attachments.CompleteAsync(id, cancellationToken);
                }
                else
                {
                    await attachments.DeletePartAsync(id, cancellationToken);
                    removed++;
                }
            }

            return removed;
        }

        private sealed class KeyRow
        {
            public string UserName { get; init; } = "";
            public string Route { get; init; } = "";
            public string KeyValue { get; init; } = "";
        }
    }
}
