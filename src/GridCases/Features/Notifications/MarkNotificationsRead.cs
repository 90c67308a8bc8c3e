using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Notifications;

/// <summary>The caller has read notifications: those named, or all. Others of the same role still find theirs unread.</summary>
public static class MarkNotificationsRead
{
    /// <summary>The message.</summary>
    /// <param name="Ids">Up to 200 notifications; null for all. Those that are not the caller's are passed over.</param>
    [AllowedToSignedIn]
    public sealed record Command(IReadOnlyList<Guid>? Ids = null) : ICommand<Result>;

    /// <summary>How many became read.</summary>
    public sealed record Result(int Marked);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Ids).Must(ids => ids is not { Count: > 200 }).WithMessage(_ => Texts.Text.Get("Escalations", "TooMany", 200));
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Command, Result>
    {
        private static readonly SqlPart Insert = new("INSERT INTO NotificationRead (NotificationId, UserId, ReadAt) SELECT mine.PageId, @userId, @now FROM (");
        private static readonly SqlPart Named = new("AND n.Id IN {list ids}");
        private static readonly SqlPart End = new(") mine");

        private static readonly SqlFamily<(bool OneRole, bool Named)> Mark = new(
            shape => SqlPart.Join(Insert, NoticeReach.Ids(shape.OneRole, NoticeReach.IsUnread, Named.When(shape.Named)), End),
            from oneRole in new[] { true, false } from named in new[] { true, false } select (oneRole, named));

        /// <summary>Unread notices of the caller's about the case <c>@caseId</c>.</summary>
        internal static readonly Sql FindOfCase = new($"""
            SELECT n.Id FROM Notification n
            WHERE n.CaseId = @caseId
                AND (n.UserName IN {"{list noticeNames}"} OR n.OrganisationId IN {"{list noticeOrganisations}"} OR EXISTS (
                    SELECT 1 FROM RoleAssignment r WHERE r.UserId = @userId AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today) AND {NoticeReach.IsForRole}))
                AND NOT EXISTS (SELECT 1 FROM NotificationRead d WHERE d.NotificationId = n.Id AND d.UserId = @userId)
            """);

        private static readonly Sql InsertRead = new("""
            INSERT INTO NotificationRead (NotificationId, UserId, ReadAt)
            SELECT n.Id, @userId, @now FROM Notification n WHERE n.Id IN {list ids} AND NOT EXISTS (SELECT 1 FROM NotificationRead d WHERE d.NotificationId = n.Id AND d.UserId = @userId)
            """);

        /// <summary>Marks notices that are the user's as read, for the transaction of what showed them.</summary>
        internal static IReadOnlyList<Write> Marking(Guid userId, IReadOnlyList<Guid> ids, DateTimeOffset now) =>
            [UserRow.Holding(userId), new Write(InsertRead, new { userId, ids, now })];

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            // Of two at once the second marks what the first has left.
            await UserRow.HoldAsync(db, caller.UserId, cancellationToken);
            var now = time.GetUtcNow();
            var reach = new NoticeReach(caller, LocalTime.Day(now));
            return new Result(await db.ExecuteAsync(Mark[(reach.IsOneRole, request.Ids is not null)], new
            {
                reach.NoticeUnit,
                reach.NoticeRole,
                reach.NoticeOrganisations,
                reach.NoticeNames,
                reach.UserId,
                reach.UserName,
                reach.Today,
                now,
                ids = request.Ids ?? [],
            }, cancellationToken));
        }
    }
}
