using System.Security.Claims;
using GridCases.Data;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

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
    public static void AddSignIn(this IServiceCollection services, DatabaseOptions data, KeyPlace place)
    {
        services.AddKeyRing(data, place);

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
                options.Events.OnRedirectToLogin = context =>
                {
                    if (context.Request.IsPartial())
                        return PartialRequests.AskToSignInAsync(context.HttpContext);
                    // A form comes back to its page, never to what a handler of it would answer, such as a file.
                    context.Response.Redirect(HttpMethods.IsPost(context.Request.Method)
                        ? $"/sign-in{QueryString.Create("ReturnUrl", context.Request.Path + QueryString.Create(context.Request.Query.Where(q => q.Key != "handler")))}"
                        : context.RedirectUri);
                    return Task.CompletedTask;
                };
                options.Events.OnCheckSlidingExpiration = context =>
                {
                    context.ShouldRenew &= !context.Request.IsPoll();
                    return Task.CompletedTask;
                };
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

    /// <summary>Where the keys lie that cookies, tokens and forms are made with. All servers have to have the same.</summary>
    private static void AddKeyRing(this IServiceCollection services, DatabaseOptions data, KeyPlace place)
    {
        var folder = DataFolder.SignInKeys(data.Folder);
        services.AddDataProtection().SetApplicationName("GridCases");
        if (place is KeyPlace.Folder)
        {
            services.AddSingleton(provider => new SignInKeyFolder(new DirectoryInfo(folder), provider.GetRequiredService<ILoggerFactory>()));
            services.AddOptions<KeyManagementOptions>().Configure<SignInKeyFolder>((options, keys) => options.XmlRepository = keys);
            return;
        }

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SignInKeyRing>(provider, folder));
        services.AddOptions<KeyManagementOptions>().Configure<SignInKeyRing>((options, ring) => options.XmlRepository = ring);
        // It would warn that keys are not encrypted: it does not know that what keeps them does that.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
    }

    internal static void UseMachineTime(AuthenticationSchemeOptions options, IServiceProvider services) =>
        options.TimeProvider = services.GetRequiredKeyedService<TimeProvider>(ShiftedTimeProvider.Machine);
}

/// <summary>Where the keys are kept that cookies, tokens and forms are made with; setting <c>GridCases:SignIn:Keys</c>.</summary>
public enum KeyPlace
{
    /// <summary>In the database, sealed under the key of the personal data: the usual place where a SQL Server holds the data.</summary>
    Database,

    /// <summary>In <c>keys/sign-in</c> in the data folder, which several servers then share: the usual place beside the embedded database.</summary>
    Folder,
}
