using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>A case: what it is, where it stands, until when and why, and what to do next.</summary>
public sealed class CaseModel(CaseAccess access) : AppPage
{
    /// <summary>Most obligations that the page adds rows for; the API takes more.</summary>
    private const int MostRows = 50;

    /// <summary>What the page shows.</summary>
    public CaseSheet Sheet { get; private set; } = null!;

    /// <summary>The action whose form stands open; null when none does.</summary>
    public string? Open { get; private set; }

    /// <summary>Number of another case that the open form begins with: a duplicate's.</summary>
    public string? OtherNumber { get; private set; }

    /// <summary>What was sent in that form; null when it is shown afresh.</summary>
    public IFormCollection? Posted { get; private set; }

    /// <summary>What was typed for an action that can no longer be done.</summary>
    public IReadOnlyList<string> Lost { get; private set; } = [];

    /// <summary>The rows of an agreement's obligations after one was added or removed.</summary>
    private List<AgreementRow>? _rows;

    /// <summary>Shows the case, with the form of one action open if the address says so.</summary>
    /// <param name="id">The case.</param>
    /// <param name="open">Name of the action.</param>
    /// <param name="number">Number of another case, for the form that asks for one.</param>
    public async Task OnGetAsync(Guid id, [FromQuery(Name = "do")] string? open, string? number = null)
    {
        OtherNumber = number;
        ModelState.Clear();
        await LoadAsync(id);
        Open = Sheet.Forms.FirstOrDefault(f => f.Name == open)?.Name;
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
        if (Posted.ContainsKey("addObligation") || Posted.ContainsKey("removeObligation"))
        {
            await LoadAsync(id);
            ChangeRows();
            return Page();
        }

        UseKey(Posted["key"], "key", form.Name);
        CaseView? after = null;
        if (await TryAsync(async () => after = await SendAsync(await CommandAsync(form, id)), error => CommandOf.Input(form, error)))
            return await DoneAsync(form, after!);

        await LoadAsync(id);
        Explain(form);
        return Page();
    }

    /// <summary>Whether an action's form stands open.</summary>
    public bool IsOpen(ActionForm form) => form.Name == Open;

    /// <summary>What stands in a field: what was typed, or what it starts with.</summary>
    public string? Value(ActionForm form, string name, string? otherwise = null) => IsOpen(form) && Posted is not null ? Posted[name].ToString() : otherwise;

    /// <summary>Whether one of several things is ticked in the open form.</summary>
    public bool Ticked(ActionForm form, string name, string choice) => IsOpen(form) && Posted is not null && Posted[name].Contains(choice);

    /// <summary>The sentences on a field of the open form.</summary>
    public IReadOnlyList<string> ErrorsOf(ActionForm form, string name) =>
        IsOpen(form) && ModelState.TryGetValue(name, out var entry) ? [.. entry.Errors.Select(e => e.ErrorMessage).Distinct()] : [];

    /// <summary>Sentences on the open form that belong to no single input: the refusal itself, and errors of the whole.</summary>
    public IReadOnlyList<string> Problems(ActionForm form)
    {
        if (!IsOpen(form) || Problem is null)
            return [];
        var others = ModelState.Where(e => e.Value is { Errors.Count: > 0 } && !IsInput(form, e.Key)).SelectMany(e => e.Value!.Errors.Select(x => x.ErrorMessage)).Distinct().ToList();
        return others.Count > 0 ? others : ModelState.ErrorCount > 0 ? [] : [Problem];
    }

    /// <summary>The obligations in an agreement's form: as typed, as they stand, or one empty row.</summary>
    public IReadOnlyList<AgreementRow> Rows(ActionForm form)
    {
        var rows = _rows is not null && IsOpen(form) ? _rows
            : IsOpen(form) && Posted is not null ? [.. AgreementRow.Posted(Posted).Where(r => !r.IsBlank)]
            : form.Action is CaseAction.ReviseAgreement ? [.. Sheet.View.Agreement!.Obligations.Select(AgreementRow.Of)]
            : new List<AgreementRow>();
        return rows.Count > 0 ? rows : [new AgreementRow(null, null, null, null)];
    }

    private async Task LoadAsync(Guid id)
    {
        Sheet = await CaseSheet.LoadAsync(this, id);
        FrameRead = Sheet.Frame;
    }

    private static bool IsInput(ActionForm form, string key) => form.Fields.Any(f => f.Kind switch
    {
        FieldKind.Consents => key.StartsWith("consents[", StringComparison.Ordinal),
        FieldKind.Agreement => key is "form" or "terms" or "amount" || key.StartsWith("obligations[", StringComparison.Ordinal),
        FieldKind.True or FieldKind.Principals or FieldKind.Parties or FieldKind.Signer => false,
        _ => key == f.Name,
    });

