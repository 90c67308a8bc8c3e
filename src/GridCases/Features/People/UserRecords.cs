using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Features.People;

/// <summary>A message of an administrator about one user. To whoever administers none of the units in which that user serves or served, the user is not there.</summary>
public interface IUserMessage
{
    /// <summary>The user, from the address.</summary>
    string? UserName { get; }
}

/// <summary>Reads users for their administrators, and hides all others.</summary>
public sealed class UserRecords(Db db, CurrentCaller current, PersonalData personal, TimeProvider time, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine) : IMessageGuard
{
    /// <summary>Roles with the names of where they are held.</summary>
    internal const string SelectRoles = """
        SELECT r.UserId, r.Id, r.Role, r.UnitCode, n.Name AS UnitName, r.OrganisationId, o.Name AS OrganisationName, r.FromDate AS [From], r.ToDate AS [To], c.UserName AS DeputyFor
        FROM RoleAssignment r
        JOIN Unit n ON n.Code = r.UnitCode
        LEFT JOIN Organisation o ON o.Id = r.OrganisationId
        LEFT JOIN Deputy d ON d.Id = r.DeputyId
        LEFT JOIN AppUser c ON c.Id = d.UserId
        """;

    private static readonly Sql FindUser = new("""
        SELECT Id, UserName, NameKey, DisplayName, PhoneCipher, PasswordChangeRequired, DeactivatedAt FROM AppUser WHERE NameKey = @nameKey
        """);

    private static readonly Sql FindRoles = new($"{SelectRoles} JOIN AppUser u ON u.Id = r.UserId WHERE u.NameKey = @nameKey ORDER BY r.FromDate DESC, r.UnitCode, r.Role, r.Id");

    private static readonly Sql FindLock = new("SELECT LockedUntil FROM SignInFailure WHERE NameHash = @nameHash AND LockedUntil > @now AND LastFailedAt <= @ahead");

    /// <summary>Whoever is asked about, so that access is told before anything is said about fields.</summary>
    /// <exception cref="NotFound">The user is not there for the caller.</exception>
    public Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken) =>
        message is IUserMessage { UserName: { } userName } ? FindAsync(userName, cancellationToken) : Task.CompletedTask;

    /// <summary>No message about a user is known by an id.</summary>
    public Task CheckAsync(Type message, Guid subject, Caller caller, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CheckAsync(Type message, string subject, Caller caller, CancellationToken cancellationToken) =>
        message.IsAssignableTo(typeof(IUserMessage)) ? FindAsync(subject, cancellationToken) : Task.CompletedTask;

    /// <summary>The user.</summary>
    /// <exception cref="NotFound">There is none, or none of the roles lies in a subtree that the caller administers.</exception>
    internal async Task<UserRecord> FindAsync(string userName, CancellationToken cancellationToken)
    {
        var nameKey = UserNames.KeyOf(userName);
        var batch = db.Batch();
        var user = batch.Read<UserRecord>(FindUser, new { nameKey });
        var roles = batch.Read<HeldRole>(FindRoles, new { nameKey });
        var locks = batch.Read<DateTimeOffset?>(FindLock, new { nameHash = HexHash.OfText(nameKey), now = machine.GetUtcNow(), ahead = machine.GetUtcNow() + SignInFailures.Skew });
        await batch.RunAsync(cancellationToken);

        var today = LocalTime.Day(time.GetUtcNow());
        var record = user.SingleOrDefault is { } found
            ? found with { Roles = [.. roles.Select(r => r.On(today))], LockedUntil = locks.Max() }
            : null;
        return record?.RolesUnder(current.Caller).Count > 0 ? record : throw new NotFound("user");
    }

    /// <summary>The user, of whom nobody else changes anything until the transaction ends.</summary>
    /// <exception cref="NotFound">Not there for the caller.</exception>
    internal async Task<UserRecord> HoldAsync(string userName, CancellationToken cancellationToken)
    {
        var known = await FindAsync(userName, cancellationToken);
        await UserRow.HoldAsync(db, known.Id, cancellationToken);
        return await FindAsync(userName, cancellationToken);
    }

    /// <summary>The user as the caller sees one now.</summary>
    internal async Task<UserView> ViewAsync(string userName, CancellationToken cancellationToken) =>
        (await FindAsync(userName, cancellationToken)).ViewFor(current.Caller, personal, inFull: true);
}
