using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>Who signed in.</summary>
public enum SignInKind
{
    /// <summary>A browser, by its cookie.</summary>
    Page,

    /// <summary>A program, by its tokens.</summary>
    Program,
}

/// <summary>
/// Sessions begin with a sign-in and end by signing out, by being ended, or on their last day. Cookie and tokens only name their session, so with it all of them end at once.
/// They run by the machine's clock, not by the demo's, as everything about sign-in does that a moved clock should not end.
/// </summary>
public sealed class Sessions(Db db, RequestOrigin origin, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, IOptions<SignIn.Settings> settings)
{
    /// <summary>How long a browser may be idle before its cookie ends.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(12);

    /// <summary>How exactly it is known when a session was last seen: no more often is it written down.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(10);

    /// <summary>
    /// In SQL, of session <c>s</c> and its user <c>u</c> at <c>@Now</c>: whether it is good. A changed stamp ends every session that began under the one before. One whose end lies
    /// beyond <c>@LatestEnd</c> (<see cref="SignIn.Settings.LatestEnd"/>) began while the clock was wrong, and would last for as much longer.
    /// </summary>
    internal const string IsAlive = "s.[EndedAt] IS NULL AND s.[ExpiresAt] > @Now AND s.[ExpiresAt] <= @LatestEnd AND s.[SecurityStamp] = u.[SecurityStamp] AND u.[DeactivatedAt] IS NULL";

    private static readonly Sql Insert = new("""
        INSERT INTO [UserSession] ([Id], [UserId], [SecurityStamp], [Kind], [CreatedAt], [SeenAt], [ExpiresAt], [Device], [Address], [SignedOn])
        VALUES (@Id, @UserId, @SecurityStamp, @Kind, @Now, @Now, @ExpiresAt, @Device, @Address, @SignedOn)
        """);

    private static readonly Sql EndOne = new("UPDATE [UserSession] SET [EndedAt] = @Now WHERE [Id] = @Id AND [UserId] = @UserId AND [EndedAt] IS NULL");
    private static readonly Sql EndOthers = new("UPDATE [UserSession] SET [EndedAt] = @Now WHERE [UserId] = @UserId AND [Id] <> @Kept AND [EndedAt] IS NULL");
    private static readonly Sql CarryOver = new("UPDATE [UserSession] SET [SecurityStamp] = @SecurityStamp WHERE [Id] = @Kept");
    private static readonly Sql Seen = new("UPDATE [UserSession] SET [SeenAt] = @Now WHERE [Id] = @Id AND [SeenAt] < @Now");

    /// <summary>A new session.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="securityStamp">The stamp under which the password was verified.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="signedOn">Whether an identity provider answers for the user, and no password of this program.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<Begun> BeginAsync(Guid userId, string securityStamp, SignInKind kind, bool signedOn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var begun = new Begun(Guid.CreateVersion7(now), now.AddDays(settings.Value.SessionDays));
        await db.ExecuteAsync(
            Insert,
            new { begun.Id, userId, securityStamp, kind, now, begun.ExpiresAt, Device = DeviceName.Of(origin.UserAgent), origin.Address, signedOn },
            cancellationToken);
        return begun;
    }

    /// <summary>Ends a session of the user.</summary>
    /// <returns>Whether it was one that had not ended.</returns>
    public async Task<bool> EndAsync(Guid id, Guid userId, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(EndOne, new { id, userId, now = time.GetUtcNow() }, cancellationToken) == 1;

    /// <summary>Ends all sessions of the user but one, which goes on under the new stamp.</summary>
    public async Task EndOthersAsync(Guid userId, Guid kept, string securityStamp, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(EndOthers, new { userId, kept, now = time.GetUtcNow() }, cancellationToken);
        await db.ExecuteAsync(CarryOver, new { kept, securityStamp }, cancellationToken);
    }

    /// <summary>Writes down that the session was seen.</summary>
    public Task SeenAsync(Guid id, CancellationToken cancellationToken) => db.ExecuteAsync(Seen, new { id, now = time.GetUtcNow() }, cancellationToken);

    /// <summary>A session that began.</summary>
    /// <param name="Id">Key.</param>
    /// <param name="ExpiresAt">Its end, whatever happens.</param>
    public sealed record Begun(Guid Id, DateTimeOffset ExpiresAt);
}
