using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Web.Pages.Cases.Panels;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>A file is put into a case from a browser. It is encrypted while it comes in, so that no plain copy of it is ever on the disk.</summary>
[StreamedForm]
[IgnoreAntiforgeryToken] // checked in LookAsync, before the file is read
public sealed class AttachModel(MessageGate gate, Uploads uploads, AttachmentRoom room, IAntiforgery antiforgery) : AppPage
{
    public CaseView View { get; private set; } = null!;

    /// <summary>Bytes that are left for the case's files.</summary>
    public long Left { get; private set; }

    /// <summary>What was chosen beside the file.</summary>
    public UploadChoice Choice { get; private set; } = new(null, null, false);

    /// <summary>Asks for the file.</summary>
    /// <param name="id">The case.</param>
    /// <param name="kind">What it begins with as kind: what the case file lacks.</param>
    /// <param name="partyId">The party for whom it is missing.</param>
    public async Task OnGetAsync(Guid id, string? kind = null, string? partyId = null)
    {
        Choice = new UploadChoice(kind, partyId, false);
        ModelState.Clear();
        await gate.DemandAsync(typeof(AttachFile.Command), id, null, HttpContext.RequestAborted);
        await LoadAsync(id);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var cancellationToken = HttpContext.RequestAborted;
        await gate.DemandAsync(typeof(AttachFile.Command), id, null, cancellationToken);
        if (await TryAsync(() => AttachAsync(id, cancellationToken)))
        {
            // Whoever stays on the page tells it there.
            if (Request.Headers[StreamedFormAttribute.Followed] != "stay")
                TempData["Notice"] = Localized.Case("Done.Attach");
            return Request.Headers.ContainsKey(StreamedFormAttribute.Followed) ? new JsonResult(new { next = $"/cases/{id}" }) : Redirect($"/cases/{id}#files");
        }

        await LoadAsync(id);
        return Page();
    }

    private async Task LoadAsync(Guid id)
    {
        View = await SendAsync(new GetCase.Query(id));
        Left = await room.LeftAsync(View.Attachments.Sum(a => a.Length), HttpContext.RequestAborted);
    }

    private async Task AttachAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var form = await uploads.ReadAsync(Request, LookAsync, cancellationToken);
        Choice = new UploadChoice(form["kind"], form["partyId"], form["concession"] is not null);
        if (Guid.TryParse(form["key"], out var key))
        {
            HttpContext.RequestServices.GetRequiredService<RequestKey>().Value =
                new RequestKey.Key($"/cases/{id}/attach", $"{key:N}-{form.Sha256}", form.Sha256);
        }

        await uploads.AttachAsync(id, form, cancellationToken);
    }

    private Task LookAsync(IReadOnlyDictionary<string, string> fields)
    {
        Choice = new UploadChoice(fields.GetValueOrDefault("kind"), fields.GetValueOrDefault("partyId"), fields.ContainsKey("concession"));
        return StreamedFormAttribute.DemandTokenAsync(HttpContext, antiforgery, fields);
    }
}
