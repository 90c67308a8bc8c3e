using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace GridCases.Web.Api;

/// <summary>Sign-in of programs, and who they are.</summary>
internal static class SignInApi
{
    /// <summary>What a program gets for a password or a refresh token; <c>expiresIn</c> is in seconds.</summary>
    internal sealed record Tokens(string AccessToken, string TokenType, long ExpiresIn, string RefreshToken);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPostLazily("/login", async (Body<SignIn.Command> body, IMediator mediator, Issuer issuer, CancellationToken cancellationToken) =>
            issuer.Issue(await mediator.Send(body.Value with { WithRefreshToken = true }, cancellationToken))).AllowAnonymous();

        api.MapPostLazily("/refresh", async (Body<Refresh.Command> body, IMediator mediator, Issuer issuer, CancellationToken cancellationToken) =>
            issuer.Issue(await mediator.Send(body.Value, cancellationToken))).AllowAnonymous();

        api.MapGetLazily("/me", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetMe.Query(), cancellationToken));
    }

    /// <summary>Makes access tokens that the framework's bearer handler reads.</summary>
    internal sealed class Issuer(IOptionsMonitor<BearerTokenOptions> options, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time)
    {
        public Tokens Issue(SignIn.Result user)
        {
            const string scheme = BearerTokenDefaults.AuthenticationScheme;
            var ticket = new AuthenticationTicket(
                Authentication.Principal(user, scheme),
                new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + Authentication.AccessTokenLifetime },
                $"{scheme}:AccessToken");
            return new Tokens(
                options.Get(scheme).BearerTokenProtector.Protect(ticket), "Bearer", (long)Authentication.AccessTokenLifetime.TotalSeconds, user.RefreshToken!);
        }
    }
}
