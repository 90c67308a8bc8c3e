using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Pages;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GridCases.Web.Security;

/// <summary>
/// Signing in by the city's identity provider (OpenID Connect, code flow with PKCE). Its answer is checked by the framework's handler and lies in a cookie of its own for a
/// moment; then a session begins as it does for everybody, and that cookie goes.
/// </summary>
internal static class SingleSignOn
{
    public const string Address = "/sign-on";

    private const string Answered = Address + "/answered";
    private const string Provider = "IdentityProvider";
    private const string Answer = "IdentityProviderAnswer";

    /// <summary>Adds the provider of the settings, if there is one.</summary>
    /// <exception cref="InvalidOperationException">The settings contradict themselves: nobody could sign in, or secrets would travel in clear.</exception>
    public static void AddSingleSignOn(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("GridCases:SignOn").Get<SignOn.Settings>() ?? new SignOn.Settings();
        Check(settings);
        if (!settings.IsOn)
            return;

        services.AddAuthentication()
            .AddCookie(Answer, options =>
            {
                options.Cookie.Name = "gridcases.sign-on";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddOpenIdConnect(Provider, options =>
            {
                options.SignInScheme = Answer;
                options.Authority = settings.Issuer;
                options.ClientId = settings.ClientId;
                options.ClientSecret = settings.ClientSecret;
                options.CallbackPath = Address + "/callback";
                options.ResponseType = OpenIdConnectResponseType.Code;
                // The answer comes with the browser's own next request, so that our cookies stay Lax.
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                (options.CorrelationCookie.SameSite, options.CorrelationCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
                (options.NonceCookie.SameSite, options.NonceCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
                options.UsePkce = true;
                options.MapInboundClaims = false;
                options.SaveTokens = false;
                options.RequireHttpsMetadata = !IsLoopback(settings.Issuer!);
                options.Events.OnRemoteFailure = context =>
                {
                    SignOnLog.Refused(context.HttpContext.RequestServices.GetRequiredService<ILogger<SignOn.Settings>>(), context.Failure);
                    context.HandleResponse();
                    context.Response.Redirect(Problem("Refused"));
                    return Task.CompletedTask;
                };
            });
        foreach (var scheme in (string[])[Answer, Provider])
        {
            services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<IServiceProvider>(Authentication.UseMachineTime);
            services.AddOptions<OpenIdConnectOptions>(scheme).Configure<IServiceProvider>(Authentication.UseMachineTime);
        }
    }

    /// <summary>Where the button leads, and where the provider's answer does.</summary>
    public static void MapSingleSignOn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<SignOn.Settings>>().Value.IsOn)
            return;
        var addresses = app.MapGroup("").AllowAnonymous().WithMetadata(new BeforePasswordChangeAttribute()).RequireRateLimiting(RateLimits.SignIn).ExcludeFromDescription();
        addresses.MapGet(Address, GoAsync);
        addresses.MapGet(Answered, BeginAsync);
    }

    private static async Task GoAsync(HttpContext context, string? returnUrl, ILogger<SignOn.Settings> logger)
    {
        try
        {
            await context.ChallengeAsync(Provider, new AuthenticationProperties { RedirectUri = Answered + QueryString.Create("returnUrl", LocalAddress.Of(returnUrl)) });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or TaskCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            // Its description cannot be read.
            SignOnLog.Unreachable(logger, e);
            context.Response.Redirect(Problem("Unreachable"));
        }
    }

    private static async Task BeginAsync(HttpContext context, string? returnUrl, IMediator mediator, IOptions<SignOn.Settings> settings)
    {
        var answer = await context.AuthenticateAsync(Answer);
        await context.SignOutAsync(Answer);
        if (answer.Principal?.FindFirst("sub") is not { } subject)
        {
            context.Response.Redirect(Problem("Refused"));
            return;
        }

        try
        {
            // The handler has checked that the token's issuer is the provider's own; the claim carries it.
            var user = await mediator.Send(new SignOn.Command(subject.Issuer, subject.Value, answer.Principal.FindFirst(settings.Value.UserNameClaim)?.Value), context.RequestAborted);
            await Authentication.BeginAsync(context, user);
            context.Response.Redirect(LocalAddress.Of(returnUrl) is ['/', ..] local ? local : "/");
        }
        catch (Exception e) when (e is NotSignedIn or InvalidInput)
        {
            context.Response.Redirect(Problem("Unknown"));
        }
    }

    private static string Problem(string what) => "/sign-in" + QueryString.Create("signOn", what);

    private static bool IsLoopback(string issuer) => new Uri(issuer) is { IsLoopback: true };

    private static void Check(SignOn.Settings settings)
    {
        if (settings.IsOn)
        {
            if (!Uri.TryCreate(settings.Issuer, UriKind.Absolute, out var issuer) || !(issuer.Scheme == Uri.UriSchemeHttps || issuer is { Scheme: "http", IsLoopback: true }))
                throw new InvalidOperationException("GridCases:SignOn:Issuer is no https address.");
            if (string.IsNullOrEmpty(settings.ClientId))
                throw new InvalidOperationException("GridCases:SignOn:ClientId is missing.");
        }

        if (settings.LocalSignIn is LocalSignIn.Administrators && (!settings.IsOn || settings.LocalAdministrators.Count == 0))
            throw new InvalidOperationException("GridCases:SignOn:LocalSignIn=Administrators needs an Issuer for everybody else, and LocalAdministrators for when it cannot be reached.");
    }
}

/// <summary>What single sign-on writes into the log.</summary>
internal static partial class SignOnLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The identity provider cannot be reached")]
    public static partial void Unreachable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer of the identity provider signed nobody in")]
    public static partial void Refused(ILogger logger, Exception? exception);
}
