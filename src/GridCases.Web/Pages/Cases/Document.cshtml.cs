using GridCases.Features.Cases;
using GridCases.Features.Documents;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>A document of the case file as a page that prints cleanly on A4, as a Word file, and the signatures drawn under it.</summary>
public sealed class DocumentModel : AppPage
{
    public CaseDocument Document { get; private set; } = null!;

    public Guid Id { get; private set; }

    /// <summary>Of several meetings only this one.</summary>
    public Guid? Session { get; private set; }

    /// <summary>Whether the caller may have the papers that are masked in it, for a purpose.</summary>
    public bool MayUnmask { get; private set; }

    /// <summary>The purpose, as it was typed.</summary>
    public string? Purpose { get; private set; }

    /// <summary>Shows it with masks.</summary>
    public Task OnGetAsync(Guid id, string form, Guid? session) => ShowAsync(id, form, session, null);

    /// <summary>Shows it in full, to somebody who gave a purpose.</summary>
    public async Task OnPostAsync(Guid id, string form, Guid? session, [FromForm] string? purpose) => await ShowAsync(id, form, session, await UnmaskAsync(id, form, purpose));

    /// <summary>Hands it out in full as a Word file, to somebody who gave a purpose.</summary>
    public async Task<IActionResult> OnPostWordAsync(Guid id, string form, Guid? session, [FromForm] string? purpose)
    {
        if (await UnmaskAsync(id, form, purpose) is { } full)
            return Word(await SendAsync(new GetDocument.Query(id, form, session) { InFull = full }));
        await ShowAsync(id, form, session, null);
        return Page();
    }

    /// <summary>Hands it out as a Word file.</summary>
    public async Task<IActionResult> OnGetWordAsync(Guid id, string form, Guid? session) =>
        Word(await SendAsync(new GetDocument.Query(id, form, session)));

    /// <summary>A drawn signature of the agreement, or of the record of a meeting.</summary>
    public async Task<IActionResult> OnGetSignatureAsync(Guid id, string signer, Guid? session)
    {
        var png = await SendAsync(new GetSignatureImage.Query(id, signer, session));
        Response.Headers.CacheControl = "no-store";
        return File(png, "image/png");
    }

    private async Task ShowAsync(Guid id, string form, Guid? session, UnmaskParties.Result? full)
    {
        (Id, Session) = (id, session);
        Document = await SendAsync(new GetDocument.Query(id, form, session) { InFull = full });
        MayUnmask = Document.Footnote is not null && await SendAsync(new CanUnmask.Query(id));
        Response.Headers.CacheControl = "no-store";
    }

    private async Task<UnmaskParties.Result?> UnmaskAsync(Guid id, string form, string? purpose)
    {
        ModelState.Clear();
        Purpose = purpose;
        UnmaskParties.Result? full = null;
        if (DocumentBuilder.Find(form) is not null
            && !await TryAsync(async () => full = await SendAsync(new UnmaskParties.Command(purpose) { CaseId = id })) && ModelState.ErrorCount > 0)
        {
            Problem = ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage;
        }

        if (full is not null)
            TakenForm.Mark(HttpContext);
        return full;
    }

    private FileContentResult Word(CaseDocument document)
    {
        Response.Headers.CacheControl = "no-store";
        return File(WordWriter.Write(document), WordWriter.MediaType, document.FileName);
    }
}
