using System.Globalization;
using System.Text.Json.Nodes;
using GridCases.Domain;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>An agreement: form, terms, amount, obligations.</summary>
public sealed class AgreementControl : FieldControl
{
    public override string Partial(FieldInput input) => "_AgreementFields";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.None;

    /// <summary>A row in which nothing but the party was chosen is an empty one and left out; the others are numbered anew, as the page will show them.</summary>
    public override void Read(Field field, PostedCommand command)
    {
        command.Body["form"] = command.Typed("form");
        command.Body["terms"] = command.Typed("terms");
        command.Body["amount"] = PostedForm.Yuan(command.Typed("amount"), "amount", command.Errors);
        var obligations = new JsonArray();
        foreach (var row in AgreementRow.Posted(command.Posted).Where(r => !r.IsBlank))
        {
            obligations.Add(new JsonObject
            {
                ["partyId"] = row.PartyId,
                ["text"] = row.Text,
                ["dueOn"] = row.DueOn,
                ["amount"] = PostedForm.Yuan(row.Amount, $"obligations[{obligations.Count}].amount", command.Errors),
                ["about"] = row.About,
            });
        }

        command.Body["obligations"] = obligations;
    }

    public override bool Shows(Field field, string key) => key is "form" or "terms" or "amount" || key.StartsWith("obligations[", StringComparison.Ordinal);

    public override string? Prose(Field field, IFormCollection posted) => posted.Typed("terms");
}

/// <summary>One obligation as it stands in the form.</summary>
public sealed record AgreementRow(string? PartyId, string? Text, string? DueOn, string? Amount, string? About)
{
    /// <summary>The row that waits for the next obligation.</summary>
    public static AgreementRow Empty { get; } = new(null, null, null, null, null);

    /// <summary>What is asked about: whether somebody pays or does something, the amount tells.</summary>
    public static IReadOnlyList<ObligationSubject> Subjects { get; } = [.. Enum.GetValues<ObligationSubject>().Except([ObligationSubject.Payment, ObligationSubject.Act])];

    /// <summary>Whether nothing was typed.</summary>
    public bool IsBlank => Text is null && DueOn is null && Amount is null && About is null;

    /// <summary>The rows that were posted.</summary>
    public static IEnumerable<AgreementRow> Posted(IFormCollection posted) => posted.Rows("obligations").Select(row => new AgreementRow(
        posted.Typed($"obligations[{row}].partyId"),
        posted.Typed($"obligations[{row}].text"),
        posted.Typed($"obligations[{row}].dueOn"),
        posted.Typed($"obligations[{row}].amount"),
        posted.Typed($"obligations[{row}].about")));

    /// <summary>An obligation that stands in an agreement.</summary>
    public static AgreementRow Of(Obligation obligation) => new(
        obligation.PartyId.ToString(),
        obligation.Text,
        obligation.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        obligation.Amount?.ToString("0.##", CultureInfo.InvariantCulture),
        Subjects.Contains(obligation.About) ? obligation.About.ToString() : null);
}

/// <summary>A row of an agreement's obligations, or the template that the script copies.</summary>
/// <param name="Input">The field of the agreement.</param>
/// <param name="Index">Index in the list.</param>
/// <param name="Number">Number as people count.</param>
/// <param name="Row">What was typed.</param>
public sealed record ObligationInput(FieldInput Input, string Index, string Number, AgreementRow Row);
