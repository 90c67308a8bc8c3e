using System.Data;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Audit;

/// <summary>
/// Compares everything that was written once with what is stored now: every journal's chain of hashes, every agreement and signature, every attachment with its file.
/// Names each row that is not what was written.
/// </summary>
public static class VerifyAudit
{
    private const int CasesAtOnce = 200;

    /// <summary>For the operator, at the server.</summary>
    [AllowedToSystem]
    public sealed record Query : IQuery<Result>;

    /// <summary>What was read and what was found; no findings is what everybody wants.</summary>
    public sealed record Result(int Cases, long Lines, long Agreements, long Signatures, long Files, IReadOnlyList<Finding> Findings);

    /// <summary>A row that is not as it was written.</summary>
    /// <param name="Number">Number of the case.</param>
    /// <param name="Table">The table.</param>
    /// <param name="Row">The row in it, among those of the case: <c>line 3</c>, <c>version 1</c>, an id.</param>
    /// <param name="What">What is wrong.</param>
    public sealed record Finding(string Number, string Table, string Row, Fault What);

    /// <summary>What can be wrong with a row.</summary>
    public enum Fault
    {
        /// <summary>It does not have the hash that stands beside it, or says something else than the journal.</summary>
        Changed,

        /// <summary>It does not follow the line before it.</summary>
        ChainBroken,

        /// <summary>It is not there, though the journal or the case says it was written.</summary>
        Missing,

        /// <summary>No line of the journal knows of it.</summary>
        NotInJournal,

        /// <summary>Its file is not there.</summary>
        FileMissing,

        /// <summary>Its file cannot be opened, or is not the one that was put in.</summary>
        FileChanged,
    }

    internal sealed class Handler(Db db, AttachmentFolder folder) : IRequestHandler<Query, Result>
    {
        private static readonly Sql NextCases = new("""
            SELECT Id, Number, LastEventSequence, LastEventHash FROM DisputeCase WHERE Number > @after ORDER BY Number {page}
            """);

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var findings = new List<Finding>();
            var (journals, agreements, attachments) = (new JournalCheck(db), new AgreementCheck(db), new AttachmentCheck(db, folder));
            var (cases, after) = (0, "");
            while (await db.QueryAsync<VerifiedCase>(NextCases, new { after, limit = CasesAtOnce }, cancellationToken) is { Count: > 0 } batch)
            {
                var facts = await journals.RunAsync(batch, findings, cancellationToken);
                await EachAsync(batch, AgreementCheck.AgreementTable, findings, some => agreements.RunAsync(some, facts, findings, cancellationToken));
                await EachAsync(batch, AttachmentCheck.Table, findings, some => attachments.RunAsync(some, facts, findings, cancellationToken));
                cases += batch.Count;
                after = batch[^1].Number;
            }

            return new Result(cases, journals.Lines, agreements.Agreements, agreements.Signatures, attachments.Files, findings);
        }

        /// <summary>Looks at cases together; where a value cannot even be read as what its column holds, one at a time, so that the case is named.</summary>
        private static async Task EachAsync(IReadOnlyList<VerifiedCase> cases, string table, List<Finding> findings, Func<IReadOnlyList<VerifiedCase>, Task> check)
        {
            var before = findings.Count;
            try
            {
                await check(cases);
            }
            catch (DataException)
            {
                findings.RemoveRange(before, findings.Count - before);
                if (cases.Count == 1)
                {
                    findings.Add(cases[0].Finding(table, "?", Fault.Changed));
                    return;
                }

                foreach (var one in cases)
                    await EachAsync([one], table, findings, check);
            }
        }
    }
}

/// <summary>A case whose rows are looked at.</summary>
internal sealed record VerifiedCase
{
    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public int LastEventSequence { get; init; }
    public string LastEventHash { get; init; } = "";

    public VerifyAudit.Finding Finding(string table, string row, VerifyAudit.Fault what) => new(Number, table, row, what);
}
