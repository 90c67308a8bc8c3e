using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Cases in the caller's scope that may be the same dispute as one on file, and are neither merged nor linked with it. Audited as a search.</summary>
public static class GetDuplicates
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Duplicate>>, ICaseMessage;

    internal sealed class Handler(Db db, DuplicateSearch search, ReadAudit audit) : IRequestHandler<Query, IReadOnlyList<Duplicate>>
    {
        private static readonly Sql FindCase = new("SELECT PlaceUnitCode, Title, Summary FROM DisputeCase WHERE Id = @CaseId");
        private static readonly Sql FindPeople = new("""
            SELECT Name, IdNumberHash, PhoneHash FROM CaseParty WHERE CaseId = @CaseId AND Kind = 'Person' AND Role <> 'Representative'
            """);

        public async Task<IReadOnlyList<Duplicate>> Handle(Query query, CancellationToken ct)
        {
            var row = await db.QuerySingleOrDefaultAsync<CaseRow>(FindCase, query, ct) ?? throw new NotFound($"case {query.CaseId}");
            var people = await db.QueryAsync<PersonRow>(FindPeople, query, ct);
            var found = await search.FindAsync(
                new DuplicateSearch.Wanted
                {
                    Self = query.CaseId,
                    Place = row.PlaceUnitCode,
                    Title = row.Title,
                    Summary = row.Summary,
                    IdNumbers = [.. people.Select(p => p.IdNumberHash).OfType<string>()],
                    Phones = [.. people.Select(p => p.PhoneHash).OfType<string>()],
                    Names = [.. people.Select(p => p.Name)],
                },
                ct);
            await audit.CaseReadAsync(ReadKind.FindDuplicates, query.CaseId, ct);
            return found;
        }

        private sealed class CaseRow
        {
            public UnitCode PlaceUnitCode { get; init; }
            public string Title { get; init; } = "";
            public string? Summary { get; init; }
        }

        private sealed class PersonRow
        {
            public string Name { get; init; } = "";
            public string? IdNumberHash { get; init; }
            public string? PhoneHash { get; init; }
        }
    }
}
