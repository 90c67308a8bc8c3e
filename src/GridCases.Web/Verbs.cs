using GridCases.Features.Audit;
using GridCases.Pipeline;

namespace GridCases.Web;

/// <summary>What the server program does instead of serving, when it is called with a verb.</summary>
internal static class Verbs
{
    /// <summary><c>verify-audit</c>: checks every journal; exit code 0 when all are intact, 1 when a line is not.</summary>
    public static async Task<int?> RunAsync(string[] args, IServiceProvider services)
    {
        if (args is not ["verify-audit", ..])
            return null;

        var result = await services.GetRequiredService<Messages>().SendAsync(new VerifyAudit.Query(), Caller.System);
        foreach (var (number, sequence, what) in result.Findings)
            Console.WriteLine($"{number} line {sequence}: {what}");
        Console.WriteLine($"{result.Cases} cases, {result.Lines} lines, {result.Findings.Count} faults");
        return result.Findings.Count == 0 ? 0 : 1;
    }
}
