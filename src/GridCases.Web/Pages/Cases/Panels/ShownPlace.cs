using System.Globalization;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Pipeline;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>A point with what lies around it, as text and as a small map.</summary>
/// <param name="Unit">The unit that was chosen.</param>
/// <param name="Point">The point.</param>
/// <param name="Around">What lies around it.</param>
/// <param name="IsAsked">Whether it can still be changed: then what is doubtful about it is asked.</param>
public sealed record ShownPlace(UnitCode Unit, GeoPoint Point, GetSurroundings.Result Around, bool IsAsked = false)
{
    /// <summary>Size of the sketch.</summary>
    public const int Width = 360, Height = 200;

    /// <summary>Whether the dispute can be put into the unit that the point is nearer to, by whoever looks at it.</summary>
    public bool CanTake { get; init; }

    /// <summary>A neighbour's name without what all of them begin with: there is little room, and that part goes without saying.</summary>
    public string ShortName(GetSurroundings.Neighbour unit)
    {
        var common = Around.Units.Count < 2 ? 0 : Around.Units[0].Name.TakeWhile((c, i) => Around.Units.All(u => u.Name.Length > i + 2 && u.Name[i] == c)).Count();
        // "第" belongs to the number behind it.
        return unit.Name[(common > 0 && unit.Name[common - 1] == '第' ? common - 1 : common)..].TrimStart();
    }

    private const int Edge = 36;
    private const double LeastKilometres = 0.4;

    private readonly Frame _frame = Frame.Of([Point, .. Around.Units.Select(u => new GeoPoint(u.Latitude, u.Longitude))]);

    /// <summary>The point as people write it.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(Point.Latitude):0.00000}° {(Point.Latitude < 0 ? "S" : "N")}, {Math.Abs(Point.Longitude):0.00000}° {(Point.Longitude < 0 ? "W" : "E")}");

    /// <summary>An address that a phone's map opens.</summary>
    public string Link => string.Create(CultureInfo.InvariantCulture, $"geo:{Point.Latitude:0.000000},{Point.Longitude:0.000000}");

    /// <summary>Where a point lies on the sketch.</summary>
    public (string X, string Y) At(GeoPoint point) => _frame.At(point);

    /// <summary>Length of a bar on the sketch, and what it stands for in metres.</summary>
    public (string Length, int Metres) Scale => _frame.Scale;

    /// <summary>The neighbours for the map's script.</summary>
    public string Units => JsonSerializer.Serialize(Around.Units.Select(u => new { Name = ShortName(u), u.Latitude, u.Longitude, Own = u.Code == Unit }), Json.Options);

    /// <summary>Degrees as a field holds them.</summary>
    public static string Degrees(double degrees) => degrees.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>What part of the earth the sketch shows.</summary>
    private sealed record Frame(GeoPoint Middle, double DotsOfKilometre)
    {
        private const double KilometresOfDegree = 111.2;

        public static Frame Of(IReadOnlyList<GeoPoint> points)
        {
            var middle = new GeoPoint((points.Min(p => p.Latitude) + points.Max(p => p.Latitude)) / 2, (points.Min(p => p.Longitude) + points.Max(p => p.Longitude)) / 2);
            var (high, wide) = ((points.Max(p => p.Latitude) - points.Min(p => p.Latitude)) * KilometresOfDegree, (points.Max(p => p.Longitude) - points.Min(p => p.Longitude)) * East(middle));
            return new Frame(middle, Math.Min((Height - (2 * Edge)) / Math.Max(high, LeastKilometres), (Width - (4 * Edge)) / Math.Max(wide, LeastKilometres)));
        }

        public (string X, string Y) At(GeoPoint point) => (
            Number((Width / 2d) + ((point.Longitude - Middle.Longitude) * East(Middle) * DotsOfKilometre)), Number((Height / 2d) - ((point.Latitude - Middle.Latitude) * KilometresOfDegree * DotsOfKilometre)));

        public (string Length, int Metres) Scale
        {
            get
            {
                int[] round = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
                var metres = round.LastOrDefault(m => m / 1000d * DotsOfKilometre <= Width / 3d, round[0]);
                return (Number(metres / 1000d * DotsOfKilometre), metres);
            }
        }

        private static double East(GeoPoint at) => KilometresOfDegree * Math.Cos(at.Latitude * Math.PI / 180);

        private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
    }
}
