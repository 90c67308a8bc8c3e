using GridCases.Domain;
using GridCases.Features.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>The record of a meeting (调解笔录), to be read large and signed on the screen by those who were there.</summary>
public sealed class SignSessionModel : AppPage
{
    public CaseDetails Details { get; private set; } = null!;

    /// <summary>The meeting.</summary>
    public ListSessions.Session Held { get; private set; } = null!;

    /// <summary>Who signs: the parties who took part, or where nobody said who did every applicant and respondent; whoever has signed; the mediator.</summary>
    public IReadOnlyList<string> Signers { get; private set; } = [];

    /// <summary>Somebody's signature under it; null while there is none.</summary>
    public ListSessions.Signed? SignedBy(string signer) => Details.Held.Signatures.FirstOrDefault(s => s.SessionId == Held.Id && s.Signer == signer);

    public async Task<IActionResult> OnGetAsync(Guid id, Guid session) =>
        !await LoadAsync(id, session) ? NotFound() : Details.MaySignOnScreen ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid session, [FromForm] string? signer, [FromForm] string? imagePng, [FromForm] string? key)
    {
        ModelState.Clear();
        UseKey(key, "key");
        var done = await TryAsync(() => SendAsync(new SignSession.Command(signer, imagePng) { CaseId = id, SessionId = session }));
        if (!await LoadAsync(id, session))
            return NotFound();
        if (!done)
            return Page();
        TempData["Notice"] = Localized.Case("SessionSigned");
        return Redirect(Signers.All(s => SignedBy(s) is not null) ? $"/cases/{id}#sessions" : $"/cases/{id}/sessions/{session}/sign");
    }

    private async Task<bool> LoadAsync(Guid id, Guid session)
    {
        Details = await CaseDetails.LoadAsync(this, id);
        NavigationRead = Details.Navigation;
        if (Details.Held.Sessions.FirstOrDefault(s => s.Id == session && s.Kind is SessionKind.Mediation) is not { } held)
            return false;
        Held = held;
        var there = held.Participants.Count > 0 ? held.Participants.Where(p => Details.Parties.Any(known => known.Id == p)) : Details.Principals.Select(p => p.Id);
        Signers = [.. there.Select(p => p.ToString()).Union(Details.Held.Signatures.Where(s => s.SessionId == session).Select(s => s.Signer)).Where(s => s != Agreement.MediatorSigner), Agreement.MediatorSigner];
        return true;
    }
}
