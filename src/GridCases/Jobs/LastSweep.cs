using GridCases.Data;
using GridCases.Features.Units;

namespace GridCases.Jobs;

/// <summary>
/// What this process's last sweep knew. An open escalation goes astray when its case gets another holder, which is written beside it, or when somebody comes to serve or
/// ceases to: only then, and once an hour all the same, the sweep looks at every one.
/// </summary>
public sealed class LastSweep
{
    private static readonly Sql FindRolesVersion = new("SELECT RolesVersion FROM RuleSet WHERE Id = 1");

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private volatile Known? _known;
    private volatile Looked? _last;

    /// <summary>Who serves on a day, read again only when roles have changed.</summary>
    internal async Task<ServingUnits> ServingAsync(Db db, DateOnly today, CancellationToken cancellationToken)
    {
        var version = await db.QuerySingleAsync<long>(FindRolesVersion, null, cancellationToken);
        if (_known is { } known && known.Version == version && known.Day == today)
            return known.Serving;
        var serving = await ServingUnits.LoadAsync(db, today, cancellationToken);
        _known = new Known(version, today, serving);
        return serving;
    }

    /// <summary>Whether every open escalation is to be looked at.</summary>
    internal bool IsOutdated(ServingUnits serving, DateTimeOffset now) => _last is not { } last || !ReferenceEquals(last.Serving, serving) || now < last.At || now - last.At >= Longest;

    /// <summary>Every open escalation was looked at.</summary>
    internal void Keep(ServingUnits serving, DateTimeOffset now) => _last = new Looked(serving, now);

    /// <summary>Something could not be done: the next sweep looks at everything.</summary>
    internal void Forget() => _last = null;

    private sealed record Known(long Version, DateOnly Day, ServingUnits Serving);

    private sealed record Looked(ServingUnits Serving, DateTimeOffset At);
}
