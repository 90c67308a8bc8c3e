using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The users who hold or held a role in the administrator's subtree, with all their assignments there, past ones too; by user name.</summary>
public static class ListUsers
{
    [AllowedTo(Domain.Role.Administrator)]
    public sealed record Query : IQuery<Result>
    {
        /// <summary>Part of a user name or of the name others read.</summary>
        public string? Text { get; init; }

        /// <summary>Only those who hold or held this role.</summary>
        public Role? Role { get; init; }

        /// <summary>Only user names behind this one: the last of the previous page.</summary>
        public string? After { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 100;
    }

    /// <summary>A page of users; ask again with <see cref="Next"/> as <see cref="Query.After"/> while there is one.</summary>
    public sealed record Result(IReadOnlyList<User> Items, string? Next);

    public sealed record User(string UserName, string DisplayName, IReadOnlyList<Assignment> Roles);

    /// <summary>A role, where it is held, and from when until when, both days included.</summary>
    public sealed record Assignment(Role Role, UnitCode UnitCode, string UnitName, string? OrganisationName, DateOnly From, DateOnly? To, bool ValidToday);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Text).MaximumLength(100);
            RuleFor(q => q.After).MaximumLength(100);
        }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private const string Mine = """
            EXISTS (SELECT 1 FROM [RoleAssignment] a WHERE a.[UserId] = @userId AND a.[Role] = 'Administrator' AND a.[FromDate] <= @today
                AND (a.[ToDate] IS NULL OR a.[ToDate] >= @today) AND r.[UnitCode] >= a.[UnitCode] AND r.[UnitCode] < a.[UnitEnd])
            """;

        private static readonly Sql FindNames = new($$"""
            SELECT u.[UserName]
            FROM [AppUser] u
            WHERE (@After IS NULL OR u.[UserName] > @After)
              AND (@like IS NULL OR u.[UserName] LIKE @like ESCAPE '!' OR u.[DisplayName] LIKE @like ESCAPE '!')
              AND EXISTS (SELECT 1 FROM [RoleAssignment] r WHERE r.[UserId] = u.[Id] AND (@Role IS NULL OR r.[Role] = @Role) AND {{Mine}})
            ORDER BY u.[UserName] {page}
            """);

        private static readonly Sql FindRoles = new($$"""
            SELECT u.[UserName], u.[DisplayName], r.[Role], r.[UnitCode], n.[Name] AS [UnitName], o.[Name] AS [OrganisationName], r.[FromDate], r.[ToDate]
            FROM [RoleAssignment] r
            JOIN [AppUser] u ON u.[Id] = r.[UserId]
            JOIN [Unit] n ON n.[Code] = r.[UnitCode]
            LEFT JOIN [Organisation] o ON o.[Id] = r.[OrganisationId]
            WHERE u.[UserName] IN {list names} AND {{Mine}}
            ORDER BY u.[UserName], r.[UnitCode], r.[Role]
            """);

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var today = LocalTime.Day(time.GetUtcNow());
            var like = Sql.Containing(request.Text);
            var names = await db.QueryAsync<string>(
                FindNames, new { request.After, request.Role, like, caller.UserId, today, limit = request.Limit + 1 }, cancellationToken);
            var shown = names.Take(request.Limit).ToArray();
            var rows = await db.QueryAsync<Row>(FindRoles, new { names = shown, caller.UserId, today }, cancellationToken);
            return new Result(
            [
                .. rows.GroupBy(r => (r.UserName, r.DisplayName)).Select(user => new User(user.Key.UserName, user.Key.DisplayName,
                [
                    .. user.Select(r => new Assignment(r.Role, r.UnitCode, r.UnitName, r.OrganisationName, r.FromDate, r.ToDate,
                        r.FromDate <= today && (r.ToDate is null || r.ToDate >= today))),
                ])),
            ], names.Count > request.Limit ? shown[^1] : null);
        }

        private sealed class Row
        {
            public string UserName { get; init; } = "";
            public string DisplayName { get; init; } = "";
            public Role Role { get; init; }
            public UnitCode UnitCode { get; init; }
            public string UnitName { get; init; } = "";
            public string? OrganisationName { get; init; }
            public DateOnly FromDate { get; init; }
            public DateOnly? ToDate { get; init; }
        }
    }
}
