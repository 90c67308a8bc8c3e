using GridCases.Data;
using GridCases.Features.Users;

namespace GridCases.Web.Tests;

/// <summary>Users of a test's own, so that what it does to one is done to no other test's.</summary>
internal static class NewUsers
{
    private static readonly Sql AddUser = new("""
        INSERT INTO AppUser (Id, UserName, NameKey, DisplayName, PasswordHash, SecurityStamp)
        SELECT @id, @userName, @nameKey, DisplayName, PasswordHash, 'first' FROM AppUser WHERE UserName = @like
        """);

    private static readonly Sql AddRoles = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, OrganisationId, FromDate)
        SELECT @roleId, @id, r.Role, r.UnitCode, r.OrganisationId, r.FromDate FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = @like
        """);

    private static int _made;

    /// <summary>A new user with the password and the one role of a demo user.</summary>
    /// <returns>The user name.</returns>
    public static async Task<string> NewUserAsync(this TestServer server, string like = "village1")
    {
        var userName = $"person{Interlocked.Increment(ref _made)}";
        await using var db = server.NewDb();
        var (id, roleId) = (Guid.CreateVersion7(server.Machine.Now), Guid.CreateVersion7(server.Machine.Now));
        await db.ExecuteAsync(AddUser, new { id, userName, nameKey = UserNames.KeyOf(userName), like });
        Assert.That(await db.ExecuteAsync(AddRoles, new { roleId, id, like }), Is.EqualTo(1));
        return userName;
    }
}
