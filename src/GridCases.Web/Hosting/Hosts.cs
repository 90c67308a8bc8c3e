namespace GridCases.Web.Hosting;

/// <summary>The names under which the system may be reached: the framework's setting <c>AllowedHosts</c>.</summary>
internal static partial class Hosts
{
    /// <summary>What the setting says; <c>*</c> when it says nothing.</summary>
    public static string Of(IConfiguration configuration) => configuration["AllowedHosts"] is { Length: > 0 } hosts ? hosts : "*";

    /// <summary>Whether a request for any name at all is answered: then whoever leads people here by a name of their own decides what stands in links and cookies.</summary>
    public static bool AreAny(IConfiguration configuration) => Of(configuration).Split(';', StringSplitOptions.TrimEntries).Contains("*");

    /// <summary>Outside of Development, tells at start that any name is answered.</summary>
    public static void WarnOfAnyHost(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment() && AreAny(app.Configuration))
            AnyHost(app.Logger);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "AllowedHosts is *: requests for any name are answered. Set it to the name of the system, such as mediation.example.cn")]
    private static partial void AnyHost(ILogger logger);
}
