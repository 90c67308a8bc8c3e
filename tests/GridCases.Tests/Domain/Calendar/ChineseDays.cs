using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

/// <summary>
/// The days worked in 2025 and 2026 by npm's chinese-days, a source that knows nothing of db/calendar, and plain loops over them.
/// It is a development dependency of the client, so building the web project installs it; one run of node answers for all tests.
/// </summary>
internal static class ChineseDays
{
    private static readonly Lazy<IReadOnlyDictionary<DateOnly, bool>> Answer = new(Ask);

    /// <summary>Every day of the two years, and whether it is worked.</summary>
    /// <exception cref="IgnoreException">Node or the package is missing; says which.</exception>
    public static IReadOnlyDictionary<DateOnly, bool> Worked => Answer.Value;

    /// <summary>The count-th day worked after a day.</summary>
    public static DateOnly Add(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            if (Worked[day])
                count--;
        }

        return day;
    }

    /// <summary>The day itself when it is worked, else the next that is.</summary>
    public static DateOnly Roll(DateOnly day) => Worked[day] ? day : Add(day, 1);

    /// <summary>How many days worked lie after a day, up to and including another.</summary>
    public static int Between(DateOnly afterExclusive, DateOnly untilInclusive) =>
        Worked.Count(d => d.Value && d.Key > afterExclusive && d.Key <= untilInclusive);

    private static Dictionary<DateOnly, bool> Ask()
    {
        var client = Path.Combine(Repository.Root, "src", "GridCases.Web", "Client");
        if (!File.Exists(Path.Combine(client, "node_modules", "chinese-days", "package.json")))
            throw new IgnoreException($"chinese-days is not installed: build src/GridCases.Web, or run npm ci in {client}.");

        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "GridCases.Tests", "Domain", "chinese-days.mjs"), client])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var node = Process.Start(start)!;
            using var answer = JsonDocument.Parse(node.StandardOutput.ReadToEnd());
            node.WaitForExit();
            TestContext.Out.WriteLine($"chinese-days {answer.RootElement.GetProperty("version")}");
            return answer.RootElement.GetProperty("worked").EnumerateObject().ToDictionary(d => Day(d.Name), d => d.Value.GetBoolean());
        }
        catch (Win32Exception e)
        {
            throw new IgnoreException($"node cannot be started: {e.Message}");
        }
    }
}
