using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;

namespace GridCases.Features.Installation;

/// <summary>A user to be made.</summary>
/// <param name="Id">Key.</param>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="DisplayName">Name others read.</param>
/// <param name="PasswordHash">From <see cref="Users.Passwords"/>.</param>
internal sealed record NewUser(Guid Id, string UserName, string DisplayName, string PasswordHash);

/// <summary>Writes the first units, organisations and people of a database.</summary>
internal static class NewRows
{
    private static readonly Sql Unit = new("INSERT INTO [Unit] ([Code], [Name], [Level], [ParentCode]) VALUES (@Code, @Name, @Level, @Parent)");
    private static readonly Sql Organisation = new("INSERT INTO [Organisation] ([Id], [Name], [Track], [UnitCode], [Kind]) VALUES (@Id, @Name, @Track, @Unit, @Kind)");

    private static readonly Sql User = new(
        """
        INSERT INTO [AppUser] ([Id], [UserName], [NameKey], [DisplayName], [PasswordHash], [SecurityStamp])
        VALUES (@Id, @UserName, @NameKey, @DisplayName, @PasswordHash, @SecurityStamp)
        """);

    private static readonly Sql Assignment = new(
        """
        INSERT INTO [RoleAssignment] ([Id], [UserId], [Role], [UnitCode], [OrganisationId], [FromDate])
        VALUES (@Id, @UserId, @Role, @Unit, @OrganisationId, @From)
        """);

    /// <summary>A unit; its parent comes first.</summary>
    public static Task AddUnitAsync(Db db, UnitCode code, string name, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Unit, new { Code = code, Name = name, code.Level, code.Parent }, cancellationToken);

    public static Task AddOrganisationAsync(Db db, Guid id, string name, MediationTrack track, UnitCode unit, string kind, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Organisation, new { Id = id, Name = name, Track = track, Unit = unit, Kind = kind }, cancellationToken);

    /// <summary>A user with one role, held from that day on.</summary>
    public static async Task AddUserAsync(Db db, NewUser user, RoleInUnit role, DateOnly from, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(User, new
        {
            user.Id,
            user.UserName,
            NameKey = UserNames.KeyOf(user.UserName),
            user.DisplayName,
            user.PasswordHash,
            SecurityStamp = Guid.CreateVersion7(now).ToString("N"),
        }, cancellationToken);
        await db.ExecuteAsync(Assignment, new { Id = Guid.CreateVersion7(now), UserId = user.Id, role.Role, role.Unit, role.OrganisationId, From = from }, cancellationToken);
    }
}
