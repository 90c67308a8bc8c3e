using GridCases.Web.Security;

namespace GridCases.Web.Tests.Hosting;

/// <summary>The city's own map.</summary>
public class MapSettingsTests
{
    [TestCase("https://tiles.city.example/{z}/{x}/{y}.png", "https://tiles.city.example")]
    [TestCase("http://10.1.2.3:8080/wmts?layer=vec&x={x}&y={y}&z={z}", "http://10.1.2.3:8080")]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void Browsers_may_load_images_from_exactly_the_origin_of_the_tiles(string? tiles, string? origin) => Assert.That(new MapSettings { Tiles = tiles }.Origin, Is.EqualTo(origin));

    [TestCase("https://tiles.city.example/map.png")]
    [TestCase("javascript:alert(1)/{z}/{x}/{y}")]
    [TestCase("/tiles/{z}/{x}/{y}.png")]
    public void An_address_that_is_none_is_told_at_start(string tiles) => Assert.That(() => new MapSettings { Tiles = tiles }.Origin, Throws.InvalidOperationException);
}
