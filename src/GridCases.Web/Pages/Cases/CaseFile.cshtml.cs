using GridCases.Features.Cases;
using GridCases.Features.Documents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GridCases.Web.Pages.Cases;

/// <summary>The whole file of a case to save, for people in front of the case's page. A page of its own it has only for a purpose that was refused.</summary>
public sealed class CaseFileModel : AppPage
{
    /// <summary>The case, where the form is shown again.</summary>
    public CaseView View { get; private set; } = null!;

    /// <summary>The purpose as it was typed.</summary>
    public string? Purpose { get; private set; }

    /// <summary>Hands out the zip.</summary>
    /// <param name="id">The case.</param>
    /// <param name="reader"><c>court</c> leaves concessions out.</param>
    /// <param name="full">Somebody comes back to the form that asks for it in full: it stands on the case's page.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, [FromQuery(Name = "for")] string? reader, bool full = false)
    {
        if (full)
            return Redirect($"/cases/{id}#file-in-full");
        if (reader is not (null or "" or "court"))
            return NotFound();
        return new WrittenZip(await SendAsync(new GetCaseFile.Query(id, reader is "court")));
    }

    /// <summary>Hands out the zip with the parties' papers in full, and the copies of them, for a purpose that is asked for and put on record.</summary>
    /// <param name="id">The case.</param>
    /// <param name="purpose">What for.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, string? purpose)
    {
        ModelState.Clear();
        UnmaskParties.Result? full = null;
        if (await TryAsync(async () => full = await SendAsync(new UnmaskParties.Command(purpose) { CaseId = id })))
        {
            TakenForm.Mark(HttpContext);
            return new WrittenZip(await SendAsync(new GetCaseFile.Query(id) { InFull = full }));
        }

        (Purpose, View) = (purpose, await SendAsync(new GetCase.Query(id)));
        return Page();
    }

    /// <summary>A zip that is written while it is made.</summary>
    private sealed class WrittenZip(CaseFile file) : ActionResult
    {
        public override async Task ExecuteResultAsync(ActionContext context)
        {
            var response = context.HttpContext.Response;
            response.ContentType = "application/zip";
            response.Headers.CacheControl = "no-store";
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(file.FileName);
            response.Headers.ContentDisposition = disposition.ToString();
            await file.WriteAsync(response.Body, context.HttpContext.RequestAborted);
        }
    }
}
