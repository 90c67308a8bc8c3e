using System.Data;
using System.Data.Common;
using GridCases.Data;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Audit;

/// <summary>
/// Compares everything that was written once with what is stored now: every journal's chain of hashes, every agreement and signature, every attachment with its file; and has
/// the embedded database look at itself. Names each row that is not what was written. It may run beside servers that write, and holds a few cases in memory at a time.
/// </summary>
public static class VerifyAudit
{
    /// <summary>Most findings that an answer holds; all of them are counted, and told as they are found.</summary>
    public const int MostKept = 1000;

    private const int CasesAtOnce = 100;

    /// <summary>For the operator, at the server.</summary>
    [AllowedToSystem, OwnTransactions]
    public sealed record Query : IQuery<Result>
    {
        /// <summary>Is told each finding when it is made.</summary>
        public IProgress<Finding>? Found { get; init; }

        /// <summary>Is told how far it is.</summary>
        public IProgress<Progress>? Progress { get; init; }
    }

    /// <summary>How many cases have been looked at, of how many.</summary>
    public readonly record struct Progress(int Cases, int Of);

    /// <summary>What was read and what was found; no findings is what everybody wants.</summary>
    public sealed record Result(int Cases, long Lines, long Agreements, long Signatures, long Files, IReadOnlyList<Finding> Findings)
    {
        /// <summary>How many findings there were, kept or not.</summary>
        public long Faults { get; init; }

        /// <summary>Whether the database looked at itself; of a SQL Server that is for its administrator (DBCC CHECKDB).</summary>
        public bool IsDatabaseChecked { get; init; }
    }

    /// <summary>A row that is not as it was written.</summary>
    /// <param name="Number">Number of the case; empty where it is about none.</param>
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

