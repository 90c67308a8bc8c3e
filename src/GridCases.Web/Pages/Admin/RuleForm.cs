using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Pipeline;
using GridCases.Texts;
using GridCases.Web.Api;
using GridCases.Web.Pages.Cases;

namespace GridCases.Web.Pages.Admin;

/// <summary>
/// The forms of a rule and of a year's calendar: inputs are named as the API's JSON names the fields, so that both are read and judged alike, and an error
/// finds its input by itself.
/// </summary>
public static class RuleForm
{
    /// <summary>The inputs of a policy as they stand: how the former version fills them, or a new rule begins.</summary>
    public static IReadOnlyDictionary<string, string?> Filled(DeadlinePolicy? former, DateOnly today)
    {
        var from = former?.EffectiveFrom > today ? former.EffectiveFrom : today;
        var filled = new Dictionary<string, string?>
        {
            ["stage"] = former?.Stage.ToString(),
            ["unitLevel"] = former?.UnitLevel?.ToString(),
            ["track"] = former?.Track?.ToString(),
            ["entrustment"] = former?.Entrustment?.ToString(),
            ["organisationKind"] = former?.OrganisationKind?.ToString(),
            ["category"] = former?.Category?.ToString(),
            ["risk"] = former?.Risk?.ToString(),
            ["urgency"] = former?.Urgency?.ToString(),
            ["effectiveFrom"] = $"{from:yyyy-MM-dd}",
            ["limit.amount"] = former?.Limit?.Amount.ToString(CultureInfo.InvariantCulture),
            ["limit.unit"] = (former is null ? LimitUnit.WorkingDays : former.Limit?.Unit)?.ToString(),
            ["warningLead.amount"] = (former?.WarningLead.Amount ?? 1).ToString(CultureInfo.InvariantCulture),
            ["warningLead.unit"] = (former?.WarningLead.Unit ?? LimitUnit.WorkingDays).ToString(),
            ["maxExtension"] = (former is null ? 0 : former.MaxExtension)?.ToString(CultureInfo.InvariantCulture),
            ["extensionNeedsPartiesConsent"] = former?.ExtensionNeedsPartiesConsent is true ? "true" : null,
            ["extensionByHigherAuthority"] = former?.ExtensionByHigherAuthority is true ? "true" : null,
            ["escalates"] = former?.Escalates is false ? null : "true",
        };
        var ladder = former?.LaterLevels ?? [Limit.WorkingDays(2), Limit.WorkingDays(5), Limit.WorkingDays(10)];
        for (var i = 0; i < PolicyInput.MostLaterLevels; i++)
        {
            filled[$"laterLevels[{i}].amount"] = i < ladder.Count ? ladder[i].Amount.ToString(CultureInfo.InvariantCulture) : null;
            filled[$"laterLevels[{i}].unit"] = (i < ladder.Count ? ladder[i].Unit : LimitUnit.WorkingDays).ToString();
        }

        return filled;
    }

    /// <summary>Reads a posted policy; the conditions of a former version are its own, whatever was posted.</summary>
    /// <exception cref="InvalidInput">A field cannot be what it should be; the keys are names of inputs.</exception>
    public static T Policy<T>(IFormCollection posted, DeadlinePolicy? former)
    {
        var errors = new Dictionary<string, string[]>();
        var conditions = former is null ? null : Filled(former, former.EffectiveFrom);
        var body = new JsonObject();
        foreach (var name in new[] { "stage", "unitLevel", "track", "entrustment", "organisationKind", "category", "risk", "urgency" })
            body[name] = conditions is null ? CommandOf.Typed(posted, name) : conditions[name];
        body["effectiveFrom"] = CommandOf.Typed(posted, "effectiveFrom");
        body["limit"] = Length("limit");
        body["warningLead"] = Length("warningLead");
        body["maxExtension"] = Number("maxExtension");
        body["extensionNeedsPartiesConsent"] = CommandOf.Typed(posted, "extensionNeedsPartiesConsent") == "true";
        body["extensionByHigherAuthority"] = CommandOf.Typed(posted, "extensionByHigherAuthority") == "true";
        body["escalates"] = CommandOf.Typed(posted, "escalates") == "true";
        if (CommandOf.Typed(posted, "escalates") == "true")
            body["laterLevels"] = new JsonArray([.. Enumerable.Range(0, PolicyInput.MostLaterLevels).Select(i => Length($"laterLevels[{i}]")).Where(l => l is not null)]);
        return Read<T>(body, errors);

        JsonObject? Length(string name) => CommandOf.Typed(posted, name + ".amount") is null
            ? null
            : new JsonObject { ["amount"] = Number(name + ".amount"), ["unit"] = CommandOf.Typed(posted, name + ".unit") };

        JsonValue? Number(string name)
        {
            if (CommandOf.Typed(posted, name) is not { } typed)
                return null;
            if (int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return JsonValue.Create(number);
            errors[name] = [Text.Field("NotANumber")];
            return null;
        }
    }

    /// <summary>A year's inputs: what was typed, without the rows left empty.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Source">Where it was published.</param>
    /// <param name="RestDays">First and last days.</param>
    /// <param name="MakeUpWorkdays">Days.</param>
    public sealed record CalendarTyped(string? Year, string? Source, IReadOnlyList<(string? From, string? To)> RestDays, IReadOnlyList<string> MakeUpWorkdays)
    {
        /// <summary>As it is loaded.</summary>
        public static CalendarTyped Of(GetCalendar.Notice notice) => new(
            notice.Year.ToString(CultureInfo.InvariantCulture),
            notice.Source,
            [.. notice.RestDays.Select(r => ((string?)$"{r.From:yyyy-MM-dd}", (string?)$"{r.To:yyyy-MM-dd}"))],
            [.. notice.MakeUpWorkdays.Select(d => $"{d:yyyy-MM-dd}")]);

        /// <summary>As it was posted.</summary>
        public static CalendarTyped Of(IFormCollection posted) => new(
            CommandOf.Typed(posted, "year"),
            CommandOf.Typed(posted, "source"),
            [.. CommandOf.Rows(posted, "restDays").Select(i => (CommandOf.Typed(posted, $"restDays[{i}].from"), CommandOf.Typed(posted, $"restDays[{i}].to"))).Where(r => r is not (null, null))],
            [.. CommandOf.Rows(posted, "makeUpWorkdays").Select(i => CommandOf.Typed(posted, $"makeUpWorkdays[{i}]")).OfType<string>()]);

        /// <summary>The message.</summary>
        /// <exception cref="InvalidInput">A field cannot be what it should be; the keys are names of inputs.</exception>
        public T To<T>()
        {
            var errors = new Dictionary<string, string[]>();
            int? year = int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (Year is not null && year is null)
                errors["year"] = [Text.Field("NotANumber")];
            return Read<T>(
                new JsonObject
                {
                    ["year"] = year,
                    ["source"] = Source,
                    ["restDays"] = new JsonArray([.. RestDays.Select(r => new JsonObject { ["from"] = r.From, ["to"] = r.To })]),
                    ["makeUpWorkdays"] = new JsonArray([.. MakeUpWorkdays.Select(d => JsonValue.Create(d))]),
                },
                errors);
        }
    }

    private static T Read<T>(JsonObject body, Dictionary<string, string[]> errors)
    {
        if (errors.Count > 0)
            throw new InvalidInput(errors);
        try
        {
            return body.Deserialize<T>(Json.Options)!;
        }
        catch (JsonException e)
        {
            throw JsonBody.Explain(e);
        }
    }
}
