using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Notifications;

/// <summary>How many of the caller's notifications the caller has not read.</summary>
public static class CountUnread
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<int>;

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, int>
    {
        private static readonly SqlPart CountOf = new("SELECT COUNT(*) FROM (");
        private static readonly SqlPart End = new(") mine");

        private static readonly SqlFamily<bool> Count = new(oneRole => SqlPart.Join(CountOf, NoticeReach.Ids(oneRole, NoticeReach.IsUnread), End), [true, false]);

        public Task<int> Handle(Query request, CancellationToken cancellationToken)
        {
            var reach = new NoticeReach(caller, LocalTime.Day(time.GetUtcNow()));
            return db.QuerySingleAsync<int>(Count[reach.IsOneRole], reach, cancellationToken);
        }
    }
}
