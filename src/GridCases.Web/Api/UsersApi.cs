using GridCases.Features;
using GridCases.Features.People;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>An administrator's users: who they are, what they may do, and whether they can sign in.</summary>
internal static class UsersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("People");
        users.MapGetLazily("", (QueryString<ListUsers.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListUsers)).Produces<Page<UserView>>();
        users.MapPostLazily("", async (Body<CreateUser.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
            {
                var created = await mediator.Send(body.Value, cancellationToken);
                return Results.Created($"/api/v1/users/{Uri.EscapeDataString(created.User.UserName)}", created);
            })
            .WithName(nameof(CreateUser)).Produces<CreateUser.Result>(StatusCodes.Status201Created);
        users.MapGetLazily("/{userName}", (string userName, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetUser.Query(userName), cancellationToken))
            .WithName(nameof(GetUser)).Produces<UserView>();
        users.MapPatchLazily("/{userName}", (string userName, Body<ChangeUser.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(body.Value with { UserName = userName }, cancellationToken))
            .WithName(nameof(ChangeUser)).Produces<UserView>();

        users.MapPostLazily("/{userName}/roles", async (string userName, Body<AssignRole.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                Results.Created($"/api/v1/users/{Uri.EscapeDataString(userName)}", await mediator.Send(body.Value with { UserName = userName }, cancellationToken)))
            .WithName(nameof(AssignRole)).Produces<HeldRole>(StatusCodes.Status201Created);
        users.MapPostLazily("/{userName}/roles/{id:guid}/end", (string userName, Guid id, Body<EndRole.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(body.Value with { UserName = userName, RoleId = id }, cancellationToken))
            .WithName(nameof(EndRole)).Produces<HeldRole>();

        users.MapPostLazily("/{userName}/reset-password", (string userName, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(new ResetPassword.Command(userName), cancellationToken))
            .WithName(nameof(ResetPassword)).Produces<ResetPassword.Result>();
        users.MapPostLazily("/{userName}/unlock", (string userName, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new UnlockUser.Command(userName), cancellationToken))
            .WithName(nameof(UnlockUser)).Produces<UserView>();
        users.MapPostLazily("/{userName}/sign-out", (string userName, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new SignOutUser.Command(userName), cancellationToken))
            .WithName(nameof(SignOutUser)).Produces<UserView>();
        users.MapPostLazily("/{userName}/deactivate", (string userName, Body<DeactivateUser.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(body.Value with { UserName = userName }, cancellationToken))
            .WithName(nameof(DeactivateUser)).Produces<DeactivateUser.Result>();
        users.MapPostLazily("/{userName}/reactivate", (string userName, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ReactivateUser.Command(userName), cancellationToken))
            .WithName(nameof(ReactivateUser)).Produces<CreateUser.Result>();
    }
}
