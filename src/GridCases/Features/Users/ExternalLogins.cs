using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Features.Users;

/// <summary>Who users are to identity providers, and which users an administrator may say that of.</summary>
public sealed class ExternalLogins(Db db, Caller caller, TimeProvider time, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine)
{
    internal static readonly Sql Insert = new(
        "INSERT INTO [ExternalLogin] ([Issuer], [Subject], [UserId], [LinkedBy], [LinkedAt]) VALUES (@Issuer, @Subject, @UserId, @LinkedBy, @Now)");

    // Whoever may sign in as somebody has that one's roles: so all of them must lie in the administrator's own subtree.
    private static readonly Sql FindOwn = new("""
        SELECT u.[Id], u.[UserName],
            (SELECT MIN(m.[UnitCode]) FROM [RoleAssignment] m WHERE m.[UserId] = u.[Id] AND (m.[ToDate] IS NULL OR m.[ToDate] >= @today)) AS [Unit]
        FROM [AppUser] u
        WHERE u.[NameKey] = @nameKey AND EXISTS (SELECT 1 FROM [RoleAssignment] r WHERE r.[UserId] = u.[Id] AND (r.[ToDate] IS NULL OR r.[ToDate] >= @today))
            AND NOT EXISTS (SELECT 1 FROM [RoleAssignment] r WHERE r.[UserId] = u.[Id] AND (r.[ToDate] IS NULL OR r.[ToDate] >= @today)
                AND NOT EXISTS (SELECT 1 FROM [RoleAssignment] a WHERE a.[UserId] = @callerId AND a.[Role] = 'Administrator' AND a.[FromDate] <= @today
                    AND (a.[ToDate] IS NULL OR a.[ToDate] >= @today) AND r.[UnitCode] >= a.[UnitCode] AND r.[UnitCode] < a.[UnitEnd]))
        """);

    private static readonly Sql FindOfUser = new("SELECT [Issuer], [Subject], [LinkedAt], [LinkedBy] FROM [ExternalLogin] WHERE [UserId] = @userId ORDER BY [Issuer]");
    private static readonly Sql Delete = new("DELETE FROM [ExternalLogin] WHERE [UserId] = @userId AND [Issuer] = @issuer");
    private static readonly Sql EndSessions = new("UPDATE [AppUser] SET [SecurityStamp] = @stamp WHERE [Id] = @userId");

    /// <summary>An issuer as it is stored: providers and settings do not agree on the slash at its end.</summary>
    internal static string Normal(string issuer) => issuer.Trim().TrimEnd('/');

    /// <summary>A user all of whose roles lie in the administrator's subtree.</summary>
    /// <exception cref="NotFound">There is none of that name.</exception>
    internal async Task<User> FindUserAsync(string userName, CancellationToken cancellationToken) =>
        await db.QuerySingleOrDefaultAsync<User>(
            FindOwn, new { nameKey = UserNames.KeyOf(userName), callerId = caller.UserId, today = LocalTime.Day(time.GetUtcNow()) }, cancellationToken)
        ?? throw new NotFound($"user {userName}");

    /// <summary>What a user is linked with.</summary>
    internal Task<IReadOnlyList<ListExternalLogins.Row>> OfAsync(Guid userId, CancellationToken cancellationToken) =>
        db.QueryAsync<ListExternalLogins.Row>(FindOfUser, new { userId }, cancellationToken);

    /// <summary>Links a user with an identity.</summary>
    /// <exception cref="RuleViolation">Somebody is linked with that identity, or the user with another one of that provider.</exception>
    internal async Task LinkAsync(Guid userId, string issuer, string subject, CancellationToken cancellationToken)
    {
        try
        {
            await db.ExecuteAsync(Insert, new { issuer, subject, userId, LinkedBy = caller.UserName, now = machine.GetUtcNow() }, cancellationToken);
        }
        catch (UniqueConflict)
        {
            throw new RuleViolation("ExternalLoginTaken");
        }
    }

    /// <summary>Ends that, and every session of the user.</summary>
    /// <exception cref="NotFound">The user is linked with no identity of that provider.</exception>
    internal async Task UnlinkAsync(Guid userId, string issuer, CancellationToken cancellationToken)
    {
        if (await db.ExecuteAsync(Delete, new { userId, issuer }, cancellationToken) == 0)
            throw new NotFound($"external login of {issuer}");
        await EndSessionsAsync(userId, cancellationToken);
    }

    /// <summary>Ends every session of a user, of pages and programs.</summary>
    internal Task EndSessionsAsync(Guid userId, CancellationToken cancellationToken) =>
        db.ExecuteAsync(EndSessions, new { userId, stamp = Guid.CreateVersion7(machine.GetUtcNow()).ToString("N") }, cancellationToken);

    internal sealed record User
    {
        public Guid Id { get; init; }
        public string UserName { get; init; } = "";

        /// <summary>The first of the units where the user serves, for the audit.</summary>
        public UnitCode? Unit { get; init; }
    }
}
