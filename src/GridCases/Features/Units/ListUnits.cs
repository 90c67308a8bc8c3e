using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Units;

/// <summary>
/// Units of the caller's own subtrees, by code: where a dispute may lie, where a case may be sent, what an administrator looks after and whom it lacks.
/// </summary>
public static class ListUnits
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Result>
    {
        /// <summary>Only this unit and those below it; null for all.</summary>
        public UnitCode? Under { get; init; }

        /// <summary>Only the units directly below this one.</summary>
        public UnitCode? Parent { get; init; }

        /// <summary>Only units of this level.</summary>
        public UnitLevel? Level { get; init; }

        /// <summary>Part of a name, or the beginning of a code.</summary>
        public string? Q { get; init; }

        /// <summary>The same as <see cref="Q"/>, by its older name.</summary>
        public string? Text { get; init; }

        /// <summary>Only units that are open today.</summary>
        public bool Open { get; init; }

        /// <summary>Whether it is told who serves in each unit, and whom it lacks.</summary>
        public bool WithGaps { get; init; }

        /// <summary>Only units that lack somebody; it is told whom.</summary>
        public bool OnlyGaps { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>Only codes behind this one: the last of the previous page.</summary>
        public UnitCode? After { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 200;
    }

    /// <summary>A page of units; ask again with <see cref="Next"/> as <see cref="Query.Cursor"/> while there is one.</summary>
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

        /// <summary>The day from which it is closed; null while nobody closes it.</summary>
        public DateOnly? ClosedOn { get; init; }

        /// <summary>The unit that has, or will have, its cases, people and organisations.</summary>
        public UnitCode? Successor { get; init; }

        /// <summary>Name of the successor.</summary>
        public string? SuccessorName { get; init; }

        /// <summary>Whom it lacks; null where nobody asked.</summary>
        public IReadOnlyList<UnitGap>? Gaps { get; init; }

        /// <summary>Who supervises it; null where nobody asked.</summary>
        public IReadOnlyList<string>? Supervisors { get; init; }

        /// <summary>Name of the unit whose supervisors get its overdue cases; null where nobody asked, and where nobody up to the city supervises.</summary>
        public string? EscalatesTo { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Q).MaximumLength(100);
            RuleFor(q => q.Text).MaximumLength(100);
            RuleFor(q => q.Cursor).Must(cursor => cursor is null || UnitCode.IsValid(cursor)).WithMessage(_ => Texts.Text.Get("Escalations", "BadCursor"));
        }
    }

    private const string Units = """
        SELECT u.[Code], u.[Name], u.[Level], u.[ParentCode], p.[Name] AS [ParentName], u.[ClosedOn], u.[SuccessorCode] AS [Successor], s.[Name] AS [SuccessorName]
        FROM [Unit] u
        LEFT JOIN [Unit] p ON p.[Code] = u.[ParentCode]
        LEFT JOIN [Unit] s ON s.[Code] = u.[SuccessorCode]
        WHERE (@Under IS NULL OR (u.[Code] >= @Under AND u.[Code] < @UnderEnd))
          AND (@Parent IS NULL OR u.[ParentCode] = @Parent)
          AND (@Level IS NULL OR u.[Level] = @Level)
          AND (@After IS NULL OR u.[Code] > @After)
          AND (@Name IS NULL OR u.[Name] LIKE @Name ESCAPE '!' OR u.[Code] LIKE @Start ESCAPE '!')
          AND (@OpenOn IS NULL OR u.[ClosedOn] IS NULL OR u.[ClosedOn] > @OpenOn)
          AND EXISTS (
            SELECT 1 FROM [RoleAssignment] r
            WHERE r.[UserId] = @UserId AND r.[FromDate] <= @Today AND (r.[ToDate] IS NULL OR r.[ToDate] >= @Today)
              AND u.[Code] >= r.[UnitCode] AND u.[Code] < r.[UnitEnd])
        """;

    private static readonly Sql Find = new($"{Units} ORDER BY u.[Code] {{page}}");

    private static readonly Sql FindWithGaps = new($"""
        {Units}
          AND (u.[ClosedOn] IS NULL OR u.[ClosedOn] > @Today)
          AND ((u.[Level] = 'Grid' AND NOT EXISTS ({Serving("GridHead")}))
            OR (u.[Level] <> 'Grid' AND NOT EXISTS ({Serving("Supervisor")}))
            OR (u.[Level] <> 'Grid' AND u.[Level] <> 'City' AND NOT EXISTS ({Serving("CentreOfficer")})))
        ORDER BY u.[Code] {"{page}"}
        """);

    /// <summary>Asks for at most so many in a batch.</summary>
    internal static Rows<Found> Ask(ReadBatch batch, Query query, Caller caller, DateTimeOffset now)
    {
        var like = Sql.Containing(query.Q ?? query.Text);
        var today = LocalTime.Day(now);
        return batch.Read<Found>(query.OnlyGaps ? FindWithGaps : Find, new
        {
            query.Under,
            query.Parent,
            query.Level,
            After = UnitCode.TryParse(query.Cursor) ?? query.After,
            Name = like,
            Start = like?[1..],
            OpenOn = query.Open ? today : (DateOnly?)null,
            caller.UserId,
            Today = today,
            limit = query.Limit,
        });
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var batch = db.Batch();
            var found = Ask(batch, request with { Limit = request.Limit + 1 }, caller, now);
            await batch.RunAsync(cancellationToken);
            IReadOnlyList<Found> page = [.. found.Take(request.Limit)];
            if (request.WithGaps || request.OnlyGaps)
            {
                var served = await ServedUnits.LoadAsync(db, page.Select(u => u.Code), LocalTime.Day(now), cancellationToken);
                page = [.. page.Select(served.Tell)];
            }

            return new Result(page, found.Count > request.Limit ? page[^1].Code : null);
        }
    }

    private static string Serving(string role) => $"""
        SELECT 1 FROM [RoleAssignment] g WHERE g.[UnitCode] = u.[Code] AND g.[Role] = '{role}' AND g.[FromDate] <= @Today AND (g.[ToDate] IS NULL OR g.[ToDate] >= @Today)
        """;
}
