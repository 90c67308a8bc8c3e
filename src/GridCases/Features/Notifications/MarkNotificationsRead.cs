using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
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
        private static readonly Sql Mark = new($"""
            INSERT INTO NotificationRead (NotificationId, UserId, ReadAt)
            SELECT mine.Id, @userId, @now FROM ({ListNotifications.Mine}) mine
            WHERE (@all = 1 OR mine.Id IN {"{list ids}"})
                AND NOT EXISTS (SELECT 1 FROM NotificationRead d WHERE d.NotificationId = mine.Id AND d.UserId = @userId)
            """);

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            return new Result(await db.ExecuteAsync(Mark, new
            {
                caller.UserId,
                caller.UserName,
                now,
                today = LocalTime.Day(now),
                all = request.Ids is null,
                ids = request.Ids ?? [],
            }, cancellationToken));
        }
    }
}
