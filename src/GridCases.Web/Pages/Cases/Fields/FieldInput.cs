using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>One field of an action's form in one case, as its partial draws it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Form">The form.</param>
/// <param name="Field">The field.</param>
public sealed record FieldInput(CaseModel Page, ActionForm Form, Field Field)
{
    /// <summary>What the page shows of the case.</summary>
    public CaseDetails Details => Page.Details;

    /// <summary>The field's kind at work.</summary>
    public FieldControl Control => Field.Control;

    /// <summary>Id of the input, unlike that of any other form on the page.</summary>
    public string Id => $"{Form.Name}-{Field.Name}";

    /// <summary>The field's name for the user: the action's own word for it, else the common one.</summary>
    public string Label => Localized.Find($"{Form.Action}.{Field.Name}") ?? Localized.Case($"Field.{Field.Name}");

    /// <summary>A sentence of help below the input; null when the label is enough.</summary>
    public string? Hint => Localized.Find($"{Form.Action}.{Field.Name}.Hint");

    /// <summary>What was typed, or what the field starts with.</summary>
    public string? Value => Page.Value(Form, Field.Name, Field.IsPrefilled ? Present : Control.Start(this) ?? Start);

    /// <summary>What is on record of the fact that the field corrects, masked where the page masks it; null when there is nothing.</summary>
    public string? Present => (Form.Action, Field.Name) switch
    {
        (CaseAction.Correct, "title") => Details.View.Title,
        (CaseAction.Correct, "summary") => Details.View.Summary,
        (CaseAction.Correct, "category") => Details.View.Category.ToString(),
        (CaseAction.Correct, "occurredOn") => Details.View.OccurredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (CaseAction.Correct, "source") => Details.View.Source.ToString(),
        (CaseAction.Correct, "urgency") => Details.View.Urgency.ToString(),
        (CaseAction.Correct, "scale") => Details.View.Scale.ToString(),
        (CaseAction.Correct, "peopleInvolved") => Details.View.PeopleInvolved?.ToString(CultureInfo.InvariantCulture),
        (CaseAction.Correct, "amountInDispute") => Details.View.AmountInDispute?.ToString("0.##", CultureInfo.InvariantCulture),
        (CaseAction.CorrectParty, "name") => Page.Party?.Name,
        (CaseAction.CorrectParty, "role") => Page.Party?.Role.ToString(),
        (CaseAction.CorrectParty, "kind") => Page.Party?.Kind.ToString(),
        (CaseAction.CorrectParty, "phone") => Page.Party?.Phone,
        (CaseAction.CorrectParty, "idNumber") => Page.Party?.IdNumber,
        (CaseAction.CorrectParty, "sex") => Page.Party?.Sex?.ToString(),
        (CaseAction.CorrectParty, "birthDate") => Page.Party?.BirthDate,
        (CaseAction.CorrectParty, "address") => Page.Party?.Address,
        _ => null,
    };

    /// <summary>What can be chosen in it.</summary>
    public IReadOnlyList<Choice> Choices => Control.Choices(this);

    /// <summary>What kind of number is typed into it, if that is looked at as it is typed.</summary>
    public NumberField? Number => Field.Name switch { "idNumber" => NumberField.IdNumber, "phone" => NumberField.Phone, _ => null };

    /// <summary>Sentences on what is wrong with it.</summary>
    public IReadOnlyList<string> Errors => Page.ErrorsOf(Form, Field.Name);

    /// <summary>The class that marks a wrong input, to be appended to its others.</summary>
    public string InvalidClass => Errors.Count > 0 ? " is-invalid" : "";

    public string? Invalid => Errors.Count > 0 ? "true" : null;

    /// <summary>Value of <c>aria-describedby</c>: the sentences on what is wrong.</summary>
    public string? DescribedBy => Errors.Count > 0 ? $"{Id}-error" : null;

    /// <summary>Whether the browser demands it. A reason for missing papers is optional only for a complete file, and then it is not asked for.</summary>
    public bool IsRequired => (!Field.IsOptional || Field.Name == "missingReason") && When is null;

    /// <summary>Whether the label says that it may be left out; what is shown only now and then does not need to.</summary>
    public bool SaysOptional => !IsRequired && When is null && Form.Action is not (CaseAction.Correct or CaseAction.CorrectParty);

    /// <summary>Value of <c>data-show-when</c>: the choices in another field beside which it is shown.</summary>
    public string? When => Field.When == "mediation" ? $"mediation={string.Join('|', MediationControl.Judicial(Details))}" : Field.When;

    /// <summary>Whether it is drawn at all.</summary>
    public bool IsShown => When != "mediation=" && Control.IsShown(this);

    private string? Start => (Form.Action, Field.Name) switch
    {
        (CaseAction.RecordSession or CaseAction.RecordInvestigation, "heldAt") => Page.Now.ToOffset(LocalTime.Offset).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        (CaseAction.AddParty, "role") => nameof(PartyRole.Respondent),
        (CaseAction.AddParty, "kind") => nameof(PartyKind.Person),
        (CaseAction.WithdrawParty or CaseAction.RecordConsent, "partyId") => Page.Party?.Id.ToString(),
        (CaseAction.StartMediation, "mediatorChoice") => nameof(MediatorChoice.Accepted),
        (CaseAction.RecordSession, "place") => Details.Held.Sessions.FirstOrDefault()?.Place ?? Details.View.Holder.OrganisationName,
        (CaseAction.CompleteHandling, "outcome") => Details.View.State is CaseState.AgreementReached ? nameof(Outcome.Settled) : null,
        (CaseAction.ConfirmRisk, "risk") => (Details.View.ProposedRisk ?? Details.View.Risk).ToString(),
        (CaseAction.ConfirmRisk, "sponsor") => Details.View.RiskSponsor,
        (CaseAction.ConfirmRisk, "violence") => Details.View.ProposedViolence || Details.View.Violence ? "true" : null,
        (CaseAction.ConfirmRisk, "prevention") => Details.View.Prevention,
        (CaseAction.DecideExtension, "days") => Details.View.Extensions.FirstOrDefault(e => e.State is ExtensionState.Requested)?.Days.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