    private async Task<CaseCommand> CommandAsync(ActionForm form, Guid id)
    {
        Guid? target = null;
        if (form.Fields.FirstOrDefault(f => f.Kind is FieldKind.CaseNumber) is { } field && CommandOf.Typed(Posted!, field.Name) is { } number)
            target = await CaseSheet.FindAsync(this, number);
        var version = long.TryParse(Posted!["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : (long?)null;

        // A comment moves nothing, so it is none the worse for what happened meanwhile.
        if (form.Action is CaseAction.Comment)
            version = null;
        return CommandOf.Form(form, Posted, target) with { CaseId = id, ExpectedVersion = version };
    }

    private async Task<IActionResult> DoneAsync(ActionForm form, CaseView after)
    {
        TempData["Notice"] = T.C(form.Action switch
        {
            CaseAction.Sign when after.Agreement is { EffectiveAt: not null } => "Done.Sign.Effective",
            CaseAction.StartMediation when after.State is CaseState.MediationFailed => "Done.StartMediation.Refused",
            CaseAction.ReviseAgreement when after.Agreement is { Form: AgreementForm.Oral } => "Done.ReviseAgreement.Oral",
            var action => $"Done.{action}",
        });
        if (!await access.SeesAsync(after.Id, HttpContext.RequestAborted))
        {
            TempData["Notice"] = $"{TempData["Notice"]} {T.C("GoneFromView", after.Number)}";
            return Redirect("/work");
        }

        // Signatures usually come one after another.
        var next = form.Action is CaseAction.Sign && after.Agreement is { EffectiveAt: null } ? $"?do={form.Name}#do-{form.Name}" : "";
        return Redirect($"/cases/{after.Id}{next}");
    }

    /// <summary>Says what went wrong where the user looks: in the form if it is still there, else above the case with what was typed.</summary>
    private void Explain(ActionForm form)
    {
        if (Response.StatusCode == StatusCodes.Status412PreconditionFailed)
            Problem = T.C("Stale");
        if (ModelState.TryGetValue("mediation", out var choice) && choice.Errors.Count > 0 && CommandOf.Typed(Posted!, "mediation") is null)
        {
            ModelState.Remove("mediation");
            ModelState.AddModelError("mediation", T.C("ChooseOrganisation"));
        }

        if (Sheet.Find(form.Action) is not null)
            return;
        Open = null;
        if (Response.StatusCode == StatusCodes.Status412PreconditionFailed)
            Problem = T.C("StaleGone");
        Lost = [.. form.Fields.Where(f => f.Kind is FieldKind.Text or FieldKind.Lines).Select(f => CommandOf.Typed(Posted!, f.Name)).Append(CommandOf.Typed(Posted!, "terms")).OfType<string>()];
    }

    private void ChangeRows()
    {
        _rows = [.. AgreementRow.Posted(Posted!)];
        if (Posted!.ContainsKey("addObligation") && _rows.Count < MostRows)
            _rows.Add(new AgreementRow(null, null, null, null));
        else if (int.TryParse(Posted["removeObligation"], NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            _rows = [.. CommandOf.Rows(Posted, "obligations").Zip(_rows).Where(r => r.First != row).Select(r => r.Second)];
    }
}

/// <summary>One field of an action's form, as its partial draws it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Form">The form.</param>
/// <param name="Field">The field.</param>
public sealed record FieldInput(CaseModel Page, ActionForm Form, Field Field)
{
    /// <summary>The case.</summary>
    public CaseSheet Sheet => Page.Sheet;

    /// <summary>Id of the input, unlike that of any other form on the page.</summary>
    public string Id => $"{Form.Name}-{Field.Name}";

    /// <summary>What it is called.</summary>
    public string Label => T.Find($"{Form.Action}.{Field.Name}") ?? T.C($"Field.{Field.Name}");

    /// <summary>What is to be known about it.</summary>
    public string? Hint => T.Find($"{Form.Action}.{Field.Name}.Hint");

    /// <summary>What was typed, or what the field starts with.</summary>
    public string? Value => Page.Value(Form, Field.Name, Start);

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<string> Errors => Page.ErrorsOf(Form, Field.Name);

    private string? Start => (Form.Action, Field.Name) switch
    {
        (CaseAction.Merge or CaseAction.Link, "intoCaseId" or "toCaseId") => Page.IsOpen(Form) ? Page.OtherNumber : null,
        (CaseAction.RecordSession or CaseAction.RecordInvestigation, "heldAt") => Page.Now.ToOffset(LocalTime.Offset).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        (CaseAction.StartMediation, "mediatorChoice") => nameof(MediatorChoice.Accepted),
        (CaseAction.RecordSession, "place") => Sheet.Held.Sessions.FirstOrDefault()?.Place ?? Sheet.View.Holder.OrganisationName,
        (CaseAction.CompleteHandling, "outcome") => Sheet.View.State is CaseState.AgreementReached ? nameof(Outcome.Settled) : null,
        (CaseAction.ConfirmRisk, "risk") => (Sheet.View.ProposedRisk ?? Sheet.View.Risk).ToString(),
        (CaseAction.ConfirmRisk, "sponsor") => Sheet.View.RiskSponsor,
        (CaseAction.ConfirmRisk, "violence") => Sheet.View.ProposedViolence || Sheet.View.Violence ? "true" : null,
        (CaseAction.ConfirmRisk, "prevention") => Sheet.View.Prevention,
        (CaseAction.RecordPerformance, "performedOn") or (CaseAction.RecordFollowUp, "visitedOn") or (CaseAction.RecordConfirmation, "decidedOn") or (CaseAction.RecordPoliceNotice, "deliveredOn") =>
            Page.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (CaseAction.DecideExtension, "days") => Sheet.View.Extensions.FirstOrDefault(e => e.State is ExtensionState.Requested)?.Days.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}

/// <summary>A row of an agreement's obligations, or the template that the script copies.</summary>
/// <param name="Input">The form.</param>
/// <param name="Index">Index in the list.</param>
/// <param name="Number">Number as people count.</param>
/// <param name="Row">What was typed.</param>
public sealed record ObligationInput(FieldInput Input, string Index, string Number, AgreementRow Row);