        /// <summary>The database itself is damaged there.</summary>
        Damaged,
    }

    internal sealed class Handler(Db db, JournalCheck journals, AgreementCheck agreements, AttachmentCheck attachments) : IRequestHandler<Query, Result>
    {
        private const string NotChecked = "not checked", Sound = "ok";

        private static readonly Sql CheckDatabase = Sql.Per(sqlServer: $"SELECT '{NotChecked}'", sqlite: "PRAGMA integrity_check");

        private static readonly Sql CountCases = new("SELECT COUNT(*) FROM DisputeCase");

        private static readonly Sql NextCases = new("""
            SELECT Id, Number, Revision, LastEventSequence, LastEventHash FROM DisputeCase WHERE Number > @after ORDER BY Number {page}
            """);

        private static readonly Sql CasesNow = new("SELECT Id, Number, Revision, LastEventSequence, LastEventHash FROM DisputeCase WHERE Id IN {list ids}");

        private readonly List<Finding> _kept = [];
        private Query _asked = new();
        private long _faults;
        private bool _isDamaged;

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            _asked = request;
            var result = new Result(0, 0, 0, 0, 0, _kept) { IsDatabaseChecked = await CheckDatabaseAsync(cancellationToken) };
            try
            {
                var all = await db.QuerySingleAsync<int>(CountCases, null, cancellationToken);
                for (var after = ""; await NextAsync(after, cancellationToken) is { Cases: [.., var last] cases } looked; after = last.Number)
                {
                    await attachments.LookAtFilesAsync(looked, cancellationToken);
                    foreach (var finding in looked.Findings)
                        Found(finding);
                    result = result with
                    {
                        Cases = result.Cases + cases.Count,
                        Lines = result.Lines + looked.Lines,
                        Agreements = result.Agreements + looked.Agreements,
                        Signatures = result.Signatures + looked.Signatures,
                        Files = result.Files + looked.Files,
                    };
                    request.Progress?.Report(new Progress(result.Cases, all));
                }
            }
            catch (Exception e) when (_isDamaged && IsUnreadable(e))
            {
                Found(new Finding("", "DisputeCase", $"after {result.Cases} cases nothing more can be read", Fault.Damaged));
            }

            return result with { Faults = _faults };
        }

        private async Task<bool> CheckDatabaseAsync(CancellationToken cancellationToken)
        {
            try
            {
                var told = await db.QueryAsync<string>(CheckDatabase, null, cancellationToken);
                _isDamaged = told is not [Sound or NotChecked];
                foreach (var damage in _isDamaged ? told : [])
                    Found(new Finding("", "integrity_check", damage.ReplaceLineEndings(" "), Fault.Damaged));
                return told is not [NotChecked];
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                _isDamaged = true;
                Found(new Finding("", "integrity_check", DatabaseError.Loggable(e).Message, Fault.Damaged));
                return true;
            }
        }

        /// <summary>Looks at the next cases: each as it was at one moment.</summary>
        private async Task<Looked> NextAsync(string after, CancellationToken cancellationToken)
        {
            if (db.HasSnapshots)
                return await db.SnapshotAsync(async () => await LookAsync(await CasesAsync(), cancellationToken), cancellationToken);
            var cases = await CasesAsync();
            return await LookUntornAsync(cases, cancellationToken);

            Task<IReadOnlyList<VerifiedCase>> CasesAsync() => db.QueryAsync<VerifiedCase>(NextCases, new { after, limit = CasesAtOnce }, cancellationToken);
        }

        /// <summary>
        /// Where the database has no snapshots, a case whose revision has risen while it was looked at is looked at again by itself, until nobody wrote in between.
        /// </summary>
        private async Task<Looked> LookUntornAsync(IReadOnlyList<VerifiedCase> cases, CancellationToken cancellationToken)
        {
            var looked = await LookAsync(cases, cancellationToken);
            var now = await db.QueryAsync<VerifiedCase>(CasesNow, new { ids = cases.Select(c => c.Id).ToArray() }, cancellationToken);
            if (!now.Any(n => cases.Any(c => c.Id == n.Id && c.Revision != n.Revision)))
                return looked;
            looked = new Looked(cases);
            foreach (var one in cases.Count > 1 ? cases : now)
                looked.Add(await LookUntornAsync([one], cancellationToken));
            return looked;
        }

        /// <summary>Looks at cases together; where a value cannot even be read as what its column holds, one at a time, so that the case is named.</summary>
        private async Task<Looked> LookAsync(IReadOnlyList<VerifiedCase> cases, CancellationToken cancellationToken)
        {
            var looked = new Looked(cases);
            var facts = await journals.RunAsync(looked, cancellationToken);
            await EachAsync(looked, AgreementCheck.AgreementTable, some => agreements.RunAsync(some, facts, cancellationToken));
            await EachAsync(looked, AttachmentCheck.Table, some => attachments.RunAsync(some, facts, cancellationToken));
            return looked;
        }

        private async Task EachAsync(Looked looked, string table, Func<Looked, Task> check)
        {
            var tried = new Looked(looked.Cases);
            try
            {
                await check(tried);
                looked.Add(tried);
            }
            catch (Exception e) when (e is DataException || (_isDamaged && IsUnreadable(e)))
            {
                if (looked.Cases is [var only])
                {
                    looked.Findings.Add(only.Finding(table, "?", e is DataException ? Fault.Changed : Fault.Damaged));
                    return;
                }

                foreach (var one in looked.Cases)
                {
                    var alone = new Looked([one]);
                    await EachAsync(alone, table, check);
                    looked.Add(alone);
                }
            }
        }

        /// <summary>A page that is not what was written; what else the database fails for is no finding.</summary>
        private bool IsUnreadable(Exception error) =>
            error is StorageUnavailable { Reason: DbFailure.Damaged } || (error is DbException e && db.Dialect.Classify(e) is DbFailure.Fault);

        private void Found(Finding finding)
        {
            _faults++;
            if (_kept.Count < MostKept)
                _kept.Add(finding);
            _asked.Found?.Report(finding);
        }
    }
}

/// <summary>A case whose rows are looked at.</summary>
internal sealed record VerifiedCase
{
    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public long Revision { get; init; }
    public int LastEventSequence { get; init; }
    public string LastEventHash { get; init; } = "";

    public VerifyAudit.Finding Finding(string table, string row, VerifyAudit.Fault what) => new(Number, table, row, what);
}

/// <summary>Some cases that are looked at together, and what came of it.</summary>
internal sealed class Looked(IReadOnlyList<VerifiedCase> cases)
{
    public IReadOnlyList<VerifiedCase> Cases => cases;

    public List<VerifyAudit.Finding> Findings { get; } = [];

    /// <summary>Files that are to be opened and hashed, once nothing holds the moment fast any more.</summary>
    public List<(VerifiedCase Case, AttachmentCheck.Row Row)> ToOpen { get; } = [];

    public long Lines { get; set; }

    public long Agreements { get; set; }

    public long Signatures { get; set; }

    public long Files { get; set; }

    /// <summary>Takes over what came of looking at some of them.</summary>
    public void Add(Looked some)
    {
        Findings.AddRange(some.Findings);
        ToOpen.AddRange(some.ToOpen);
        (Lines, Agreements, Signatures, Files) = (Lines + some.Lines, Agreements + some.Agreements, Signatures + some.Signatures, Files + some.Files);
    }
}
