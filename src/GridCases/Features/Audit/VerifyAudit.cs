using GridCases.Data;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Audit;

/// <summary>Computes every journal's hash chain anew and names each line that is not what was written.</summary>
public static class VerifyAudit
{
    private const int CasesAtOnce = 200;

    /// <summary>For the operator, at the server.</summary>
    [AllowedToSystem]
    public sealed record Query : IQuery<Result>;

    /// <summary>What was read and what was found; no findings is what everybody wants.</summary>
    public sealed record Result(int Cases, long Lines, IReadOnlyList<Finding> Findings);

    /// <summary>A line, or a whole journal, that is not as it was written.</summary>
    /// <param name="Number">Number of the case.</param>
    /// <param name="Sequence">The line.</param>
    /// <param name="What">What is wrong.</param>
    public sealed record Finding(string Number, int Sequence, Fault What);

    /// <summary>What can be wrong with a line.</summary>
    public enum Fault
    {
        /// <summary>Its text does not have the hash that stands beside it.</summary>
        Changed,

        /// <summary>It does not follow the line before it.</summary>
        ChainBroken,

        /// <summary>It is not there, though a later one or the case says it was written.</summary>
        Missing,
    }

    internal sealed class Handler(Db db) : IRequestHandler<Query, Result>
    {
        private static readonly Sql NextCases = new("""
            SELECT Id, Number, LastEventSequence, LastEventHash FROM DisputeCase WHERE Number > @after ORDER BY Number {page}
            """);

        private static readonly Sql LinesOf = new("""
            SELECT CaseId, Sequence, [At], ByUser, [Action], DataJson, PreviousHash, Hash FROM CaseEvent WHERE CaseId IN {list ids} ORDER BY CaseId, Sequence
            """);

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var findings = new List<Finding>();
            var (cases, lines, after) = (0, 0L, "");
            while (await db.QueryAsync<Head>(NextCases, new { after, limit = CasesAtOnce }, cancellationToken) is { Count: > 0 } heads)
            {
                var journals = (await db.QueryAsync<Line>(LinesOf, new { ids = heads.Select(h => h.Id).ToArray() }, cancellationToken)).ToLookup(l => l.CaseId);
                foreach (var head in heads)
                {
                    findings.AddRange(Check(head, journals[head.Id]));
                    lines += journals[head.Id].Count();
                }

                cases += heads.Count;
                after = heads[^1].Number;
            }

            return new Result(cases, lines, findings);
        }

        private static IEnumerable<Finding> Check(Head head, IEnumerable<Line> journal)
        {
            var (previous, expected) = (CaseStore.NoHash, 1);
            foreach (var line in journal)
            {
                for (; expected < line.Sequence; expected++)
                    yield return new Finding(head.Number, expected, Fault.Missing);
                if (line.Hash != CaseStore.Hash(line.PreviousHash, line.CaseId, line.Sequence, line.At, line.ByUser, line.Action, line.DataJson))
                    yield return new Finding(head.Number, line.Sequence, Fault.Changed);
                else if (line.PreviousHash != previous)
                    yield return new Finding(head.Number, line.Sequence, Fault.ChainBroken);
                (previous, expected) = (line.Hash, line.Sequence + 1);
            }

            if (expected > head.LastEventSequence && previous != head.LastEventHash)
                yield return new Finding(head.Number, expected - 1, Fault.ChainBroken);
            for (; expected <= head.LastEventSequence; expected++)
                yield return new Finding(head.Number, expected, Fault.Missing);
        }

        private sealed record Head
        {
            public Guid Id { get; init; }
            public string Number { get; init; } = "";
            public int LastEventSequence { get; init; }
            public string LastEventHash { get; init; } = "";
        }

        private sealed record Line
        {
            public Guid CaseId { get; init; }
            public int Sequence { get; init; }
            public DateTimeOffset At { get; init; }
            public string ByUser { get; init; } = "";
            public string Action { get; init; } = "";
            public string DataJson { get; init; } = "";
            public string PreviousHash { get; init; } = "";
            public string Hash { get; init; } = "";
        }
    }
}
