using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Units;

/// <summary>
/// Units of the caller's own subtrees, by code: where a dispute may lie, where a case may be sent, what an administrator looks after.
/// </summary>
public static class ListUnits
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Result>
    {
        /// <summary>Only this unit and those below it; null for all.</summary>
        public UnitCode? Under { get; init; }

        /// <summary>Only units of this level.</summary>
        public UnitLevel? Level { get; init; }

        /// <summary>Part of a name, or the beginning of a code.</summary>
        public string? Text { get; init; }

        /// <summary>Only codes behind this one: the last of the previous page.</summary>
        public UnitCode? After { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 200;
    }

    /// <summary>A page of units; ask again with <see cref="Next"/> as <see cref="Query.After"/> while there is one.</summary>
    public sealed record Result(IReadOnlyList<Found> Items, UnitCode? Next);

    public sealed record Found
    {
        public UnitCode Code { get; init; }

        public string Name { get; init; } = "";

        public UnitLevel Level { get; init; }

        /// <summary>The unit above it.</summary>
        public UnitCode? ParentCode { get; init; }

        /// <summary>Name of the unit above it.</summary>
        public string? ParentName { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Text).MaximumLength(100);
        }
    }

    private static readonly Sql Find = new(
        """
        SELECT u.[Code], u.[Name], u.[Level], u.[ParentCode], p.[Name] AS [ParentName]
        FROM [Unit] u
        LEFT JOIN [Unit] p ON p.[Code] = u.[ParentCode]
        WHERE (@Under IS NULL OR (u.[Code] >= @Under AND u.[Code] < @UnderEnd))
          AND (@Level IS NULL OR u.[Level] = @Level)
          AND (@After IS NULL OR u.[Code] > @After)
          AND (@Name IS NULL OR u.[Name] LIKE @Name ESCAPE '!' OR u.[Code] LIKE @Start ESCAPE '!')
          AND EXISTS (
            SELECT 1 FROM [RoleAssignment] r
            WHERE r.[UserId] = @UserId AND r.[FromDate] <= @Today AND (r.[ToDate] IS NULL OR r.[ToDate] >= @Today)
              AND u.[Code] >= r.[UnitCode] AND u.[Code] < r.[UnitEnd])
        ORDER BY u.[Code] {page}
        """);

    /// <summary>Asks for at most so many in a batch.</summary>
    internal static Rows<Found> Ask(ReadBatch batch, Query query, Caller caller, DateTimeOffset now) => batch.Read<Found>(Find, new
    {
        query.Under,
        query.Level,
        query.After,
        Name = Sql.Containing(query.Text),
        Start = Sql.Containing(query.Text)?[1..],
        caller.UserId,
        Today = LocalTime.Day(now),
        limit = query.Limit,
    });

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var batch = db.Batch();
            var found = Ask(batch, request with { Limit = request.Limit + 1 }, caller, time.GetUtcNow());
            await batch.RunAsync(cancellationToken);
            return found.Count > request.Limit
                ? new Result([.. found.Take(request.Limit)], found[request.Limit - 1].Code)
                : new Result(found, null);
        }
    }
}
