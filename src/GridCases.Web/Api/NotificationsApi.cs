using GridCases.Features;
using GridCases.Features.Notifications;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>What the caller was told.</summary>
internal static class NotificationsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapGetLazily("", (QueryString<ListNotifications.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListNotifications)).Produces<Page<ListNotifications.Row>>();
        notifications.MapGetLazily("/unread", async (IMediator mediator, CancellationToken cancellationToken) => new Unread(await mediator.Send(new CountUnread.Query(), cancellationToken)))
            .WithName(nameof(CountUnread)).Produces<Unread>();
        notifications.MapPostLazily("/read", (Body<MarkNotificationsRead.Command> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithName(nameof(MarkNotificationsRead)).Produces<MarkNotificationsRead.Result>();
    }

    internal sealed record Unread(int Count);
}
