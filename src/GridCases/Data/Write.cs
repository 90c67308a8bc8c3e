namespace GridCases.Data;

/// <summary>One writing statement of a unit of work, kept until the unit is committed: see <see cref="Db.WriteAsync(IReadOnlyList{Write}, CancellationToken)"/>.</summary>
/// <param name="Sql">The text.</param>
/// <param name="Args">Its parameters.</param>
public sealed record Write(Sql Sql, object? Args)
{
    /// <summary>
    /// Whether the unit hangs on it: it must touch a row and meet no taken key, or what was read before no longer holds and the unit is <see cref="Overtaken"/>.
    /// Guards go first, the others follow.
    /// </summary>
    public bool IsGuard { get; init; }

    /// <summary>A statement on which the unit hangs.</summary>
    public static Write Guard(Sql sql, object? args) => new(sql, args) { IsGuard = true };
}

/// <summary>What a unit of work had read was changed before it could write: nothing of it was written, and it may run again on what is there now.</summary>
#pragma warning disable CA1032 // made by Db alone
#pragma warning disable CA1710 // named as what it means
public sealed class Overtaken() : Exception("What was read has been changed meanwhile");
#pragma warning restore CA1032, CA1710
