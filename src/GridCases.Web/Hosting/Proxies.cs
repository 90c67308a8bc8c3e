using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace GridCases.Web.Hosting;

/// <summary>
/// Reverse proxies in front, by address or network: the setting <c>GridCases:Proxies</c>. From these alone <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed,
/// so that nobody else can choose the address by which failed sign-ins are counted.
/// </summary>
internal static class Proxies
{
    private const string Setting = "GridCases:Proxies";

    /// <summary>Takes the proxies from the settings.</summary>
    /// <exception cref="InvalidOperationException">One is neither an address nor a network, or the framework's own setting would believe everybody as well.</exception>
    public static void AddProxies(this WebApplicationBuilder builder)
    {
        var proxies = Of(builder.Configuration);
        if (proxies.Count == 0)
            return;
        if (builder.Configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED"))
            throw new InvalidOperationException($"ASPNETCORE_FORWARDEDHEADERS_ENABLED believes everybody, {Setting} only those it names: set one of the two.");
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in proxies)
                options.KnownIPNetworks.Add(network);

            // As many as are known, one behind the other; the first that is not known is the client.
            options.ForwardLimit = null;
        });
    }

    /// <summary>Lets the request have come from where the proxy says, before anything looks at it.</summary>
    public static void UseProxies(this WebApplication app)
    {
        if (Of(app.Configuration).Count > 0)
            app.UseForwardedHeaders();
    }

    private static List<System.Net.IPNetwork> Of(IConfiguration configuration) => [.. (configuration.GetSection(Setting).Get<string[]>() ?? []).Select(Parse)];

    private static System.Net.IPNetwork Parse(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"{Setting}: {text} is neither an address nor a network such as 10.0.0.0/24.");
}
