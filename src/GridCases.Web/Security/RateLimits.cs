using System.Threading.RateLimiting;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Texts;
using GridCases.Web.Api;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace GridCases.Web.Security;

/// <summary>
/// How often one address may ask for what anybody may ask for: signing in, refreshing, the API's description. Wide enough for an office behind one address;
/// who guesses passwords is stopped long before (<see cref="SignInFailures"/>).
/// </summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string Refresh = "refresh";
    public const string Description = "description";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Requests a minute from one address. Section <c>GridCases:RateLimits</c>.</summary>
    internal sealed class Settings
    {
        /// <summary>Signing in, as a person or a program.</summary>
        public int SignIn { get; set; } = 600;

        /// <summary>Exchanging a refresh token.</summary>
        public int Refresh { get; set; } = 600;

        /// <summary>Reading <c>/openapi/v1.json</c>.</summary>
        public int Description { get; set; } = 300;
    }

    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<Settings>(configuration.GetSection("GridCases:RateLimits"));
        services.AddRateLimiter(options =>
        {
            options.AddPolicy(SignIn, context => For(context, settings => settings.SignIn));
            options.AddPolicy(Refresh, context => For(context, settings => settings.Refresh));
            options.AddPolicy(Description, context => For(context, settings => settings.Description));
            options.OnRejected = RefuseAsync;
        });
    }

    private static RateLimitPartition<string> For(HttpContext context, Func<Settings, int> most)
    {
        // The page with the form costs nothing; what it sends does.
        if (context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is not null && HttpMethods.IsGet(context.Request.Method))
            return RateLimitPartition.GetNoLimiter("form");
        var permits = most(context.RequestServices.GetRequiredService<IOptions<Settings>>().Value);
        return RateLimitPartition.GetFixedWindowLimiter(
            RequestOrigin.NetworkOf(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window });
    }

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var refusal = Refusal.Of(new Throttled(rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window, Throttled.TooManyRequests))!;
        if (Refusals.IsApi(context))
        {
            await refusal.WriteAsync(context);
            return;
        }

        refusal.ApplyTo(context.Response);
    }
}
