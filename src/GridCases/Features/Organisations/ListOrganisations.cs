using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Organisations;

/// <summary>Mediation organisations that may take a case of a unit: their own unit lies above, at or below it. Only those around the caller's own units.</summary>
public static class ListOrganisations
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<IReadOnlyList<Organisation>>
    {
        /// <summary>Only of this track.</summary>
        public MediationTrack? Track { get; init; }

        /// <summary>Only those that may take a case of this unit.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>Whether those come too that are closed.</summary>
        public bool Closed { get; init; }
    }

    /// <summary>An organisation with the mediators who serve in it today, and from which day on it is closed.</summary>
    public sealed record Organisation(Guid Id, string Name, MediationTrack Track, OrganisationKind Kind, UnitCode UnitCode, string UnitName, IReadOnlyList<Mediator> Mediators, DateOnly? ClosedOn);

    public sealed record Mediator(string UserName, string DisplayName);

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<Organisation>>
    {
        private static readonly Sql Find = new("""
            SELECT o.Id, o.Name, o.Track, o.Kind, o.UnitCode, o.ClosedOn, n.Name AS UnitName, u.UserName, u.DisplayName
            FROM Organisation o
            JOIN Unit n ON n.Code = o.UnitCode
            LEFT JOIN RoleAssignment r ON r.OrganisationId = o.Id AND r.Role = 'Mediator' AND r.DeputyId IS NULL AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
            LEFT JOIN AppUser u ON u.Id = r.UserId
            WHERE (@Track IS NULL OR o.Track = @Track) AND (@Closed = 1 OR o.ClosedOn IS NULL OR o.ClosedOn > @today)
                AND (@Unit IS NULL OR (o.UnitCode >= @Unit AND o.UnitCode < @UnitEnd) OR (@Unit >= n.Code AND @Unit < n.RangeEnd))
                AND EXISTS (SELECT 1 FROM RoleAssignment s
                    WHERE s.UserId = @UserId AND s.FromDate <= @today AND (s.ToDate IS NULL OR s.ToDate >= @today)
                    AND ((o.UnitCode >= s.UnitCode AND o.UnitCode < s.UnitEnd) OR (s.UnitCode >= n.Code AND s.UnitCode < n.RangeEnd)))
            ORDER BY o.UnitCode DESC, o.Name, o.Id, u.UserName
            """);

        public async Task<IReadOnlyList<Organisation>> Handle(Query query, CancellationToken cancellationToken)
        {
            var batch = db.Batch();
            var rows = Ask(batch, query, caller, time.GetUtcNow());
            await batch.RunAsync(cancellationToken);
            return Of(rows);
        }

        /// <summary>Asks for them in a batch.</summary>
        internal static Rows<Row> Ask(ReadBatch batch, Query query, Caller caller, DateTimeOffset now) =>
            batch.Read<Row>(Find, new { query.Track, query.Unit, query.Closed, caller.UserId, today = LocalTime.Day(now) });

        /// <summary>The organisations that the rows tell.</summary>
        internal static IReadOnlyList<Organisation> Of(IEnumerable<Row> rows) =>
            [
                .. rows.GroupBy(r => r.Id).Select(o => new Organisation(o.Key, o.First().Name, o.First().Track, o.First().Kind, o.First().UnitCode, o.First().UnitName,
                    [.. o.Where(r => r.UserName is not null).Select(r => new Mediator(r.UserName!, r.DisplayName!)).Distinct()], o.First().ClosedOn)),
            ];

        internal sealed class Row
        {
            public Guid Id { get; init; }
            public string Name { get; init; } = "";
            public MediationTrack Track { get; init; }
            public OrganisationKind Kind { get; init; }
            public UnitCode UnitCode { get; init; }
            public DateOnly? ClosedOn { get; init; }
            public string UnitName { get; init; } = "";
            public string? UserName { get; init; }
            public string? DisplayName { get; init; }
        }
    }
}
