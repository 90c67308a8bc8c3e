using GridCases.Features.Imports;
using GridCases.Features.People;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>One import: how far it is, what is wrong with the file, what it would change, and the temporary passwords, once.</summary>
public sealed class ImportResultModel : AdminPage
{
    // A hundred sheets of paper.
    private const int MostSlips = 2000;

    public GetImport.Result Import { get; private set; } = null!;

    /// <summary>Whether the passwords fit on slips that somebody would print.</summary>
    public bool FitsOnSlips => Import.Sheets.TryGetValue("users", out var users) && users.Added <= MostSlips;

    public async Task OnGetAsync(Guid id) => Import = await SendAsync(new GetImport.Query(id));

    public async Task<IActionResult> OnPostApplyAsync(Guid id)
    {
        if (await TryAsync(() => SendAsync(new ApplyImport.Command(id))))
            return Redirect($"/admin/import/{id}");
        Import = await SendAsync(new GetImport.Query(id));
        return Page();
    }

    /// <summary>The passwords as a workbook.</summary>
    public Task<IActionResult> OnPostCredentialsAsync(Guid id) =>
        TakeAsync(id, credentials => File(CityWorkbook.Credentials(credentials), ImportFiles.Workbook, $"{Localized.Import("CredentialsName")}.xlsx"));

    /// <summary>The passwords on slips to be printed.</summary>
    public Task<IActionResult> OnPostSlipsAsync(Guid id) =>
        TakeAsync(id, credentials => PrintedSlips([.. credentials.Select(c => new ResetPasswords.Slip(c.UserName, c.DisplayName, c.UnitName ?? "", c.TemporaryPassword))], $"/admin/import/{id}"));

    /// <summary>Where an import stands.</summary>
    public static string StateOf(ImportState state, int faults) => state is ImportState.Checked && faults > 0 ? Localized.Import("StateFaults", faults) : Localized.Import($"State.{state}");

    /// <summary>What people call a sheet.</summary>
    public string NameOf(string? sheet) => sheet is null ? Localized.Import("WholeFile") : Localized.Import($"Sheet.{sheet}");

    /// <summary>What people call a column.</summary>
    public string NameOf(string? sheet, string? column) => column is null ? "" : Localized.Import($"Column.{sheet}.{column}");

    private async Task<IActionResult> TakeAsync(Guid id, Func<IReadOnlyList<TakeCredentials.Credential>, IActionResult> show)
    {
        IReadOnlyList<TakeCredentials.Credential> credentials = [];
        if (await TryAsync(async () => credentials = (await SendAsync(new TakeCredentials.Command(id))).Credentials))
            return show(credentials);
        Import = await SendAsync(new GetImport.Query(id));
        return Page();
    }
}
