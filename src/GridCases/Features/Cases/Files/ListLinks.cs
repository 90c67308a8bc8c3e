using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Cases that were linked with a case or merged into it, as far as the caller sees them too.</summary>
public static class ListLinks
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Row>>, IReadsHandedOn;

    public sealed record Row
    {
        public Guid Id { get; init; }

        public string Number { get; init; } = "";

        public string Title { get; init; } = "";

        public CaseState State { get; init; }

        /// <summary>Why they belong together; of a merged case its journal says it.</summary>
        public string? Reason { get; init; }

        /// <summary>Whether it was merged into this case rather than linked with it.</summary>
        public bool Merged { get; init; }
    }

    internal sealed class Handler(Db db, SeenCases seen, CaseReader cases, Caller caller, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private static readonly Sql Find = new($"""
            SELECT c.Id, c.Number, c.Title, c.State, l.Reason, 0 AS Merged, l.LinkedAt AS Since FROM CaseLink l JOIN DisputeCase c ON c.Id = l.OtherCaseId
            WHERE l.CaseId = @caseId AND {CaseAccess.IsInScope}
            UNION ALL
            SELECT c.Id, c.Number, c.Title, c.State, l.Reason, 0 AS Merged, l.LinkedAt AS Since FROM CaseLink l JOIN DisputeCase c ON c.Id = l.CaseId
            WHERE l.OtherCaseId = @caseId AND {CaseAccess.IsInScope}
            UNION ALL
            SELECT c.Id, c.Number, c.Title, c.State, NULL AS Reason, 1 AS Merged, c.RegisteredAt AS Since FROM DisputeCase c
            WHERE c.MergedIntoId = @caseId AND {CaseAccess.IsInScope}
            ORDER BY Merged, Since, Id
            """);

        /// <summary>Asks for them in a batch.</summary>
        internal static Rows<Row> Ask(ReadBatch batch, Guid caseId, Caller caller, DateTimeOffset now) =>
            batch.Read<Row>(Find, new { caseId, scopeUser = caller.UserId, scopeDay = LocalTime.Day(now) });

        /// <summary>Those that a case which was handed on was linked with by then.</summary>
        internal static IReadOnlyList<Row> Of(IEnumerable<Row> rows, Case handedOn) => [.. rows.Where(row => handedOn.Links.Contains(row.Id))];

        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            var batch = db.Batch();
            var rows = Ask(batch, query.CaseId, caller, time.GetUtcNow());
            await batch.RunAsync(cancellationToken);
            return seen.HandedOn(query.CaseId) is null ? rows : Of(rows, (await cases.LoadAsync(query.CaseId, cancellationToken)).Case);
        }
    }
}
