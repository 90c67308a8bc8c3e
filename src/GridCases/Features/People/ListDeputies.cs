using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Who stands in for whom, today or later: for an administrator those of the area, for everybody those that have to do with oneself. The last named first.</summary>
public static class ListDeputies
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Page<Row>>
    {
        /// <summary>Only those for this user, or by this user.</summary>
        public string? UserName { get; init; }

        /// <summary>Past ones as well.</summary>
        public bool All { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    public sealed record Row
    {
        public Guid Id { get; init; }

        /// <summary>Who is absent.</summary>
        public string UserName { get; init; } = "";

        public string DisplayName { get; init; } = "";

        /// <summary>Who stands in.</summary>
        public string Deputy { get; init; } = "";

        public string DeputyName { get; init; } = "";

        public DateOnly From { get; init; }

        public DateOnly To { get; init; }

        /// <summary>User name of who named the deputy.</summary>
        public string CreatedBy { get; init; } = "";

        public DateTimeOffset CreatedAt { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.UserName).MaximumLength(100);
            RuleFor(q => q.Cursor).Must(c => PageKey.TryParse(c, out _)).WithMessage(_ => Text.Get("Escalations", "BadCursor"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Page<Row>>
    {
        private static readonly Sql Find = new("""
            SELECT d.Id, p.UserName, p.DisplayName, s.UserName AS Deputy, s.DisplayName AS DeputyName, d.FromDate AS [From], d.ToDate AS [To], d.CreatedBy, d.CreatedAt
            FROM Deputy d JOIN AppUser p ON p.Id = d.UserId JOIN AppUser s ON s.Id = d.DeputyUserId
            WHERE d.FromDate <= d.ToDate AND (@All = 1 OR d.ToDate >= @today) AND (@key IS NULL OR p.NameKey = @key OR s.NameKey = @key)
                AND (d.UserId = @UserId OR d.DeputyUserId = @UserId OR EXISTS (SELECT 1 FROM RoleAssignment r JOIN Unit t ON r.UnitCode >= t.Code AND r.UnitCode < t.RangeEnd
                    WHERE r.UserId = d.UserId AND r.DeputyId IS NULL AND t.Code IN {codes tops}))
                AND (@at IS NULL OR (d.CreatedAt <= @at AND (d.CreatedAt < @at OR d.Id < @id)))
            ORDER BY d.CreatedAt DESC, d.Id DESC {page}
            """);

        public async Task<Page<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            PageKey.TryParse(request.Cursor, out var after);
            var found = await db.QueryAsync<Row>(Find, new
            {
                request.All,
                today = LocalTime.Day(time.GetUtcNow()),
                key = string.IsNullOrWhiteSpace(request.UserName) ? null : UserNames.KeyOf(request.UserName),
                caller.UserId,
                tops = caller.UnitsOf(Role.Administrator),
                at = after?.At,
                id = after?.Id,
                limit = request.Limit + 1,
            }, cancellationToken);
            return Page<Row>.Of(found, request.Limit, row => new PageKey(row.CreatedAt, row.Id));
        }
    }
}
