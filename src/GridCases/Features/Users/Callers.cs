using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Users;

/// <summary>Finds who a signed-in user is today. It is asked for every request, so that a role taken away stops working at once.</summary>
public sealed class Callers(Db db, TimeProvider time)
{
    private static readonly Sql Find = new(
        """
        SELECT u.[Id], u.[UserName], u.[DisplayName], r.[Role], r.[UnitCode], r.[OrganisationId],
            IIF(EXISTS (SELECT 1 FROM [CaseRecusal] q WHERE q.[UserName] = u.[UserName]), 1, 0) AS [HasSteppedAside]
        FROM [AppUser] u
        LEFT JOIN [RoleAssignment] r ON r.[UserId] = u.[Id] AND r.[FromDate] <= @Today AND (r.[ToDate] IS NULL OR r.[ToDate] >= @Today)
        WHERE u.[Id] = @UserId AND u.[SecurityStamp] = @SecurityStamp
        ORDER BY r.[UnitCode], r.[Role]
        """);

    /// <summary>The user with the roles that are valid today; null when there is no such user, or the stamp has changed since the sign-in.</summary>
    public async Task<Caller?> FindAsync(Guid userId, string securityStamp, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync<Row>(Find, new { UserId = userId, SecurityStamp = securityStamp, Today = LocalTime.Day(time.GetUtcNow()) }, cancellationToken);
        if (rows.Count == 0)
            return null;
        return new Caller
        {
            UserId = rows[0].Id,
            UserName = rows[0].UserName,
            DisplayName = rows[0].DisplayName,
            HasSteppedAside = rows[0].HasSteppedAside,
            Roles = [.. rows.Where(r => r.Role is not null).Select(r => new RoleInUnit(r.Role!.Value, r.UnitCode!.Value, r.OrganisationId))],
        };
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string UserName { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public Role? Role { get; init; }
        public UnitCode? UnitCode { get; init; }
        public Guid? OrganisationId { get; init; }
        public bool HasSteppedAside { get; init; }
    }
}
