using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Imports;

/// <summary>The administrator's own imports of the last days, the latest first.</summary>
public static class ListImports
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query : IQuery<IReadOnlyList<Import>>;

    /// <summary>An import.</summary>
    public sealed record Import
    {
        public Guid Id { get; init; }

        public string FileName { get; init; } = "";

        public DateTimeOffset StartedAt { get; init; }

        public ImportState State { get; init; }

        /// <summary>How many faults were found.</summary>
        public int Faults { get; init; }
    }

    internal sealed class Handler(Db db, Caller caller) : IRequestHandler<Query, IReadOnlyList<Import>>
    {
        private const int Shown = 10;

        private static readonly Sql Find = new("SELECT Id, FileName, StartedAt, State, Faults FROM CityImport WHERE UserId = @UserId ORDER BY StartedAt DESC, Id DESC {page}");

        public Task<IReadOnlyList<Import>> Handle(Query query, CancellationToken cancellationToken) =>
            db.QueryAsync<Import>(Find, new { caller.UserId, limit = Shown }, cancellationToken);
    }
}
