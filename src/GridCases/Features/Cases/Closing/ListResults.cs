using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>How a case had ended before it was opened again, each time. The old result stands: it is read from the journal.</summary>
public static class ListResults
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Row>>, IReadsHandedOn;

    /// <summary>A former result.</summary>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="ClosedAt">When it was closed.</param>
    /// <param name="ReopenedAt">When it was opened again.</param>
    /// <param name="Agreement">What had been agreed, if anything.</param>
    public sealed record Row(Outcome Outcome, DateTimeOffset ClosedAt, DateTimeOffset ReopenedAt, FormerAgreement? Agreement);

    /// <summary>An agreement of a former result.</summary>
    public sealed record FormerAgreement
    {
        public int Version { get; init; }

        public AgreementForm Form { get; init; }

        public string Terms { get; init; } = "";

        /// <summary>Yuan, if any.</summary>
        public decimal? Amount { get; init; }

        /// <summary>Since when it binds.</summary>
        public DateTimeOffset? EffectiveAt { get; init; }
    }

    /// <summary>The agreements of the case <c>@CaseId</c>, former versions too.</summary>
    internal static readonly Sql FindAgreements = new("SELECT Version, Form, Terms, Amount, EffectiveAt FROM CaseAgreement WHERE CaseId = @CaseId");

    internal sealed class Handler(Db db, SeenCases seen) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            var batch = db.Batch();
            var journal = batch.Read<GetJournal.Row>(GetJournal.Find, query);
            var agreements = batch.Read<FormerAgreement>(FindAgreements, query);
            await batch.RunAsync(cancellationToken);
            return Of(CaseJournals.UpTo(seen.HandedOn(query.CaseId)?.LastEventSequence, journal), agreements);
        }
    }

    /// <summary>The results that a journal tells.</summary>
    internal static IReadOnlyList<Row> Of(IEnumerable<GetJournal.Row> journal, IEnumerable<FormerAgreement> agreements)
    {
        var results = new List<Row>();
        var byVersion = agreements.ToDictionary(a => a.Version);
        var (outcome, closedAt, version) = (Outcome.Settled, default(DateTimeOffset), 0);
        foreach (var line in journal)
        {
            switch (line.Kind)
            {
                case CaseEventKind.Verify:
                    closedAt = line.At;
                    break;
                case CaseEventKind.CompleteHandling:
                    outcome = line.Particulars.Get(EventKey.Outcome)!.Value;
                    break;
                case CaseEventKind.ResolveOnSpot:
                    outcome = Outcome.Settled;
                    break;
                case CaseEventKind.Reopen:
                    results.Add(new Row(outcome, closedAt, line.At, byVersion.GetValueOrDefault(version)));
                    version = 0;
                    break;
                case CaseEventKind.ReachAgreement or CaseEventKind.ReviseAgreement:
                    version = line.Particulars.Get(EventKey.Version)!.Value;
                    break;
                case CaseEventKind.AddParty or CaseEventKind.CorrectParty:
                    version = line.Particulars.Get(EventKey.Version) ?? version;
                    break;
            }
        }

        return results;
    }
}
