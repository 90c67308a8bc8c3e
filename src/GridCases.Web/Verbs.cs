using GridCases.Features.Audit;
using GridCases.Features.Statistics;
using GridCases.Hangfire;
using GridCases.Pipeline;

namespace GridCases.Web;

/// <summary>What the server program does instead of serving, when it is called with a verb.</summary>
internal static class Verbs
{
    /// <summary>Does what the verb says; null when there is none. The exit code is 0 when all is as it should be, and 1 when something is not, or was not.</summary>
    public static async Task<int?> RunAsync(string[] args, IServiceProvider services) => args switch
    {
        ["verify-audit", ..] => await VerifyAuditAsync(services.GetRequiredService<Messages>()),
        ["recount-statistics"] => await RecountStatisticsAsync(services.GetRequiredService<Messages>(), repair: false),
        ["recount-statistics", "--repair"] => await RecountStatisticsAsync(services.GetRequiredService<Messages>(), repair: true),
        ["hangfire-schema"] => WriteHangfireSchema(services.GetRequiredService<IConfiguration>()),
        _ => null,
    };

    /// <summary>Writes the script of Hangfire's tables, for an administrator of the database to run.</summary>
    private static int WriteHangfireSchema(IConfiguration configuration)
    {
        Console.WriteLine(HangfireSchema.Script(HangfireSettings.From(configuration)));
        return 0;
    }

    /// <summary>Checks journals, agreements and attachments.</summary>
    private static async Task<int> VerifyAuditAsync(Messages messages)
    {
        var result = await messages.SendAsync(new VerifyAudit.Query(), Caller.System);
        foreach (var (number, table, row, what) in result.Findings)
            Console.WriteLine($"{number} {table} {row}: {what}");
        Console.WriteLine($"{result.Cases} cases, {result.Lines} lines, {result.Agreements} agreements, {result.Signatures} signatures, {result.Files} files, {result.Findings.Count} faults");
        return result.Findings.Count == 0 ? 0 : 1;
    }

    /// <summary>Counts all cases again and compares with the kept statistics; with <c>--repair</c> puts them right, beside a running server too.</summary>
    private static async Task<int> RecountStatisticsAsync(Messages messages, bool repair)
    {
        var result = await messages.SendAsync(new RecountStatistics.Command(repair), Caller.System);
        foreach (var (period, unit, category, track, source, missing) in result.Sums)
            Console.WriteLine($"{period} {unit} {category} {track} {source}: {missing}");
        foreach (var id in result.Gaps.Take(RecountStatistics.MostNamed))
            Console.WriteLine($"case {id}: gaps");
        var more = result.Sums.Count < RecountStatistics.MostNamed ? "" : " or more";
        Console.WriteLine($"{result.Sums.Count}{more} sums and the gaps of {result.Gaps.Count} cases differ, {result.Repaired} rows put right");
        return result.Sums.Count + result.Gaps.Count == 0 ? 0 : 1;
    }
}
