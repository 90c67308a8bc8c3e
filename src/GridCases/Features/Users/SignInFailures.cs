using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>
/// Counts failed passwords and locks whoever guesses: a name from one address after a few, so that a guesser elsewhere does not lock its owner out; a name from all addresses
/// together, and one address with all names together, after more. Each lock is twice as long as the one before, up to <see cref="SignIn.Settings.LockMinutes"/>; a day
/// without a failure forgets how often it was. A lock from a time that the clock has not reached is none: nobody is locked out because a clock was wrong.
/// </summary>
public sealed class SignInFailures(Db db, RequestOrigin origin, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, IOptions<SignIn.Settings> settings)
{
    /// <summary>How long the first lock is.</summary>
    public static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(1);

    private const string AnyAddress = "*";

    // What the clocks of several servers may be apart.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);
    private static readonly HexHash AnyName = new(new string('0', 64));

    private static readonly Sql FindLocks = new("""
        SELECT [NameHash], [Address], [LastFailedAt], [LockedUntil] FROM [SignInFailure]
        WHERE ([NameHash] = @NameHash AND [Address] IN (@Address, @AnyAddress)) OR ([NameHash] = @AnyName AND [Address] = @Address)
        """);

    private static readonly Sql CountAgain = new("""
        UPDATE [SignInFailure]
        SET [FailedCount] = CASE WHEN [CountedSince] < @ForgottenBefore OR [CountedSince] > @Ahead THEN 1 ELSE [FailedCount] + 1 END,
            [CountedSince] = CASE WHEN [CountedSince] < @ForgottenBefore OR [CountedSince] > @Ahead THEN @Now ELSE [CountedSince] END,
            [Locks] = CASE WHEN [LastFailedAt] < @DayBefore OR [LastFailedAt] > @Ahead THEN 0 ELSE [Locks] END,
            [LastFailedAt] = @Now
        WHERE [NameHash] = @NameHash AND [Address] = @Address
          AND ([LockedUntil] IS NULL OR [LockedUntil] <= @Now OR [LockedUntil] > @Latest OR [LastFailedAt] > @Ahead)
        """);

    private static readonly Sql CountFirst = new("""
        INSERT INTO [SignInFailure] ([NameHash], [Address], [FailedCount], [CountedSince], [Locks], [LastFailedAt]) VALUES (@NameHash, @Address, 1, @Now, 0, @Now)
        """);

    private static readonly Sql FindLocksSoFar = new(
        "SELECT [Locks] FROM [SignInFailure] WHERE [NameHash] = @NameHash AND [Address] = @Address AND [FailedCount] >= @Failures");

    private static readonly Sql Lock = new(
        "UPDATE [SignInFailure] SET [FailedCount] = 0, [Locks] = [Locks] + 1, [LockedUntil] = @LockedUntil WHERE [NameHash] = @NameHash AND [Address] = @Address");

    private static readonly Sql Forget = new("DELETE FROM [SignInFailure] WHERE [NameHash] = @NameHash AND [Address] = @Address");

    private TimeSpan LongestLock => TimeSpan.FromMinutes(settings.Value.LockMinutes);

    /// <summary>Whether the name has failures on record from this address.</summary>
    /// <exception cref="Throttled">The name, the address or both are locked.</exception>
    public async Task<bool> RefuseWhileLockedAsync(HexHash nameHash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await db.QueryAsync<Row>(FindLocks, new { nameHash, Address = origin.Network, AnyAddress, AnyName }, cancellationToken);
        var wait = rows.Where(r => r.LastFailedAt <= now + Skew && r.LockedUntil <= now + LongestLock + Skew).Max(r => r.LockedUntil) - now;
        return wait > TimeSpan.Zero
            ? throw new Throttled(wait.Value < LongestLock ? wait.Value : LongestLock)
            : rows.Any(r => r.NameHash == nameHash.Value && r.Address == origin.Network);
    }

    /// <summary>Counts a failure; call it in a transaction.</summary>
    public async Task CountAsync(HexHash nameHash, CancellationToken cancellationToken)
    {
        await CountAsync(nameHash, origin.Network, settings.Value.Failures, nameHash, cancellationToken);
        await CountAsync(nameHash, AnyAddress, settings.Value.FailuresOfName, nameHash, cancellationToken);
        await CountAsync(AnyName, origin.Network, settings.Value.FailuresOfAddress, nameHash, cancellationToken);
    }

    /// <summary>Forgets the failures of the name from this address, since its owner has come.</summary>
    public Task ForgetAsync(HexHash nameHash, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Forget, new { nameHash, Address = origin.Network }, cancellationToken);

    private async Task CountAsync(HexHash nameHash, string address, int failures, HexHash tried, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = new
        {
            nameHash,
            address,
            failures,
            now,
            ForgottenBefore = now - LongestLock,
            DayBefore = now.AddDays(-1),
            Ahead = now + Skew,
            Latest = now + LongestLock + Skew,
        };
        if (await db.ExecuteAsync(CountAgain, row, cancellationToken) == 0)
        {
            try
            {
                await db.ExecuteAsync(CountFirst, row, cancellationToken);
            }
            catch (UniqueConflict)
            {
                // Another guess was counted meanwhile: it was the first, or the one that locked.
                if (await db.ExecuteAsync(CountAgain, row, cancellationToken) == 0)
                    await RefuseWhileLockedAsync(tried, cancellationToken);
            }
        }

        if (await db.QuerySingleOrDefaultAsync<int?>(FindLocksSoFar, row, cancellationToken) is { } locks)
            await db.ExecuteAsync(Lock, new { nameHash, address, LockedUntil = now + LengthOf(locks) }, cancellationToken);
    }

    private TimeSpan LengthOf(int locksBefore)
    {
        var doubled = FirstLock * Math.Pow(2, Math.Min(locksBefore, 20));
        return doubled < LongestLock ? doubled : LongestLock;
    }

    private sealed class Row
    {
        public string NameHash { get; init; } = "";
        public string Address { get; init; } = "";
        public DateTimeOffset LastFailedAt { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }
}
