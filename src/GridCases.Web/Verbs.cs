using GridCases.Features.Audit;
using GridCases.Pipeline;

namespace GridCases.Web;

/// <summary>What the server program does instead of serving, when it is called with a verb.</summary>
internal static class Verbs
{
    /// <summary><c>verify-audit</c>: checks journals, agreements and attachments; exit code 0 when all are intact, 1 when a row is not.</summary>
    public static async Task<int?> RunAsync(string[] args, IServiceProvider services)
    {
        if (args is not ["verify-audit", ..])
            return null;

        var result = await services.GetRequiredService<Messages>().SendAsync(new VerifyAudit.Query(), Caller.System);
        foreach (var (number, table, row, what) in result.Findings)
            Console.WriteLine($"{number} {table} {row}: {what}");
        Console.WriteLine($"{result.Cases} cases, {result.Lines} lines, {result.Agreements} agreements, {result.Signatures} signatures, {result.Files} files, {result.Findings.Count} faults");
        return result.Findings.Count == 0 ? 0 : 1;
    }
}
