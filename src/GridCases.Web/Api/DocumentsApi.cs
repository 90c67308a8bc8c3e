using GridCases.Features.Documents;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>The documents of a case file, one by one as Word files, or all of them as one zip.</summary>
internal static class DocumentsApi
{
    private const string Zip = "application/zip";

    public static void Map(IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases/{id:guid}").WithTags("Documents");
        cases.MapGet("/documents", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new ListDocuments.Query(id), ct))
            .WithName(nameof(ListDocuments)).Produces<IReadOnlyList<ListDocuments.Row>>();
        cases.MapGet("/documents/{form}", async (Guid id, string form, Guid? session, IMediator mediator, CancellationToken ct) =>
            Word(await mediator.Send(new GetDocument.Query(id, form, session), ct)))
            .WithName(nameof(GetDocument)).Produces(StatusCodes.Status200OK, contentType: WordWriter.MediaType);
        cases.MapGet("/file", async (Guid id, QueryString<FilePurpose> query, IMediator mediator, CancellationToken ct) =>
            Whole(await mediator.Send(new GetCaseFile.Query(id, query.Value.For is Reader.Court), ct), ct))
            .WithName(nameof(GetCaseFile)).Produces(StatusCodes.Status200OK, contentType: Zip);
    }

    /// <summary>A document as a Word file to save.</summary>
    public static IResult Word(CaseDocument document) =>
        Results.File(WordWriter.Write(document), WordWriter.MediaType, document.FileName);

    /// <summary>A whole file to save, written while it is made.</summary>
    public static IResult Whole(CaseFile file, CancellationToken ct) => Results.Stream(stream => file.WriteAsync(stream, ct), Zip, file.FileName);

    /// <summary>Whom a file is for.</summary>
    public sealed record FilePurpose
    {
        /// <summary>A court; nobody outside when left out.</summary>
        public Reader? For { get; init; }
    }

    /// <summary>Readers outside the house.</summary>
    public enum Reader
    {
        /// <summary>A court: concessions are left out.</summary>
        Court,
    }
}
