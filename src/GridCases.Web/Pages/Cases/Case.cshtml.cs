using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Web.Pages.Cases.Fields;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>A case: what it is, its state, until when and why, and what to do next.</summary>
public sealed class CaseModel(CaseAccess access) : AppPage
{
    /// <summary>Most obligations that the page adds rows for; the API takes more.</summary>
    private const int MostRows = 50;

    /// <summary>What the page shows.</summary>
    public CaseDetails Details { get; private set; } = null!;

    /// <summary>The action whose form is open; null when none is.</summary>
    public string? Open { get; private set; }

    /// <summary>Number of another case that the open form begins with: a duplicate's.</summary>
    public string? OtherNumber { get; private set; }

    /// <summary>The party that the form of a correction is about; null while none is chosen of several.</summary>
    public PartyView? Party => Details.Parties.FirstOrDefault(p => p.Id == _partyId) ?? (Details.Parties.Count == 1 ? Details.Parties[0] : null);

    /// <summary>What was sent in that form; null when it is shown afresh.</summary>
    public IFormCollection? Posted { get; private set; }

    /// <summary>What was typed for an action that can no longer be done.</summary>
    public IReadOnlyList<string> Lost { get; private set; } = [];

    /// <summary>What waits for the user next, after something was done here; null when nothing does.</summary>
    public ListCases.Row? NextCase { get; private set; }

    /// <summary>The party in the address, or in the form that was sent.</summary>
    private Guid? _partyId;

    /// <summary>The rows of an agreement's obligations after one was added or removed.</summary>
    private List<AgreementRow>? _rows;

    /// <summary>Shows the case, with the form of one action open if the address names it.</summary>
    /// <param name="id">The case.</param>
    /// <param name="open">Name of the action.</param>
    /// <param name="number">Number of another case, for the form that asks for one.</param>
    /// <param name="partyId">A party, for the form that is about one.</param>
    public async Task OnGetAsync(Guid id, [FromQuery(Name = "do")] string? open, string? number = null, string? partyId = null)
    {
        OtherNumber = number;
        _partyId = Guid.TryParse(partyId, out var chosen) ? chosen : null;
        ModelState.Clear();
        await LoadAsync(id);
        Open = Details.Forms.FirstOrDefault(f => f.Name == open)?.Name;
        if (TempData.Peek("Notice") is not null && Open is null)
            NextCase = (await SendAsync(new ListCases.Query { Mine = true, Sort = ListCases.Order.Due, Limit = 2 })).Items.FirstOrDefault(c => c.Id != id);
    }

    /// <summary>Does an action.</summary>
    /// <param name="id">The case.</param>
    /// <param name="open">Name of the action.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, [FromQuery(Name = "do")] string? open)
    {
        ModelState.Clear();
        if (Enum.GetValues<CaseAction>().Select(ActionForm.Of).FirstOrDefault(f => f?.Name == open) is not { } form)
            return NotFound();

        Posted = await Request.ReadFormAsync(HttpContext.RequestAborted);
        Open = form.Name;
        _partyId = Guid.TryParse(Posted["partyId"], out var chosen) ? chosen : null;
        if (Posted.ContainsKey("addObligation") || Posted.ContainsKey("removeObligation"))
        {
            await LoadAsync(id);
            ChangeRows();
            return Page();
        }

        UseKey(Posted["key"], "key", form.Name);
        CaseView? after = null;
        if (await TryAsync(async () => after = await SendAsync(await CommandAsync(form, id)), form.InputOf))
            return await DoneAsync(form, after!);

        await LoadAsync(id);
        Explain(form);
        return Page();
    }

    /// <summary>Whether an action's form is open.</summary>
    public bool IsOpen(ActionForm form) => form.Name == Open;

    /// <summary>The value of a field: what was typed, or what it starts with. What began with a fact on record and was left so shows what is on record now.</summary>
    public string? Value(ActionForm form, string name, string? otherwise = null) =>
        IsOpen(form) && Posted is not null && !PostedCommand.IsUntouched(Posted, name) ? Posted[name].ToString() : otherwise;

    /// <summary>Whether one of several things is ticked in the open form, or was to begin with.</summary>
    public bool Ticked(ActionForm form, string name, string choice, bool otherwise) => IsOpen(form) && Posted is not null ? Posted[name].Contains(choice) : otherwise;

    /// <summary>The sentences on a field of the open form.</summary>
    public IReadOnlyList<string> ErrorsOf(ActionForm form, string name) =>
        IsOpen(form) && ModelState.TryGetValue(name, out var entry) ? [.. entry.Errors.Select(e => e.ErrorMessage).Distinct()] : [];

