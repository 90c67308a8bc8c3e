using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using GridCases.Web.Api;

namespace GridCases.Web.Pages.Cases;

/// <summary>Turns what a form sent into the command that the API would have made of the same JSON, so that both are judged by the same rules.</summary>
public static class CommandOf
{
    /// <summary>Reads the posted form of an action.</summary>
    /// <param name="form">The form.</param>
    /// <param name="posted">What was sent.</param>
    /// <param name="target">The case whose number was typed, where the form asks for one.</param>
    /// <exception cref="InvalidInput">A field cannot be what it should be; the keys are names of inputs.</exception>
    public static CaseCommand Form(ActionForm form, IFormCollection posted, Guid? target)
    {
        var body = new JsonObject();
        var errors = new Dictionary<string, string[]>();
        foreach (var field in form.Fields)
            Add(body, errors, field, posted, target);
        if (errors.Count > 0)
            throw new InvalidInput(errors);
        try
        {
            return (CaseCommand)body.Deserialize(form.Command, Json.Options)!;
        }
        catch (JsonException e)
        {
            throw JsonBody.Explain(e);
        }
    }

    /// <summary>The name of the input that an error of the command is about.</summary>
    public static string Input(ActionForm form, string error) =>
        error is "track" or "organisationId" or "mediator" && form.Fields.Any(f => f.Kind is FieldKind.Mediation or FieldKind.OtherTrack) ? "mediation" : error;

