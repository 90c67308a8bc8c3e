using GridCases.Features.Imports;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>One import: how far it is, what is wrong with the file, what it would change, and the temporary passwords, once.</summary>
public sealed class ImportResultModel : AdminPage
{
    public GetImport.Result Import { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => Import = await SendAsync(new GetImport.Query(id));

    public async Task<IActionResult> OnPostApplyAsync(Guid id)
    {
        if (await TryAsync(() => SendAsync(new ApplyImport.Command(id))))
            return Redirect($"/admin/import/{id}");
        Import = await SendAsync(new GetImport.Query(id));
        return Page();
    }

    public async Task<IActionResult> OnPostCredentialsAsync(Guid id)
    {
        byte[]? workbook = null;
        if (await TryAsync(async () => workbook = (await SendAsync(new TakeCredentials.Command(id))).Workbook))
            return File(workbook!, ImportFiles.Workbook, $"{Localized.Import("CredentialsName")}.xlsx");
        Import = await SendAsync(new GetImport.Query(id));
        return Page();
    }

    /// <summary>Where an import stands.</summary>
    public static string StateOf(ImportState state, int faults) => state is ImportState.Checked && faults > 0 ? Localized.Import("StateFaults", faults) : Localized.Import($"State.{state}");

    /// <summary>What people call a sheet.</summary>
    public string NameOf(string? sheet) => sheet is null ? Localized.Import("WholeFile") : Localized.Import($"Sheet.{sheet}");

    /// <summary>What people call a column.</summary>
    public string NameOf(string? sheet, string? column) => column is null ? "" : Localized.Import($"Column.{sheet}.{column}");
}
