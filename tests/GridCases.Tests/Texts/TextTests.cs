using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Tests.Texts;

/// <summary>Whatever the program may say to a person it can say in both languages.</summary>
public partial class TextTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)];

    private static readonly string[] Files =
        [.. typeof(Text).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("GridCases.Texts.", StringComparison.Ordinal) && n.EndsWith(".resources", StringComparison.Ordinal))
            .Select(n => n["GridCases.Texts.".Length..^".resources".Length])];

    [Test]
    public void Every_broken_rule_has_its_sentence() => AllAreSaid("Rules", InSources(RuleCode()), atLeast: 40);

    /// <summary>A kind of entry in the journal is said in a sentence of the case page, an action beside it; nobody reads the names of authorities.</summary>
    [Test]
    public void Every_word_has_its_label() => AllAreSaid(
        "Words",
        typeof(CaseState).Assembly.GetExportedTypes().Where(t => t.IsEnum && t != typeof(CaseEventKind) && t != typeof(CaseAction) && t != typeof(Authority)).SelectMany(t => Enum.GetNames(t).Select(n => $"{t.Name}.{n}")),
        atLeast: 150);

    [Test]
    public void Every_action_has_its_label() => AllAreSaid("Actions", Enum.GetNames<CaseAction>().Select(n => $"CaseAction.{n}"), atLeast: 50);

    [Test]
    public void Every_step_of_a_due_date_has_its_sentence() => AllAreSaid(
        "Clocks",
        ClockKey().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "GridCases", "Features", "Clocks", "ClockSentences.cs"))).Select(m => m.Groups[1].Value)
            .Append("Comma").Concat(Enum.GetNames<LimitUnit>().Select(u => $"Length.{u}")),
        atLeast: 15);

    [Test]
    public void Every_complaint_about_a_field_has_its_sentence() =>
        AllAreSaid("Fields", InSources(FieldKey()).Concat(InSources(JsonKey())), atLeast: 30);

    [Test]
    public void Every_refusal_has_its_sentence() => AllAreSaid("Errors", InSources(ErrorKey()), atLeast: 15);

    /// <summary>A line that can be other than fine says what to do.</summary>
    [Test]
    public void Every_line_of_the_status_has_its_label_its_value_and_what_to_do() => AllAreSaid(
        "Status",
        Sources.SelectMany(source => StatusKey().Matches(source)).SelectMany(m => m.Groups[2].Value == "StatusState.Fine" ? [m.Groups[1].Value, m.Groups[1].Value + ".Value"] : (string[])[m.Groups[1].Value, m.Groups[1].Value + ".Value", m.Groups[1].Value + ".Do"])
            .Where(key => !key.Equals("JobNever", StringComparison.Ordinal)) // labelled by the job's own name
            .Concat(InSources(StatusWord()))
            .Concat(["Job.Value", "Job.Do", "JobFailed.Value", "JobFailed.Do"])
            .Concat(["Engine.Hangfire", "Engine.Timer", "Engine.None"]),
        atLeast: 40);

    [Test]
    public void Every_field_of_a_message_has_a_name_for_people() => AllAreSaid(
        "Fields",
        typeof(ICommand<>).Assembly.GetTypes()
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(FluentValidation.IValidator<>)) && t.BaseType!.IsGenericType)
            .Select(t => t.BaseType!.GetGenericArguments()[0])
            .Where(message => !message.IsDefined(typeof(AllowedToSystemAttribute)))
            .SelectMany(message => Fields(message, [])),
        atLeast: 60);

    [Test]
    public void Both_languages_say_the_same_things_with_the_same_gaps()
    {
        Assert.That(Files, Has.Length.GreaterThanOrEqualTo(5));
        foreach (var file in Files)
        {
            var chinese = Text.Keys(file, CultureInfo.InvariantCulture);
            Assert.That(Text.Keys(file, English), Is.EquivalentTo(chinese), file);
            foreach (var key in chinese)
                Assert.That(Gaps(file, key, English), Is.EqualTo(Gaps(file, key, CultureInfo.InvariantCulture)), $"{file}.{key}");
        }
    }

    private static void AllAreSaid(string file, IEnumerable<string> keys, int atLeast)
    {
        var wanted = keys.Distinct().ToList();
        Assert.That(wanted, Has.Count.GreaterThanOrEqualTo(atLeast), "found too few: the search is broken");
        Assert.Multiple(() =>
        {
            Assert.That(wanted.Except(Text.Keys(file, CultureInfo.InvariantCulture)), Is.Empty, "in Chinese");
            Assert.That(wanted.Except(Text.Keys(file, English)), Is.Empty, "in English");
        });
    }

    private static IEnumerable<string> InSources(Regex pattern) =>
        Sources.SelectMany(source => pattern.Matches(source)).Select(match => match.Groups[1].Value);

    /// <summary>The members a validator can complain of, those of lists and parts too. What stands in the address or a header is none.</summary>
    private static IEnumerable<string> Fields(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            yield break;
        foreach (var property in type.GetProperties().Where(p => p.Name is not ("CaseId" or "EscalationId" or "ExpectedVersion")))
        {
            yield return property.Name;
            var part = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
            if (part.Namespace?.StartsWith("GridCases.Features", StringComparison.Ordinal) == true && !part.IsEnum)
            {
                foreach (var inner in Fields(part, seen))
                    yield return inner;
            }
        }
    }

    private static string Gaps(string file, string key, CultureInfo culture)
    {
        CultureInfo.CurrentUICulture = culture;
        return string.Join(' ', Gap().Matches(Text.Find(file, key)!).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"new RuleViolation\(""(\w+)""")]
    private static partial Regex RuleCode();

    [GeneratedRegex(@"\bSay\(""(\w+)""")]
    private static partial Regex ClockKey();

    [GeneratedRegex(@"\bText\.Field\(""(\w+)""")]
    private static partial Regex FieldKey();

    [GeneratedRegex(@"new JsonException\(\$?""(\w+)")]
    private static partial Regex JsonKey();

    [GeneratedRegex(@"\bText\.Error\(""(\w+)""")]
    private static partial Regex ErrorKey();

    [GeneratedRegex(@"StatusLine\.Of\(\s*StatusGroup\.\w+,\s*""(\w+)"",\s*([\w.]+)")]
    private static partial Regex StatusKey();

    [GeneratedRegex(@"\bSay\(""(Seconds|Minutes|Hours|Days|Ago|Never|NothingWaits|NobodySeen|NotTold)""")]
    private static partial Regex StatusWord();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Gap();
}
