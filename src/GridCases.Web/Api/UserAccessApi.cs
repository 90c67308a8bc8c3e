using GridCases.Features.Users;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>How users get in beside a password: their identity at the city's provider, and their authenticator app.</summary>
internal static class UserAccessApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGetLazily("/users/{userName}/external-logins", (string userName, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new ListExternalLogins.Query(userName), cancellationToken))
            .WithName(nameof(ListExternalLogins)).Produces<IReadOnlyList<ListExternalLogins.Row>>();
        api.MapPostLazily("/users/{userName}/external-logins", (string userName, Body<LinkExternalLogin.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(body.Value with { UserName = userName }, cancellationToken))
            .WithName(nameof(LinkExternalLogin)).Produces<IReadOnlyList<ListExternalLogins.Row>>();
        api.MapPostLazily("/users/{userName}/external-logins/end", (string userName, Body<LinkExternalLogin.End> body, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(body.Value with { UserName = userName }, cancellationToken))
            .WithName("EndExternalLogin").Produces<IReadOnlyList<ListExternalLogins.Row>>();
        api.MapPostLazily("/users/{userName}/second-factor/remove", async (string userName, IMediator mediator, CancellationToken cancellationToken) =>
        {
            await mediator.Send(new RemoveSecondFactor.Command(userName), cancellationToken);
            return Results.NoContent();
        })
            .WithName(nameof(RemoveSecondFactor)).Produces(StatusCodes.Status204NoContent);
        api.MapPostLazily("/me/second-factor", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new SetUpSecondFactor.Begin(), cancellationToken))
            .WithMetadata(new Pipeline.BeforeSecondFactorAttribute()).WithName("BeginSecondFactor").Produces<SetUpSecondFactor.Begun>();
        api.MapPostLazily("/me/second-factor/confirm", (Body<SetUpSecondFactor.Confirm> body, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(body.Value, cancellationToken))
            .WithMetadata(new Pipeline.BeforeSecondFactorAttribute()).WithName("ConfirmSecondFactor").Produces<SetUpSecondFactor.Confirmed>();
        api.MapPostLazily("/me/second-factor/remove", async (Body<SetUpSecondFactor.Remove> body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            await mediator.Send(body.Value, cancellationToken);
            return Results.NoContent();
        })
            .WithName("RemoveOwnSecondFactor").Produces(StatusCodes.Status204NoContent);
    }
}
