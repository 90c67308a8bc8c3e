using GridCases.Features;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace GridCases.Web.Api;

/// <summary>Sign-in and sign-out of programs, who they are, and where else they are signed in.</summary>
internal static class SignInApi
{
    /// <summary>What a program gets for a password or a refresh token; <c>expiresIn</c> is in seconds.</summary>
    internal sealed record Tokens(string AccessToken, string TokenType, long ExpiresIn, string RefreshToken);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPostLazily("/login", async (Body<SignIn.Command> body, IMediator mediator, Issuer issuer, CancellationToken cancellationToken) =>
            issuer.Issue(await mediator.Send(body.Value with { WithRefreshToken = true }, cancellationToken)))
            .AllowAnonymous().WithMetadata(new BeforePasswordChangeAttribute()).RequireRateLimiting(RateLimits.SignIn);

        api.MapPostLazily("/refresh", async (Body<Refresh.Command> body, IMediator mediator, Issuer issuer, CancellationToken cancellationToken) =>
            issuer.Issue(await mediator.Send(body.Value, cancellationToken)))
            .AllowAnonymous().WithMetadata(new BeforePasswordChangeAttribute()).RequireRateLimiting(RateLimits.Refresh);

        api.MapPostLazily("/logout", async (IMediator mediator, CancellationToken cancellationToken) => await NoContentAsync(mediator.Send(new SignOut.Command(), cancellationToken)))
            .WithMetadata(new BeforePasswordChangeAttribute()).Produces(StatusCodes.Status204NoContent);

        api.MapGetLazily("/me", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetMe.Query(), cancellationToken));

        api.MapPostLazily("/me/password", async (Body<ChangePassword.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
            await NoContentAsync(mediator.Send(body.Value, cancellationToken)))
            .WithMetadata(new BeforePasswordChangeAttribute()).Produces(StatusCodes.Status204NoContent);

        api.MapGetLazily("/me/sessions", (QueryString<ListOwnSessions.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .Produces<Page<ListOwnSessions.Item>>();

        api.MapPostLazily("/me/sessions/{id:guid}/end", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await NoContentAsync(mediator.Send(new EndSession.Command(id), cancellationToken))).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> NoContentAsync(Task done)
    {
        await done;
        return Results.NoContent();
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
