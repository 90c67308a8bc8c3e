using System.Globalization;
using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Deadlines;
using GridCases.Features.Outbox;

namespace GridCases.Web.Pages.Admin;

/// <summary>
/// The forms of a rule and of a year's calendar: inputs are named as the API's JSON names the fields, so that both are read and judged alike, and an error
/// finds its input by itself.
/// </summary>
public static class RuleForm
{
    /// <summary>The values with which a policy's form starts: those of the former version, or the defaults of a new rule.</summary>
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
            body[name] = conditions is null ? posted.Typed(name) : conditions[name];
        body["effectiveFrom"] = posted.Typed("effectiveFrom");
        body["limit"] = Length("limit");
        body["warningLead"] = Length("warningLead");
        body["maxExtension"] = Number("maxExtension");
        body["extensionNeedsPartiesConsent"] = posted.Typed("extensionNeedsPartiesConsent") == "true";
        body["extensionByHigherAuthority"] = posted.Typed("extensionByHigherAuthority") == "true";
        body["escalates"] = posted.Typed("escalates") == "true";
        if (posted.Typed("escalates") == "true")
            body["laterLevels"] = new JsonArray([.. Enumerable.Range(0, PolicyInput.MostLaterLevels).Select(i => Length($"laterLevels[{i}]")).Where(l => l is not null)]);
        return (T)PostedForm.Message(typeof(T), body, errors);

        JsonObject? Length(string name) => posted.Typed(name + ".amount") is null
            ? null
            : new JsonObject { ["amount"] = Number(name + ".amount"), ["unit"] = posted.Typed(name + ".unit") };

        int? Number(string name) => PostedForm.Number(posted.Typed(name), name, errors, name == "maxExtension" ? Counted.Days : Counted.Things);
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
            posted.Typed("year"),
            posted.Typed("source"),
            [.. posted.Rows("restDays").Select(i => (posted.Typed($"restDays[{i}].from"), posted.Typed($"restDays[{i}].to"))).Where(r => r is not (null, null))],
            [.. posted.Rows("makeUpWorkdays").Select(i => posted.Typed($"makeUpWorkdays[{i}]")).OfType<string>()]);

        /// <summary>The message.</summary>
        /// <exception cref="InvalidInput">A field cannot be what it should be; the keys are names of inputs.</exception>
        public T To<T>()
        {
            var errors = new Dictionary<string, string[]>();
            var year = PostedForm.Number(Year, "year", errors, Counted.Years);
            return (T)PostedForm.Message(
                typeof(T),
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
}
