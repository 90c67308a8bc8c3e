using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;

namespace GridCases.Features.People;

/// <summary>The users an administrator looks after: those who hold or held a role of their own in the administrator's area.</summary>
internal static class AdministeredUsers
{
    private static readonly Sql Find = new("""
        SELECT u.Id, u.UserName, u.DisplayName FROM AppUser u
        WHERE u.NameKey = @key AND EXISTS (SELECT 1 FROM RoleAssignment r JOIN Unit t ON r.UnitCode >= t.Code AND r.UnitCode < t.RangeEnd
            WHERE r.UserId = u.Id AND r.DeputyId IS NULL AND t.Code IN {codes tops})
        """);

    /// <summary>The user of that name.</summary>
    /// <exception cref="NotFound">There is none, or none whom this administrator looks after.</exception>
    public static async Task<Person> DemandAsync(Db db, string userName, Caller administrator, CancellationToken cancellationToken) =>
        await db.QuerySingleOrDefaultAsync<Person>(Find, new { key = UserNames.KeyOf(userName), tops = administrator.UnitsOf(Role.Administrator) }, cancellationToken)
        ?? throw new NotFound($"user {userName}");

    internal sealed record Person
    {
        public Guid Id { get; init; }
        public string UserName { get; init; } = "";
        public string DisplayName { get; init; } = "";
    }
}