    /// <summary>The rows that were posted under a name, in order: the numbers in <c>obligations[3].text</c>.</summary>
    public static IReadOnlyList<int> Rows(IFormCollection posted, string list) =>
    [
        .. posted.Keys.Where(k => k.StartsWith(list + "[", StringComparison.Ordinal))
            .Select(k => int.TryParse(k[(list.Length + 1)..].Split(']')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : -1)
            .Where(row => row is >= 0 and < 1000).Distinct().Order(),
    ];

    /// <summary>What was typed, without the carriage returns that browsers add and blanks around it; null when there is nothing.</summary>
    public static string? Typed(IFormCollection posted, string name)
    {
        var text = posted[name].ToString().ReplaceLineEndings("\n").Trim();
        return text.Length == 0 ? null : text;
    }

    private static void Add(JsonObject body, Dictionary<string, string[]> errors, Field field, IFormCollection posted, Guid? target)
    {
        var typed = Typed(posted, field.Name);
        switch (field.Kind)
        {
            case FieldKind.Text or FieldKind.Lines or FieldKind.Words or FieldKind.WordList or FieldKind.Day or FieldKind.ChildUnit or FieldKind.HigherUnit
                or FieldKind.Party or FieldKind.File or FieldKind.Link or FieldKind.Clock or FieldKind.Request or FieldKind.Obligation or FieldKind.Colleague:
                body[field.Name] = typed;
                break;
            case FieldKind.Signer:
                AddSignature(body, field, typed, Typed(posted, "imagePng"));
                break;
            case FieldKind.Moment:
                body[field.Name] = typed is null ? null : $"{typed}{(typed.Length == 16 ? ":00" : "")}+08:00";
                break;
            case FieldKind.Number or FieldKind.Stars:
                body[field.Name] = Number(typed, field.Name, errors);
                break;
            case FieldKind.Check:
                body[field.Name] = typed is not null ? true : null;
                break;
            case FieldKind.YesNo:
                body[field.Name] = typed is null ? null : typed == "true";
                break;
            case FieldKind.True:
                body[field.Name] = true;
                break;
            case FieldKind.Principals or FieldKind.Parties:
                body[field.Name] = new JsonArray([.. posted[field.Name].Select(id => JsonValue.Create(id))]);
                break;
            case FieldKind.Mediation or FieldKind.OtherTrack:
                AddMediation(body, field, typed);
                break;
            case FieldKind.CaseNumber:
                if (typed is not null && target is null)
                    errors[field.Name] = [T.C("MergeNotFound", typed)];
                body[field.Name] = target;
                break;
            case FieldKind.Consents:
                body[field.Name] = Consents(posted, field.Name);
                break;
            case FieldKind.Agreement:
                AddAgreement(body, errors, posted);
                break;
        }
    }

    /// <summary>The choice is <c>track:organisation</c> or <c>track:organisation:mediator</c>.</summary>
    private static void AddMediation(JsonObject body, Field field, string? typed)
    {
        if (typed?.Split(':', 3) is not [var track, var organisation, .. var rest])
            return;
        body["track"] = track;
        body["organisationId"] = organisation;
        if (rest is [var mediator])
            body["mediator"] = mediator;
    }

    /// <summary>The button that was pressed says who signs and how: <c>signer:Paper</c>.</summary>
    private static void AddSignature(JsonObject body, Field field, string? typed, string? image)
    {
        var parts = typed?.Split(':', 2);
        body[field.Name] = parts?[0];
        if (parts is [_, var how])
            body["how"] = how;
        if (parts is [_, nameof(SignatureMethod.Drawn)])
            body["imagePng"] = image;
    }

    private static JsonArray Consents(IFormCollection posted, string list)
    {
        var consents = new JsonArray();
        foreach (var row in Rows(posted, list))
        {
            consents.Add(new JsonObject
            {
                ["partyId"] = Typed(posted, $"{list}[{row}].partyId"),
                ["consented"] = Typed(posted, $"{list}[{row}].consented") switch { null => null, var answer => answer == "true" },
                ["how"] = Typed(posted, $"{list}[{row}].how"),
            });
        }

        return consents;
    }

    /// <summary>A row in which nothing but the party was chosen is an empty one and left out; the others are numbered anew, as the page will show them.</summary>
    private static void AddAgreement(JsonObject body, Dictionary<string, string[]> errors, IFormCollection posted)
    {
        body["form"] = Typed(posted, "form");
        body["terms"] = Typed(posted, "terms");
        body["amount"] = Yuan(Typed(posted, "amount"), "amount", errors);
        var obligations = new JsonArray();
        foreach (var row in AgreementRow.Posted(posted).Where(r => !r.IsBlank))
        {
            obligations.Add(new JsonObject
            {
                ["partyId"] = row.PartyId,
                ["text"] = row.Text,
                ["dueOn"] = row.DueOn,
                ["amount"] = Yuan(row.Amount, $"obligations[{obligations.Count}].amount", errors),
            });
        }

        body["obligations"] = obligations;
    }

    private static JsonValue? Number(string? typed, string name, Dictionary<string, string[]> errors)
    {
        if (typed is null)
            return null;
        if (int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);
        errors[name] = [Text.Field("NotANumber")];
        return null;
    }

    private static JsonValue? Yuan(string? typed, string name, Dictionary<string, string[]> errors)
    {
        if (typed is null)
            return null;
        var plain = typed.Replace(",", "", StringComparison.Ordinal).Replace("，", "", StringComparison.Ordinal).TrimStart('¥', '￥').TrimEnd('元').Trim();
        if (decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var yuan))
            return JsonValue.Create(yuan);
        errors[name] = [Text.Field("NotANumber")];
        return null;
    }
}

/// <summary>One obligation as it stands in the form.</summary>
public sealed record AgreementRow(string? PartyId, string? Text, string? DueOn, string? Amount)
{
    /// <summary>Whether nothing was typed.</summary>
    public bool IsBlank => Text is null && DueOn is null && Amount is null;

    /// <summary>The rows that were posted.</summary>
    public static IEnumerable<AgreementRow> Posted(IFormCollection posted) => CommandOf.Rows(posted, "obligations").Select(row => new AgreementRow(
        CommandOf.Typed(posted, $"obligations[{row}].partyId"),
        CommandOf.Typed(posted, $"obligations[{row}].text"),
        CommandOf.Typed(posted, $"obligations[{row}].dueOn"),
        CommandOf.Typed(posted, $"obligations[{row}].amount")));

    /// <summary>An obligation that stands in an agreement.</summary>
    public static AgreementRow Of(Obligation obligation) => new(
        obligation.PartyId.ToString(),
        obligation.Text,
        obligation.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        obligation.Amount?.ToString("0.##", CultureInfo.InvariantCulture));
}
