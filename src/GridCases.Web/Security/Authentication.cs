using System.Security.Claims;
using GridCases.Data;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace GridCases.Web.Security;

/// <summary>
/// Who is asking: a cookie for pages, a bearer token for the API, both issued and read by the framework's own handlers with keys that outlive a restart.
/// A cookie counts for nothing in the API, so that another site's page cannot make a browser call it.
/// </summary>
public static class Authentication
{
    /// <summary>How long an access token is good for.</summary>
    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromHours(1);

    private const string ByPath = "ByPath";
    private const string Session = "session";

    /// <summary>Adds the two schemes and chooses between them by the path.</summary>
    public static void AddSignIn(this IServiceCollection services, DatabaseOptions data)
    {
        var keys = DataFolder.SignInKeys(data.Folder);
        services.AddDataProtection().SetApplicationName("GridCases").PersistKeysToFileSystem(new DirectoryInfo(keys));

        services.AddAuthentication(ByPath)
            .AddPolicyScheme(ByPath, null, options => options.ForwardDefaultSelector = context =>
                Refusals.IsApi(context) ? BearerTokenDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddBearerToken()
            .AddCookie(options =>
            {
                options.Cookie.Name = "gridcases";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = Sessions.LongestIdle;
                options.SlidingExpiration = true;
                options.LoginPath = "/sign-in";
                options.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
        services.AddOptions<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme).Configure<IServiceProvider>(UseMachineTime);
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<IServiceProvider>(UseMachineTime);
        services.AddAuthorization();
    }

    /// <summary>What a cookie or a token says: the session. Whether that is still good, and whose roles it brings, is looked up anew each time.</summary>
    public static ClaimsPrincipal Principal(SignIn.Result user, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.UserId.ToString("D")),
            new Claim(ClaimTypes.Name, user.UserName),
            new Claim(Session, user.SessionId.ToString("D")),
        ],
        scheme));

    /// <summary>A browser gets the session that has begun, and the language of its user.</summary>
    public static async Task BeginAsync(HttpContext context, SignIn.Result user)
    {
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Principal(user, CookieAuthenticationDefaults.AuthenticationScheme));
        if (user.Language is { } language)
            Language.Remember(context.Response, language);
    }

    /// <summary>The session's id; null for nobody.</summary>
    public static Guid? Read(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } && Guid.TryParse(principal.FindFirstValue(Session), out var session) ? session : null;

    internal static void UseMachineTime(AuthenticationSchemeOptions options, IServiceProvider services) =>
        options.TimeProvider = services.GetRequiredKeyedService<TimeProvider>(ShiftedTimeProvider.Machine);
}
