using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Work;

/// <summary>What stands around every page: where the user serves, and how much waits.</summary>
public static class GetFrame
{
    /// <summary>Beyond so many, unread notifications are not counted on every page.</summary>
    public const int MostUnread = 1000;

    /// <summary>For whoever is signed in.</summary>
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Result>;

    /// <summary>The frame.</summary>
    /// <param name="Unit">Name of the unit or, for a mediator, the organisation; empty without a role.</param>
    /// <param name="Path">Names of the units above it, from the city down.</param>
    /// <param name="Waiting">Cases that wait for the user or the user's role; none where the navigation shows the queue instead.</param>
    /// <param name="Escalations">Open escalations of the units the user supervises.</param>
    /// <param name="Unread">Unread notifications, <see cref="MostUnread"/> at most.</param>
    public sealed record Result(string Unit, IReadOnlyList<string> Path, int Waiting, int Escalations, int Unread);

    public sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        // One row per unit of the path; the counts stand in each of them.
        private static readonly SqlPart Shown = new("SELECT u.Name AS Unit, o.Name AS Organisation, waits.Waiting, queued.Escalations, told.Unread FROM");

        private static readonly SqlPart CountWaiting = new("(SELECT COUNT(*) AS Waiting FROM (");
        private static readonly SqlPart Case = new("SELECT c.Id FROM");
        private static readonly SqlPart Union = new("UNION");
        private static readonly SqlPart And = new("AND");
        private static readonly SqlPart EndWaiting = new(") found) waits");
        private static readonly SqlPart NotCounted = new("(SELECT 0 AS Waiting) waits");

        private static readonly SqlPart CountQueue = new($"""
            CROSS JOIN (SELECT COUNT(DISTINCT e.CaseId) AS Escalations FROM Escalation e WHERE {EscalationQueue.WaitsForCaller}) queued
            """);

        private static readonly SqlPart CountNotices = new("CROSS JOIN (SELECT COUNT(*) AS Unread FROM (");

        private static readonly SqlPart Rest = new("""
            ORDER BY [At] DESC, PageId DESC {page}) found) told
            LEFT JOIN Organisation o ON o.Id = @organisation
            LEFT JOIN Unit u ON u.Code IN {codes path}
            ORDER BY u.Code
            """);

        private static readonly SqlPart Recompile = new("{recompile}");

        private static readonly SqlFamily<Shape> Find = new(Write, Shape.All);

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var batch = db.Batch();
            var rows = Ask(batch, caller, time.GetUtcNow());
            await batch.RunAsync(cancellationToken);
            return Of(rows);
        }

        /// <summary>Asks for it in a batch.</summary>
        internal static Rows<Row> Ask(ReadBatch batch, Caller caller, DateTimeOffset now)
        {
            var asked = new Asked(caller, now.TruncatedToMilliseconds());

            // A supervisor's navigation shows the queue in place of what waits, unless the supervisor mediates.
            var counted = asked.AwaitingRoles is { Supervisor: true, Mediator: false } ? default : asked.AwaitingRoles;
            return batch.Read<Row>(Find[new Shape(counted, asked.IsOneSubtree, asked.Notices.IsOneRole)], asked);
        }

        internal static Result Of(IReadOnlyList<Row> rows)
        {
            var path = rows.Select(r => r.Unit).OfType<string>().ToList();
            var unit = rows[0].Organisation ?? path.LastOrDefault() ?? "";
            if (rows[0].Organisation is null && path.Count > 0)
                path.RemoveAt(path.Count - 1);

            return new Result(unit, path, rows[0].Waiting, rows[0].Escalations, rows[0].Unread);
        }

        private static SqlPart Write(Shape shape) => SqlPart.Join(
            Shown,
            shape.For.IsAnybody
                ? SqlPart.Join(
                    CountWaiting,
                    SqlPart.Between(Union, CaseConditions.For(shape.For).Select(start => SqlPart.Join(Case, start, And, CaseReach.Inside(shape.OneSubtree)))),
                    EndWaiting)
                : NotCounted,
            CountQueue,
            CountNotices,
            NoticeReach.Ids(shape.OneRole, NoticeReach.IsUnread),
            Rest,
            Recompile);

        private readonly record struct Shape(AwaitingRoles For, bool OneSubtree, bool OneRole)
        {
            public static IEnumerable<Shape> All =>
                from who in AwaitingRoles.All
                from oneSubtree in new[] { true, false }
                from oneRole in new[] { true, false }
                select new Shape(who, oneSubtree, oneRole);
        }

        private sealed record Asked(Caller Caller, DateTimeOffset At) : CaseReach(Caller, At)
        {
            public NoticeReach Notices { get; } = new(Caller, LocalTime.Day(At));
            public UnitCode? NoticeUnit => Notices.NoticeUnit;
            public Role? NoticeRole => Notices.NoticeRole;
            public IReadOnlyList<Guid> NoticeOrganisations => Notices.NoticeOrganisations;
            public IReadOnlyList<string> NoticeNames => Notices.NoticeNames;
            public Guid UserId => Caller.UserId;
            public DateOnly Today => ScopeDay;
            public int Limit => MostUnread;
            public Guid? Organisation => Caller.Roles is [{ OrganisationId: { } id }, ..] ? id : null;
            public IEnumerable<UnitCode> Path => Caller.Roles is [{ Unit: var unit }, ..] ? unit.SelfAndAncestors : [];
        }

        internal sealed class Row
        {
            public string? Unit { get; init; }
            public string? Organisation { get; init; }
            public int Waiting { get; init; }
            public int Escalations { get; init; }
            public int Unread { get; init; }
        }
    }
}
