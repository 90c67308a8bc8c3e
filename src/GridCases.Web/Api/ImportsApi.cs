using GridCases.Features;
using GridCases.Features.Imports;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>A city that comes in by a workbook, and goes out as one.</summary>
internal static class ImportsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports.MapPostLazily("", StartAsync).WithName(nameof(StartImport)).WithMetadata(new OwnBody(typeof(StartImport.Command))).Produces<StartImport.Result>(StatusCodes.Status202Accepted);
        imports.MapGetLazily("/{id:guid}", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetImport.Query(id), cancellationToken))
            .WithName(nameof(GetImport)).Produces<GetImport.Result>();
        imports.MapPostLazily("/{id:guid}/apply", ApplyAsync).WithName(nameof(ApplyImport)).Produces<GetImport.Result>(StatusCodes.Status202Accepted);
        imports.MapGetLazily("/{id:guid}/credentials.xlsx", CredentialsAsync).WithName(nameof(TakeCredentials)).Produces(StatusCodes.Status200OK, contentType: ImportFiles.Workbook);
        imports.MapGetLazily("/template", TemplateAsync).WithName(nameof(GetImportTemplate)).Produces(StatusCodes.Status200OK, contentType: ImportFiles.Workbook);
        imports.MapGetLazily("/export.xlsx", ExportAsync).WithName(nameof(ExportCity)).Produces(StatusCodes.Status200OK, contentType: ImportFiles.Workbook);
    }

    private static async Task<IResult> StartAsync(Uploads uploads, RequestKey requestKey, IMediator mediator, HttpContext context, CancellationToken cancellationToken)
    {
        await using var form = await uploads.ReadAsync(context.Request, null, cancellationToken);
        requestKey.Value = ApiRequests.KeyOf(context.Request, form.Sha256);
        var started = await ImportFiles.StartAsync(form, mediator, cancellationToken);
        return Results.Accepted($"/api/v1/imports/{started.Id}", started);
    }

    private static async Task<IResult> ApplyAsync(Guid id, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new ApplyImport.Command(id), cancellationToken);
        return Results.Accepted($"/api/v1/imports/{id}", await mediator.Send(new GetImport.Query(id), cancellationToken));
    }

    private static async Task<IResult> CredentialsAsync(Guid id, HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        if (HeadRequests.IsHead(context))
        {
            // Whoever only asks whether it is there must not use it up.
            await mediator.Send(new GetImport.Query(id), cancellationToken);
            return Results.Bytes([], ImportFiles.Workbook);
        }

        return Results.File(CityWorkbook.Credentials((await mediator.Send(new TakeCredentials.Command(id), cancellationToken)).Credentials), ImportFiles.Workbook, "credentials.xlsx");
    }

    private static async Task<IResult> TemplateAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.File((await mediator.Send(new GetImportTemplate.Query(ForPeople: false), cancellationToken)).Workbook, ImportFiles.Workbook, "template.xlsx");

    private static async Task<IResult> ExportAsync(QueryString<Export> query, IMediator mediator, CancellationToken cancellationToken)
    {
        var asked = query.Value;
        if (asked is { Format: ExportFormat.Csv, Sheet: null })
            throw new InvalidInput("sheet", Text.Field("NotAWord", string.Join(", ", Enum.GetNames<ImportSheet>())));
        var city = await mediator.Send(new ExportCity.Query { Sheet = asked.Sheet }, cancellationToken);
        return asked.Format is ExportFormat.Csv
            ? Results.File(TableFile.Csv(city.Sheets[0]), "text/csv; charset=utf-8", $"{city.Sheets[0].Name}.csv")
            : Results.File(TableFile.Workbook(city.Sheets), ImportFiles.Workbook, "city.xlsx");
    }

    /// <summary>As what a city is taken away.</summary>
    public enum ExportFormat { Xlsx, Csv }

    /// <summary>What is taken away.</summary>
    public sealed record Export
    {
        /// <summary>The only sheet; a CSV file is one.</summary>
        public ImportSheet? Sheet { get; init; }

        public ExportFormat? Format { get; init; }
    }
}
