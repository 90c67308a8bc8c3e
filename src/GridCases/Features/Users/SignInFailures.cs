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
/// <remarks>
/// A try is reserved before anything is evaluated, by an update that carries the condition: of guesses made side by side, on however many servers, no more are evaluated than
/// of guesses in a row. Those whose end is not known yet count as failures only as long; whoever would be one too many by them waits for how they end.
/// </remarks>
public sealed class SignInFailures(Db db, RequestOrigin origin, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, IOptions<SignIn.Settings> settings)
{
    /// <summary>How long the first lock is.</summary>
    public static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(1);

    private const string AnyAddress = "*";

    /// <summary>What the clocks of several servers may be apart: a failure from a later time was counted by a clock that was wrong.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    // Far longer than a hash takes, with the waiting for it: only a server that died leaves a try open.
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly HexHash AnyName = new(new string('0', 64));

    private const string Failed = "CASE WHEN [CountedSince] < @ForgottenBefore OR [CountedSince] > @Ahead THEN 0 ELSE [FailedCount] END";
    private const string Open = "CASE WHEN [PendingAt] IS NULL OR [PendingAt] < @LostBefore OR [PendingAt] > @Ahead THEN 0 ELSE [Pending] END";
    private const string OneLess = "CASE WHEN [Pending] > 0 THEN [Pending] - 1 ELSE 0 END";
    private const string IsRow = "[NameHash] = @NameHash AND [Address] = @Address";

    private static readonly Sql FindLocks = new("""
        SELECT [NameHash], [Address], [LastFailedAt], [LockedUntil] FROM [SignInFailure]
        WHERE ([NameHash] = @NameHash AND [Address] IN (@Address, @AnyAddress)) OR ([NameHash] = @AnyName AND [Address] = @Address)
        """);

    private static readonly Sql Exists = new($"SELECT COUNT(*) FROM [SignInFailure] WHERE {IsRow}");

    private static readonly Sql Reserve = new($"""
        UPDATE [SignInFailure] SET [Pending] = {Open} + 1, [PendingAt] = @Now
        WHERE {IsRow} AND {Failed} + {Open} < @Failures
          AND ([LockedUntil] IS NULL OR [LockedUntil] <= @Now OR [LockedUntil] > @Latest OR [LastFailedAt] > @Ahead)
        """);

    private static readonly Sql ReserveFirst = new("""
        INSERT INTO [SignInFailure] ([NameHash], [Address], [FailedCount], [CountedSince], [Locks], [LastFailedAt], [Pending], [PendingAt])
        VALUES (@NameHash, @Address, 0, @Now, 0, @Now, 1, @Now)
        """);

    private static readonly Sql GiveBack = new($"UPDATE [SignInFailure] SET [Pending] = {OneLess} WHERE {IsRow}");

    private static readonly Sql Forget = new($"UPDATE [SignInFailure] SET [Pending] = {OneLess}, [FailedCount] = 0, [Locks] = 0, [LockedUntil] = NULL WHERE {IsRow}");

    private static readonly Sql Count = new($"""
        UPDATE [SignInFailure]
        SET [Pending] = {OneLess},
            [FailedCount] = {Failed} + 1,
            [CountedSince] = CASE WHEN [FailedCount] = 0 OR [CountedSince] < @ForgottenBefore OR [CountedSince] > @Ahead THEN @Now ELSE [CountedSince] END,
            [Locks] = CASE WHEN [LastFailedAt] < @DayBefore OR [LastFailedAt] > @Ahead THEN 0 ELSE [Locks] END,
            [LastFailedAt] = @Now
        WHERE {IsRow}
        """);

    private static readonly Sql CountFirst = new("""
        INSERT INTO [SignInFailure] ([NameHash], [Address], [FailedCount], [CountedSince], [Locks], [LastFailedAt]) VALUES (@NameHash, @Address, 1, @Now, 0, @Now)
        """);

    private static readonly Sql FindLocksSoFar = new($"SELECT [Locks] FROM [SignInFailure] WHERE {IsRow} AND [FailedCount] >= @Failures");
    private static readonly Sql Lock = new($"UPDATE [SignInFailure] SET [FailedCount] = 0, [Locks] = [Locks] + 1, [LockedUntil] = @LockedUntil WHERE {IsRow}");

    private TimeSpan LongestLock => TimeSpan.FromMinutes(settings.Value.LockMinutes);

    /// <summary>Reserves a try of the name, from the address that asks, before anything of it is evaluated.</summary>
    /// <exception cref="Throttled">The name, the address or both are locked, or as many tries as are allowed have been open for too long.</exception>
    public async Task<SignInTry> BeginAsync(HexHash nameHash, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += LookAgainAfter)
        {
            await RefuseWhileLockedAsync(nameHash, cancellationToken);
            if (await db.InTransactionAsync(() => TryReserveAsync(nameHash, cancellationToken), cancellationToken))
                return new SignInTry(this, nameHash);
            await Task.Delay(LookAgainAfter, cancellationToken);
        }

