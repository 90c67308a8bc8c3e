using System.Text.RegularExpressions;

namespace GridCases.Web.Tests.Pages;

/// <summary>A browser's ways, without a browser: a cookie, and forms that prove where they came from.</summary>
internal static partial class PageForms
{
    /// <summary>A client with the cookie of somebody who signed in on the page.</summary>
    public static async Task<HttpClient> BrowsingAsync(this TestServer server, string userName, string password = "demo", string userAgent = "Mozilla/5.0 (Windows NT 10.0) Chrome/141.0")
    {
        var client = server.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        var answer = await client.SendFormAsync("/sign-in", "/sign-in", ("UserName", userName), ("Password", password));
        Assert.That(answer.Status, Is.EqualTo(302), $"{userName}: {answer.Text}");
        return client;
    }

    /// <summary>Opens a page for its form's token and sends the form.</summary>
    public static async Task<Answer> SendFormAsync(this HttpClient client, string page, string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", (await client.AskAsync(page)).FormToken())).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await client.AskAsync(HttpMethod.Post, address, form);
    }

    /// <summary>What the forms of a page prove with that they came from it.</summary>
    public static string FormToken(this Answer page) => Token().Match(page.Text).Groups[1].Value;

    /// <summary>The value of the cookie that an answer set; null when it set none.</summary>
    public static string? Cookie(this Answer answer, string name) =>
        answer.Headers.TryGetValue("Set-Cookie", out var set) && Regex.Match(set, $"(?:^|, ){Regex.Escape(name)}=([^;]+)") is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
