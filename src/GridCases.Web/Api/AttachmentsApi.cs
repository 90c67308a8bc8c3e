using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>The files of a case.</summary>
internal static class AttachmentsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases/{id:guid}").WithTags("Attachments");
        cases.MapGetLazily("/attachments", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListAttachments.Query(id), cancellationToken))
            .WithName(nameof(ListAttachments)).Produces<IReadOnlyList<AttachmentView>>();
        cases.MapGetLazily("/attachments/{attachmentId:guid}", Downloads.SendAsync)
            .WithName(nameof(GetAttachment)).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        cases.MapPostLazily("/attach", AttachAsync)
            .WithName(nameof(AttachFile)).WithMetadata(new OwnBody(typeof(AttachFile.Command))).Produces<CaseView>();
    }

    private static async Task<CaseView> AttachAsync(Guid id, Uploads uploads, RequestKey requestKey, HttpContext context, CancellationToken cancellationToken)
    {
        await using var form = await uploads.ReadAsync(context.Request, null, cancellationToken);
        requestKey.Value = ApiRequests.KeyOf(context.Request, form.Sha256);
        var view = await uploads.AttachAsync(id, form, cancellationToken);
        context.Response.Headers.ETag = IfMatch.ETag(view.Version);
        if (view.Attachments.LastOrDefault(a => a.Sha256 == form.File.Sha256) is { } attached)
            context.Response.Headers.Location = $"/api/v1/cases/{id}/attachments/{attached.Id}";
        return view;
    }
}

/// <summary>Says in an endpoint's metadata that it reads the body itself, as it comes in: it is no JSON and too large to be taken in whole.</summary>
/// <param name="Message">The message that it makes of it.</param>
internal sealed record OwnBody(Type Message);