    /// <summary>Sentences on the open form that belong to no single input: the refusal itself, and errors of the whole.</summary>
    public IReadOnlyList<string> Problems(ActionForm form)
    {
        if (!IsOpen(form) || Problem is null)
            return [];
        var others = ModelState.Where(e => e.Value is { Errors.Count: > 0 } && !form.Fields.Any(f => f.Control.Shows(f, e.Key))).SelectMany(e => e.Value!.Errors.Select(x => x.ErrorMessage)).Distinct().ToList();
        return others.Count > 0 ? others : ModelState.ErrorCount > 0 ? [] : [Problem];
    }

    /// <summary>The obligations in an agreement's form: as typed, as agreed so far, or one empty row.</summary>
    public IReadOnlyList<AgreementRow> Rows(ActionForm form)
    {
        var rows = _rows is not null && IsOpen(form) ? _rows
            : IsOpen(form) && Posted is not null ? [.. AgreementRow.Posted(Posted).Where(r => !r.IsBlank)]
            : form.Action is CaseAction.ReviseAgreement ? [.. Details.View.Agreement!.Obligations.Select(AgreementRow.Of)]
            : new List<AgreementRow>();
        return rows.Count > 0 ? rows : [AgreementRow.Empty];
    }

    private async Task LoadAsync(Guid id)
    {
        Details = await CaseDetails.LoadAsync(this, id);
        NavigationRead = Details.Navigation;
    }

    private async Task<CaseCommand> CommandAsync(ActionForm form, Guid id)
    {
        Guid? otherCase = null;
        if (form.Fields.FirstOrDefault(f => f.Kind is FieldKind.CaseNumber) is { } field && Posted!.Typed(field.Name) is { } number)
            otherCase = await CaseDetails.FindAsync(this, number);
        var version = long.TryParse(Posted!["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : (long?)null;

        // A comment changes nothing, so it does not matter what happened since the page was read.
        if (form.Action is CaseAction.Comment)
            version = null;
        return PostedCommand.Read(form, Posted, otherCase) with { CaseId = id, ExpectedVersion = version };
    }

    private async Task<IActionResult> DoneAsync(ActionForm form, CaseView after)
    {
        TempData["Notice"] = Localized.Case(form.Action switch
        {
            CaseAction.Sign when after.Agreement is { EffectiveAt: not null } => "Done.Sign.Effective",
            CaseAction.StartMediation or CaseAction.RecordConsent or CaseAction.AddParty when after.State is CaseState.MediationFailed => "Done.StartMediation.Refused",
            CaseAction.AddParty when after.State is CaseState.InMediation && after.Parties[^1] is { Role: PartyRole.Applicant or PartyRole.Respondent, Consented: null } => "Done.AddParty.Ask",
            CaseAction.ReviseAgreement when after.Agreement is { Form: AgreementForm.Oral } => "Done.ReviseAgreement.Oral",
            var action => $"Done.{action}",
        });
        if (!await access.SeesAsync(after.Id, HttpContext.RequestAborted))
        {
            TempData["Notice"] = $"{TempData["Notice"]} {Localized.Case("GoneFromView", after.Number)}";
            return Redirect("/work");
        }

        // Signatures usually come one after another.
        var next = form.Action is CaseAction.Sign && after.Agreement is { EffectiveAt: null } ? $"?do={form.Name}#do-{form.Name}" : "";
        return Redirect($"/cases/{after.Id}{next}");
    }

    /// <summary>Shows what went wrong where the user looks: in the form if it is still there, else above the case with what was typed.</summary>
    private void Explain(ActionForm form)
    {
        if (Response.StatusCode == StatusCodes.Status412PreconditionFailed)
            Problem = Localized.Case("Stale");
        if (ModelState.TryGetValue("mediation", out var choice) && choice.Errors.Count > 0 && Posted!.Typed("mediation") is null)
        {
            ModelState.Remove("mediation");
            ModelState.AddModelError("mediation", Localized.Case("ChooseOrganisation"));
        }

        if (Details.Find(form.Action) is not null)
            return;
        Open = null;
        if (Response.StatusCode == StatusCodes.Status412PreconditionFailed)
            Problem = Localized.Case("StaleGone");
        Lost = [.. form.Fields.Select(f => f.Control.Prose(f, Posted!)).OfType<string>()];
    }

    private void ChangeRows()
    {
        _rows = [.. AgreementRow.Posted(Posted!)];
        if (Posted!.ContainsKey("addObligation") && _rows.Count < MostRows)
            _rows.Add(AgreementRow.Empty);
        else if (int.TryParse(Posted["removeObligation"], NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            _rows = [.. Posted.Rows("obligations").Zip(_rows).Where(r => r.First != row).Select(r => r.Second)];
    }
}
