using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The users who hold or held a role in the administrator's subtree, with all their assignments there, past ones too; by user name.</summary>
public static class ListUsers
{
    /// <summary>The message.</summary>
    [AllowedTo(Role.Administrator)]
    public sealed record Query : IQuery<IReadOnlyList<User>>;

    /// <summary>A user.</summary>
    public sealed record User(string UserName, string DisplayName, IReadOnlyList<Assignment> Roles);

    /// <summary>A role, where it is held, and from when until when, both days included.</summary>
    public sealed record Assignment(Role Role, UnitCode UnitCode, string UnitName, string? OrganisationName, DateOnly From, DateOnly? To, bool ValidToday);

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<User>>
    {
        private static readonly Sql Find = new(
            """
            SELECT u.[UserName], u.[DisplayName], r.[Role], r.[UnitCode], n.[Name] AS [UnitName], o.[Name] AS [OrganisationName], r.[FromDate], r.[ToDate]
            FROM [RoleAssignment] r
            JOIN [AppUser] u ON u.[Id] = r.[UserId]
            JOIN [Unit] n ON n.[Code] = r.[UnitCode]
            LEFT JOIN [Organisation] o ON o.[Id] = r.[OrganisationId]
            WHERE r.[UnitCode] >= @Unit AND r.[UnitCode] < @UnitEnd
            ORDER BY u.[UserName], r.[UnitCode], r.[Role]
            """);

        public async Task<IReadOnlyList<User>> Handle(Query request, CancellationToken cancellationToken)
        {
            var today = LocalTime.Day(time.GetUtcNow());
            var rows = new List<Row>();
            foreach (var unit in caller.UnitsOf(Role.Administrator))
                rows.AddRange(await db.QueryAsync<Row>(Find, new { Unit = unit }, cancellationToken));
            return
            [
                .. rows.GroupBy(r => (r.UserName, r.DisplayName)).Select(user => new User(user.Key.UserName, user.Key.DisplayName,
                [
                    .. user.Select(r => new Assignment(r.Role, r.UnitCode, r.UnitName, r.OrganisationName, r.FromDate, r.ToDate,
                        r.FromDate <= today && (r.ToDate is null || r.ToDate >= today))),
                ])),
            ];
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
