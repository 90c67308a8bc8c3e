using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Whether a point looks like another unit's.</summary>
public class PlaceDoubtTests
{
    private static readonly UnitCode First = new("990101001001001"), Second = new("990101001001002"), Third = new("990101001001003");

    private static readonly Dictionary<UnitCode, GeoPoint> Middles = new() { [First] = new(43.800, 125.300), [Second] = new(43.800, 125.320) };

    [Test]
    public void A_degree_is_as_long_as_it_is_there()
    {
        Assert.That(new GeoPoint(43.8, 125.3).KilometresTo(new GeoPoint(44.8, 125.3)), Is.EqualTo(111.2).Within(0.1));
        Assert.That(new GeoPoint(43.8, 125.300).KilometresTo(new GeoPoint(43.8, 125.320)), Is.EqualTo(1.605).Within(0.01));
    }

    [Test]
    public void A_point_much_nearer_to_a_neighbour_is_asked_about()
    {
        var doubt = PlaceDoubt.Of(First, new GeoPoint(43.801, 125.318), Middles);
        Assert.That(doubt!.Nearer, Is.EqualTo(Second));
        Assert.That(doubt.Kilometres, Is.EqualTo(1.45).Within(0.02));
    }

    [TestCase(43.800, 125.301, "by its own middle")]
    [TestCase(43.800, 125.3102, "where the border may be")]
    public void A_point_that_may_lie_there_is_not_asked_about(double latitude, double longitude, string where) =>
        Assert.That(PlaceDoubt.Of(First, new GeoPoint(latitude, longitude), Middles), Is.Null, where);

    [Test]
    public void A_point_far_from_all_is_asked_about_and_one_of_which_nothing_is_known_is_not()
    {
        var doubt = PlaceDoubt.Of(First, new GeoPoint(44.2, 125.3), Middles);
        Assert.That((doubt!.Nearer, doubt.Kilometres), Is.EqualTo(((UnitCode?)null, 44.5)).Using<(UnitCode?, double)>((a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 0.2));
        Assert.That(PlaceDoubt.Of(Third, new GeoPoint(43.8, 125.3), Middles), Is.Null, "of the chosen one nothing is known");
        Assert.That(PlaceDoubt.Of(First, new GeoPoint(43.8, 125.3), new Dictionary<UnitCode, GeoPoint>()), Is.Null);
    }
}