        throw new Throttled(TimeSpan.FromSeconds(1), Throttled.ManySignIns);
    }

    /// <summary>Nothing came of it: the code is still missing, or the request was broken off.</summary>
    internal Task GiveBackAsync(HexHash nameHash, CancellationToken cancellationToken) => db.InTransactionAsync(
        async () =>
        {
            foreach (var row in RowsOf(nameHash))
                await db.ExecuteAsync(GiveBack, row, cancellationToken);
        },
        cancellationToken);

    /// <summary>It was right: the failures of the name from this address are forgotten, since its owner has come.</summary>
    internal async Task SucceedAsync(HexHash nameHash, CancellationToken cancellationToken)
    {
        foreach (var row in RowsOf(nameHash))
            await db.ExecuteAsync(row.NameHash == nameHash && row.Address == origin.Network ? Forget : GiveBack, row, cancellationToken);
    }

    /// <summary>It was wrong, and counts.</summary>
    internal async Task FailAsync(HexHash nameHash, CancellationToken cancellationToken)
    {
        foreach (var row in RowsOf(nameHash))
        {
            // An administrator who unlocks the name takes the row away.
            if (await db.ExecuteAsync(Count, row, cancellationToken) == 0 && !await AddAsync(CountFirst, row, cancellationToken))
                await db.ExecuteAsync(Count, row, cancellationToken);
            if (await db.QuerySingleOrDefaultAsync<int?>(FindLocksSoFar, row, cancellationToken) is { } locks)
                await db.ExecuteAsync(Lock, new { row.NameHash, row.Address, LockedUntil = row.Now + LengthOf(locks) }, cancellationToken);
        }
    }

    /// <summary>All three of a try, or none of them.</summary>
    private async Task<bool> TryReserveAsync(HexHash nameHash, CancellationToken cancellationToken)
    {
        var reserved = new List<Row>();
        foreach (var row in RowsOf(nameHash))
        {
            if (!await TryReserveAsync(row, cancellationToken))
            {
                foreach (var taken in reserved)
                    await db.ExecuteAsync(GiveBack, taken, cancellationToken);
                return false;
            }

            reserved.Add(row);
        }

        return true;
    }

    private async Task<bool> TryReserveAsync(Row row, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(Reserve, row, cancellationToken) > 0
        || (await db.QuerySingleAsync<int>(Exists, row, cancellationToken) == 0
            && (await AddAsync(ReserveFirst, row, cancellationToken) || await db.ExecuteAsync(Reserve, row, cancellationToken) > 0));

    /// <summary>Whether the row was not there yet.</summary>
    private async Task<bool> AddAsync(Sql insert, Row row, CancellationToken cancellationToken)
    {
        try
        {
            return await db.ExecuteAsync(insert, row, cancellationToken) > 0;
        }
        catch (UniqueConflict)
        {
            return false;
        }
    }

    private async Task RefuseWhileLockedAsync(HexHash nameHash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await db.QueryAsync<LockRow>(FindLocks, new { nameHash, Address = origin.Network, AnyAddress, AnyName }, cancellationToken);
        var wait = rows.Where(r => r.LastFailedAt <= now + Skew && r.LockedUntil <= now + LongestLock + Skew).Max(r => r.LockedUntil) - now;
        if (wait > TimeSpan.Zero)
            throw new Throttled(wait.Value < LongestLock ? wait.Value : LongestLock);
    }

    /// <summary>What counts a try: the name from the address, the name from everywhere, the address with every name. Always in this order, so that no two wait for each other.</summary>
    private Row[] RowsOf(HexHash nameHash)
    {
        var now = time.GetUtcNow();
        return
        [
            Of(nameHash, origin.Network, settings.Value.Failures),
            Of(nameHash, AnyAddress, settings.Value.FailuresOfName),
            Of(AnyName, origin.Network, settings.Value.FailuresOfAddress),
        ];

        Row Of(HexHash name, string address, int failures) => new(
            name, address, failures, now, now - LongestLock, now.AddDays(-1), now - LongestTry, now + Skew, now + LongestLock + Skew);
    }

    private TimeSpan LengthOf(int locksBefore)
    {
        var doubled = FirstLock * Math.Pow(2, Math.Min(locksBefore, 20));
        return doubled < LongestLock ? doubled : LongestLock;
    }

    private sealed record Row(
        HexHash NameHash,
        string Address,
        int Failures,
        DateTimeOffset Now,
        DateTimeOffset ForgottenBefore,
        DateTimeOffset DayBefore,
        DateTimeOffset LostBefore,
        DateTimeOffset Ahead,
        DateTimeOffset Latest);

    private sealed class LockRow
    {
        public string NameHash { get; init; } = "";
        public string Address { get; init; } = "";
        public DateTimeOffset LastFailedAt { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }
}

/// <summary>
/// A try that was reserved. Its end is told in the transaction of what comes of it, and <see cref="Ended"/> once that is committed; a try whose end nobody told is given back.
/// </summary>
public sealed class SignInTry : IAsyncDisposable
{
    private readonly SignInFailures _failures;
    private readonly HexHash _nameHash;
    private bool _hasEnded;

    internal SignInTry(SignInFailures failures, HexHash nameHash) => (_failures, _nameHash) = (failures, nameHash);

    /// <summary>It was right; call it in a transaction.</summary>
    public Task SucceedAsync(CancellationToken cancellationToken) => _failures.SucceedAsync(_nameHash, cancellationToken);

    /// <summary>It was wrong; call it in a transaction.</summary>
    public Task FailAsync(CancellationToken cancellationToken) => _failures.FailAsync(_nameHash, cancellationToken);

    /// <summary>What it came to is committed.</summary>
    public void Ended() => _hasEnded = true;

    public async ValueTask DisposeAsync()
    {
        if (!_hasEnded)
            await _failures.GiveBackAsync(_nameHash, CancellationToken.None);
    }
}
