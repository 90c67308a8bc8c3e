using GridCases.Features;
using GridCases.Features.Imports;
using GridCases.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>Units, organisations and people come in by a workbook, and go out as one.</summary>
[StreamedForm]
[IgnoreAntiforgeryToken] // checked before the file is read
public sealed class ImportModel(Uploads uploads, IAntiforgery antiforgery, IMediator mediator) : AdminPage
{
    /// <summary>The last imports.</summary>
    public IReadOnlyList<ListImports.Import> Latest { get; private set; } = [];

    public async Task OnGetAsync() => Latest = await SendAsync(new ListImports.Query());

    /// <summary>The empty workbook.</summary>
    public async Task<IActionResult> OnGetTemplateAsync() =>
        File((await SendAsync(new GetImportTemplate.Query(ForPeople: true))).Workbook, ImportFiles.Workbook, $"{Localized.Import("TemplateName")}.xlsx");

    /// <summary>What is on record: all of it as a workbook, or a sheet as CSV.</summary>
    public async Task<IActionResult> OnGetExportAsync(ImportSheet? sheet)
    {
        var city = await SendAsync(new ExportCity.Query { Sheet = sheet, ForPeople = true });
        return sheet is null
            ? File(TableFile.Workbook(city.Sheets), ImportFiles.Workbook, $"{Localized.Import("ExportName")}.xlsx")
            : File(TableFile.Csv(city.Sheets[0]), "text/csv; charset=utf-8", $"{city.Sheets[0].Name}.csv");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        StartImport.Result? started = null;
        if (await TryAsync(async () => started = await StartAsync(HttpContext.RequestAborted)))
        {
            var next = $"/admin/import/{started!.Id}";
            return Request.Headers.ContainsKey(StreamedFormAttribute.Followed) ? new JsonResult(new { next }) : Redirect(next);
        }

        await OnGetAsync();
        return Page();
    }

    private async Task<StartImport.Result> StartAsync(CancellationToken cancellationToken)
    {
        await using var form = await uploads.ReadAsync(Request, fields => StreamedFormAttribute.DemandTokenAsync(HttpContext, antiforgery, fields), cancellationToken);
        if (Guid.TryParse(form["key"], out var key))
            HttpContext.RequestServices.GetRequiredService<RequestKey>().Value = new RequestKey.Key("/admin/import", $"{key:N}-{form.Sha256}", form.Sha256);
        return await ImportFiles.StartAsync(form, mediator, cancellationToken);
    }
}
