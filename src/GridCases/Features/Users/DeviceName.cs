namespace GridCases.Features.Users;

/// <summary>What a device is called in the list of one's sessions, short enough to tell one's phone from one's desk: <c>Edge · Windows</c>.</summary>
public static class DeviceName
{
    private const int Longest = 30;

    // The first that occurs: nearly every browser says that it is also the others.
    private static readonly (string Mark, string Name)[] Programs =
    [
        ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("wxwork", "WeCom"), ("Edg", "Edge"), ("OPR/", "Opera"), ("HuaweiBrowser", "Huawei Browser"), ("MiuiBrowser", "Mi Browser"),
        ("UCBrowser", "UC Browser"), ("QQBrowser", "QQ Browser"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Macintosh", "Mac"),
        ("UOS", "UOS"), ("Kylin", "Kylin"), ("Linux", "Linux"),
    ];

    /// <summary>The name that a <c>User-Agent</c> comes to. Of what is not known only letters and digits are kept; empty when nothing can be told.</summary>
    public static string Of(string userAgent)
    {
        var known = new[] { In(Programs, userAgent), In(Systems, userAgent) }.OfType<string>().ToList();
        return known.Count > 0
            ? string.Join(" · ", known)
            : string.Concat(userAgent.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(Longest));
    }

    private static string? In((string Mark, string Name)[] marks, string userAgent) =>
        marks.FirstOrDefault(m => userAgent.Contains(m.Mark, StringComparison.OrdinalIgnoreCase)).Name;
}
