using GridCases.Features.Cases;
using GridCases.Features.Documents;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>The documents of a case file, one by one as Word files, or all of them as one zip. GET masks the parties' papers; POST with a purpose prints them in full.</summary>
internal static class DocumentsApi
{
    private const string Zip = "application/zip";

    public static void Map(IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases/{id:guid}").WithTags("Documents");
        cases.MapGetLazily("/documents", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListDocuments.Query(id), cancellationToken))
            .WithName(nameof(ListDocuments)).Produces<IReadOnlyList<ListDocuments.Row>>();
        cases.MapGetLazily("/documents/{form}", async (Guid id, string form, Guid? session, IMediator mediator, CancellationToken cancellationToken) =>
            Word(await mediator.Send(new GetDocument.Query(id, form, session), cancellationToken)))
            .WithName(nameof(GetDocument)).Produces(StatusCodes.Status200OK, contentType: WordWriter.MediaType);
        cases.MapPostLazily("/documents/{form}", async (Guid id, string form, Guid? session, Body<UnmaskParties.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            // Nothing is unmasked for a form there is not.
            if (DocumentBuilder.Find(form) is null)
                throw new NotFound($"form {form}");
            return Word(await mediator.Send(new GetDocument.Query(id, form, session) { InFull = await UnmaskAsync(id, body, mediator, cancellationToken) }, cancellationToken));
        })
            .WithName("GetDocumentInFull").Produces(StatusCodes.Status200OK, contentType: WordWriter.MediaType);
        cases.MapPostLazily("/file", async (Guid id, QueryString<FilePurpose> query, Body<UnmaskParties.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
            Whole(await mediator.Send(new GetCaseFile.Query(id, query.Value.For is Reader.Court) { InFull = await UnmaskAsync(id, body, mediator, cancellationToken) }, cancellationToken), cancellationToken))
            .WithName("GetCaseFileInFull").Produces(StatusCodes.Status200OK, contentType: Zip);
        cases.MapGetLazily("/file", async (Guid id, QueryString<FilePurpose> query, IMediator mediator, CancellationToken cancellationToken) =>
            Whole(await mediator.Send(new GetCaseFile.Query(id, query.Value.For is Reader.Court), cancellationToken), cancellationToken))
            .WithName(nameof(GetCaseFile)).Produces(StatusCodes.Status200OK, contentType: Zip);
    }

    /// <summary>The parties' papers, for the purpose in the body: it is asked for and put on record there.</summary>
    private static Task<UnmaskParties.Result> UnmaskAsync(Guid id, Body<UnmaskParties.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
        mediator.Send(body.Value with { CaseId = id }, cancellationToken);

    /// <summary>A document as a Word file to save.</summary>
    private static IResult Word(CaseDocument document) =>
        Results.File(WordWriter.Write(document), WordWriter.MediaType, document.FileName);

    /// <summary>A whole file to save, written while it is made.</summary>
    private static IResult Whole(CaseFile file, CancellationToken cancellationToken) => Results.Stream(stream => file.WriteAsync(stream, cancellationToken), Zip, file.FileName);

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
