using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Notifications;

/// <summary>How many of the caller's notifications the caller has not read.</summary>
public static class CountUnread
{
    /// <summary>The message.</summary>
    [AllowedToSignedIn]
    public sealed record Query : IQuery<int>;

    /// <summary>The caller has not read notification <c>mine</c>. Parameter <c>@userId</c>.</summary>
    internal const string IsUnread = "NOT EXISTS (SELECT 1 FROM NotificationRead d WHERE d.NotificationId = mine.Id AND d.UserId = @userId)";

    private static readonly Sql Count = new($"SELECT COUNT(*) FROM ({ListNotifications.Mine}) mine WHERE {IsUnread}");

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, int>
    {
        public Task<int> Handle(Query request, CancellationToken cancellationToken) => db.QuerySingleAsync<int>(
            Count, new { caller.UserId, caller.UserName, today = LocalTime.Day(time.GetUtcNow()) }, cancellationToken);
    }
}
