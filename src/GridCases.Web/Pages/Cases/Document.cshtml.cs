using GridCases.Domain;
using GridCases.Features.Documents;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>A document of the case file as a page that prints cleanly on A4, as a Word file, and the signatures drawn under it.</summary>
public sealed class DocumentModel : AppPage
{
    /// <summary>What is printed.</summary>
    public CaseDocument Document { get; private set; } = null!;

    /// <summary>The case.</summary>
    public Guid Id { get; private set; }

    /// <summary>Of several meetings only this one.</summary>
    public Guid? Session { get; private set; }

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync(Guid id, string form, Guid? session)
    {
        (Id, Session) = (id, session);
        Document = await SendAsync(new GetDocument.Query(id, form, session));
        Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Hands it out as a Word file.</summary>
    public async Task<IActionResult> OnGetWordAsync(Guid id, string form, Guid? session)
    {
        var document = await SendAsync(new GetDocument.Query(id, form, session));
        Response.Headers.CacheControl = "no-store";
        return File(WordWriter.Write(document), WordWriter.MediaType, document.FileName);
    }

    /// <summary>A drawn signature of the agreement.</summary>
    public async Task<IActionResult> OnGetSignatureAsync(Guid id, string signer)
    {
        var png = await SendAsync(new GetSignatureImage.Query(id, signer));
        Response.Headers.CacheControl = "no-store";
        return File(png, "image/png");
    }
}
