namespace GridCases.Web.Pages;

/// <summary>Where a form asks to go afterwards, if that is a place of ours.</summary>
public static class LocalAddress
{
    /// <summary>The address when it is a local path in the form that a header can carry; the start page otherwise.</summary>
    public static string Of(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.All(c => c is > ' ' and < '\x7f' and not '\\') ? address : "~/";
}
