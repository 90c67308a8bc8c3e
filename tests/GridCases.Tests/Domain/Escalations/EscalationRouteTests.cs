using GridCases.Domain;

namespace GridCases.Tests.Domain;

public class EscalationRouteTests
{
    private const string City = "9901", District = "990101", Township = "990101001", Village = "990101001001", Grid = "990101001001001";

    /// <summary>The demo city: supervisors in one village, some townships, one district and the city.</summary>
    private static readonly string[] Supervised = [Village, Township, "990102001", District, City];

    [TestCase(Village, 1, Village)]
    [TestCase(Village, 2, Township)]
    [TestCase(Village, 3, District)]
    [TestCase(Village, 4, City)]
    [TestCase(Township, 1, Township)]
    [TestCase(Township, 2, District)]
    [TestCase(Township, 3, District)]
    [TestCase(Township, 4, City)]
    [TestCase(Grid, 1, Village, Description = "nobody supervises a grid")]
    [TestCase(Grid, 2, Village)]
    [TestCase(Grid, 3, District)]
    [TestCase(Grid, 4, City)]
    [TestCase(District, 1, District)]
    [TestCase(District, 2, City)]
    [TestCase(District, 3, City, Description = "never below the level before")]
    [TestCase(District, 4, City)]
    [TestCase(City, 1, City)]
    [TestCase(City, 2, City)]
    [TestCase(City, 3, City)]
    [TestCase(City, 4, City)]
    [TestCase(Village, 5, City, Description = "a longer ladder ends at the city")]
    public void An_escalation_climbs_from_the_holder_to_its_parent_the_district_and_the_city(string holder, int level, string expected) =>
        Assert.That(Target(level, holder, Supervised), Is.EqualTo(expected));

    [TestCase("990101001002", 1, Township, Description = "a village without a supervisor")]
    [TestCase("990101001002003", 1, Township, Description = "its grid")]
    [TestCase("990101002001", 1, District, Description = "village and township without one")]
    [TestCase("990101002001", 2, District)]
    [TestCase("990102001001", 1, "990102001")]
    [TestCase("990102001001", 3, City, Description = "a district without one")]
    [TestCase("990102", 1, City)]
    public void Where_nobody_supervises_it_goes_to_the_next_unit_up(string holder, int level, string expected) =>
        Assert.That(Target(level, holder, Supervised), Is.EqualTo(expected));

    [Test]
    public void With_nobody_up_to_the_root_it_goes_to_the_orphan_queue([Values(1, 2, 3, 4)] int level)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Target(level, Village, []), Is.Null);
            Assert.That(Target(level, Village, [Grid, "9902", "990102"]), Is.Null, "neither a unit below nor another branch is asked");
        });
    }

    [Test]
    public void There_is_no_level_0() =>
        Assert.That(() => Target(0, Village, Supervised), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static string? Target(int level, string holder, string[] supervised) =>
        EscalationRoute.TargetFor(level, new UnitCode(holder), unit => supervised.Contains(unit.Value))?.Value;
}
