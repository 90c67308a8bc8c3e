using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Units;

/// <summary>
/// What lies around a point: the unit that was chosen for it and its neighbours, each at the middle of the disputes that were located there, and whether the point looks like another unit's. Nobody has to keep coordinates of units.
/// </summary>
public static class GetSurroundings
{
    /// <summary>Fewer disputes make no middle: it would tell where one of them is.</summary>
    public const int FewestCases = 5;

    /// <summary>The message.</summary>
    /// <param name="Unit">The unit that was chosen.</param>
    /// <param name="Latitude">WGS-84 degrees.</param>
    /// <param name="Longitude">WGS-84 degrees.</param>
    [AllowedToSignedIn]
    public sealed record Query(UnitCode Unit, double Latitude, double Longitude) : IQuery<Result>;

    /// <summary>The neighbours that are known, the chosen unit among them, and what is to be asked.</summary>
    public sealed record Result(IReadOnlyList<Neighbour> Units, PlaceDoubt? Doubt);

    /// <summary>A unit and about where it lies, to some hundred metres.</summary>
    public sealed record Neighbour(UnitCode Code, string Name, double Latitude, double Longitude);

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private const int Years = 3;

        private static readonly Sql Find = new($"""
            SELECT u.Code, u.Name, m.MeanLatitude AS Latitude, m.MeanLongitude AS Longitude FROM Unit u JOIN (
                SELECT PlaceUnitCode, SUM(Latitude) / COUNT(*) AS MeanLatitude, SUM(Longitude) / COUNT(*) AS MeanLongitude FROM DisputeCase
                WHERE PlaceUnitCode >= @Value AND PlaceUnitCode < @RangeEnd AND RegisteredAt >= @since AND Latitude IS NOT NULL AND Longitude IS NOT NULL
                GROUP BY PlaceUnitCode HAVING COUNT(*) >= {FewestCases}) m ON m.PlaceUnitCode = u.Code
            WHERE u.ClosedOn IS NULL OR u.ClosedOn > @today ORDER BY u.Code
            """);

        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            // Neighbours are told to those who serve in the unit; to others the point is a point.
            if (!caller.Sees(query.Unit))
                return new Result([], null);
            var (around, now) = (query.Unit.Parent ?? query.Unit, time.GetUtcNow());
            var found = await db.QueryAsync<Neighbour>(Find, new { around.Value, around.RangeEnd, since = now.AddYears(-Years), today = LocalTime.Day(now) }, cancellationToken);
            var units = found.Where(u => u.Code.Level == query.Unit.Level)
                .Select(u => u with { Latitude = Math.Round(u.Latitude, 3), Longitude = Math.Round(u.Longitude, 3) }).ToList();
            return new Result(units, PlaceDoubt.Of(query.Unit, new GeoPoint(query.Latitude, query.Longitude), units.ToDictionary(u => u.Code, u => new GeoPoint(u.Latitude, u.Longitude))));
        }
    }
}
