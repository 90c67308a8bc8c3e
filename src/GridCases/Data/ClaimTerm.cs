namespace GridCases.Data;

/// <summary>
/// From when to when a server claims a row before others, by the database's clock: the servers' own may be apart, and a demo's is moved. Its members are the parameters of
/// <see cref="IsFree"/>.
/// </summary>
/// <param name="Now">What time it is.</param>
/// <param name="Until">The end of the claim, unless it is renewed.</param>
/// <param name="Latest">The latest end that a claim can have: a later one was written by a clock that was wrong, and holds nobody up.</param>
public readonly record struct ClaimTerm(DateTimeOffset Now, DateTimeOffset Until, DateTimeOffset Latest)
{
    /// <summary>In SQL, of a row with <c>ClaimedUntil</c>: nobody else has it.</summary>
    internal const string IsFree = "(ClaimedUntil IS NULL OR ClaimedUntil < @Now OR ClaimedUntil > @Latest)";

    /// <summary>A claim from now on.</summary>
    /// <param name="db">Whose clock it is.</param>
    /// <param name="lasts">How long the claim holds.</param>
    /// <param name="longest">How long a row can be put off at most; twice the claim unless said.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<ClaimTerm> FromNowAsync(Db db, TimeSpan lasts, TimeSpan? longest = null, CancellationToken cancellationToken = default)
    {
        var now = await db.ClockAsync(cancellationToken);
        return new ClaimTerm(now, now + lasts, now + (longest ?? 2 * lasts));
    }
}
