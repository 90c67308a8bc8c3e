namespace GridCases.Web.Security;

/// <summary>The city's own map, section <c>GridCases:Map</c>. Without one the pages draw a sketch of the neighbouring units.</summary>
public sealed class MapSettings
{
    /// <summary>Address of the tiles, as <c>https://tiles.city.example/{z}/{x}/{y}.png</c>; null where there are none.</summary>
    public string? Tiles { get; set; }

    /// <summary>Whose map it is, as its owner wants it told on it.</summary>
    public string? Attribution { get; set; }

    /// <summary>The deepest zoom that there are tiles of.</summary>
    public int MaxZoom { get; set; } = 18;

    /// <summary>The origin that browsers may load the tiles from, for the content security policy; null where there are none.</summary>
    /// <exception cref="InvalidOperationException">The address is none.</exception>
    public string? Origin => string.IsNullOrWhiteSpace(Tiles) ? null
        : Tiles.Contains("{z}", StringComparison.Ordinal) && Tiles.Contains("{x}", StringComparison.Ordinal) && Tiles.Contains("{y}", StringComparison.Ordinal)
            && Uri.TryCreate(Tiles.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address.GetLeftPart(UriPartial.Authority)
            : throw new InvalidOperationException($"GridCases:Map:Tiles is no address with {{z}}, {{x}} and {{y}}: {Tiles}");
}
