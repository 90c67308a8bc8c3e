namespace GridCases.Domain;

/// <summary>A place on earth, WGS-84 degrees.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    private const double KilometresOfDegree = 111.2;

    /// <summary>The way to another place as the crow flies, in kilometres; good for a city.</summary>
    public double KilometresTo(GeoPoint other)
    {
        var (north, east) = (other.Latitude - Latitude, (other.Longitude - Longitude) * Math.Cos((Latitude + other.Latitude) / 2 * Math.PI / 180));
        return KilometresOfDegree * Math.Sqrt((north * north) + (east * east));
    }
}

/// <summary>Why a point may not lie in the unit that was chosen. It is asked about and never refused: middles of units are rough, and borders are odd.</summary>
/// <param name="Nearer">The unit that it is much nearer to; null where it is just far from all.</param>
/// <param name="Kilometres">How far it is from the chosen unit, or from the nearest that is known.</param>
public sealed record PlaceDoubt(UnitCode? Nearer, double Kilometres)
{
    // Nearer by half is no matter of where a border runs; below that distance nobody can tell; farther than a township is long it is a mistake of the device.
    private const double Clearly = 1.5, Least = 0.4, Far = 20;

    /// <summary>What is doubtful about a point; null when nothing is, or nothing is known.</summary>
    /// <param name="chosen">The unit that was chosen.</param>
    /// <param name="point">The point.</param>
    /// <param name="middles">Where units lie, as far as that is known.</param>
    public static PlaceDoubt? Of(UnitCode chosen, GeoPoint point, IReadOnlyDictionary<UnitCode, GeoPoint> middles)
    {
        if (middles.Count == 0)
            return null;
        var (nearest, distance) = middles.Select(m => (m.Key, Distance: point.KilometresTo(m.Value))).MinBy(m => m.Distance);
        if (distance > Far)
            return new PlaceDoubt(null, distance);
        return middles.TryGetValue(chosen, out var own) && point.KilometresTo(own) is var away && nearest != chosen && away > Least && away > distance * Clearly ? new PlaceDoubt(nearest, away) : null;
    }
}
