using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridCases.Pipeline;

namespace GridCases.Web.Tests.Hosting;

/// <summary>What operators read and draw is what the program publishes: the table in docs/operating.md and the example dashboard.</summary>
[NonParallelizable] // its listener hears everything in the process
public partial class TelemetryDocumentsTests
{
    private static readonly string Docs = Path.Combine(ServerProcess.WebProject(), "..", "..", "docs");

    private static readonly IReadOnlyList<Instrument> Own = Instruments();

    [Test]
    public void Every_metric_stands_in_the_operators_table_and_none_that_there_is_not()
    {
        var told = OwnName().Matches(Section("## Metrics and traces")).Select(m => m.Groups[1].Value).Where(name => name is not "gridcases.ids");

        Assert.That(Own, Has.Count.GreaterThan(10), "instruments are found at all");
        Assert.That(told, Is.EquivalentTo(Own.Select(i => i.Name)));
        Assert.That(Section("## Metrics and traces"), Does.Contain($"source `{Telemetry.Name}`").And.Contain("`gridcases.ids`"));
    }

    [Test]
    public async Task Every_metric_of_the_dashboard_is_one_that_the_program_or_its_framework_publishes()
    {
        var published = await PublishedAsync();
        var drawn = Drawn(JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Docs, "deploy", "dashboard.json"))).RootElement);

        Assert.That(drawn, Has.Count.GreaterThan(15), "metrics are found at all");
        Assert.That(drawn.Except(published), Is.Empty);
        Assert.That(Own.SelectMany(InPrometheus).Where(name => !name.EndsWith("_bucket", StringComparison.Ordinal) && !name.EndsWith("_sum", StringComparison.Ordinal)).Except(drawn), Is.Empty, "ours are all drawn");
    }

    [Test]
    public void Every_line_of_the_status_page_stands_in_the_operators_table()
    {
        var told = Section("## Status page");
        var sources = Directory.EnumerateFiles(Path.Combine(ServerProcess.WebProject(), ".."), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText);
        var keys = sources.SelectMany(source => StatusKey().Matches(source)).Select(m => m.Groups[1].Value).Where(key => key is not ("JobNever" or "CertificateUnreadable")).Distinct().ToList();

        Assert.That(keys, Has.Count.GreaterThan(10), "lines are found at all");
        Assert.That(keys.Where(key => !told.Contains($"`{key}`", StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>Every setting of the program's own, as far as the sources name it, stands in the one table of settings.</summary>
    [Test]
    public void Every_section_of_settings_stands_in_the_operators_table()
    {
        var told = Section("## Settings");
        var sources = Directory.EnumerateFiles(Path.Combine(ServerProcess.WebProject(), ".."), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText);
        var settings = sources.SelectMany(source => Setting().Matches(source)).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.That(settings, Has.Count.GreaterThan(8), "settings are found at all");
        Assert.That(settings.Where(name => !told.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    private static List<Instrument> Instruments() =>
    [
        .. from assembly in new[] { typeof(Setup).Assembly, typeof(Program).Assembly, typeof(GridCases.Hangfire.HangfireEngine).Assembly }
           from type in assembly.GetTypes()
           where !type.ContainsGenericParameters
           from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
           where field.FieldType.IsAssignableTo(typeof(Instrument))
           select Made(type, field),
    ];

    private static Instrument Made(Type type, FieldInfo field)
    {
        RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        return (Instrument)field.GetValue(null)!;
    }

    /// <summary>Names in Prometheus of all that is published in this process once a page has been asked for.</summary>
    private static async Task<HashSet<string>> PublishedAsync()
    {
        var names = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (names)
                    names.UnionWith(InPrometheus(instrument));
            },
        };
        listener.Start();
        await using var server = TestServer.Start();
        await server.Anonymous().AskAsync("/healthz/live");
        lock (names)
            return [.. names];
    }

    /// <summary>As OpenTelemetry's rules translate a name: dots become underscores, units are written out, what only grows ends in total.</summary>
    private static IEnumerable<string> InPrometheus(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? [name + "_bucket", name + "_sum", name + "_count"]
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? [name + "_total"]
            : [name];
    }

    private static HashSet<string> Drawn(JsonElement dashboard) =>
    [
        .. from panel in dashboard.GetProperty("panels").EnumerateArray()
           from target in panel.GetProperty("targets").EnumerateArray()
           from Match match in MetricName().Matches(target.GetProperty("expr").GetString()!)
           select match.Value,
    ];

    private static string Section(string heading)
    {
        var text = File.ReadAllText(Path.Combine(Docs, "operating.md"));
        var from = text.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.That(from, Is.GreaterThanOrEqualTo(0), heading);
        var end = text.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return end < 0 ? text[from..] : text[from..end];
    }

    [GeneratedRegex(@"`(gridcases\.[a-z_.]+)`")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"\b(?!http_response_)(?:gridcases|http|dotnet|kestrel)_[a-z_]+\b")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"StatusLine\.Of\(\s*StatusGroup\.\w+,\s*""(\w+)""")]
    private static partial Regex StatusKey();

    [GeneratedRegex(@"""(GridCases:[A-Za-z]+)")]
    private static partial Regex Setting();
}
