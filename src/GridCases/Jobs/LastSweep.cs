using GridCases.Data;
using GridCases.Features.Escalations;

namespace GridCases.Jobs;

/// <summary>
/// What this process's last sweep knew and looked at. An open escalation goes astray only when somebody acts on its case, or comes to serve or ceases to;
/// so the next sweep looks at the cases that were acted on since, and at every open escalation only when who serves has changed, and once an hour all the same.
/// </summary>
public sealed class LastSweep
{
    private static readonly Sql FindRolesVersion = new("SELECT RolesVersion FROM RuleSet WHERE Id = 1");

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // Other servers' clocks are a little behind, and what they write is seen a little later.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private volatile Known? _known;
    private volatile Looked? _last;

    /// <summary>Who serves on a day, read again only when roles have changed.</summary>
    internal async Task<ServingUnits> ServingAsync(Db db, DateOnly today, CancellationToken ct)
    {
        var version = await db.QuerySingleAsync<long>(FindRolesVersion, null, ct);
        if (_known is { } known && known.Version == version && known.Day == today)
            return known.Serving;
        var serving = await ServingUnits.LoadAsync(db, today, ct);
        _known = new Known(version, today, serving);
        return serving;
    }

    /// <summary>Since when acting on a case may have led its escalations astray; null: every open escalation is to be looked at.</summary>
    internal DateTimeOffset? Since(ServingUnits serving, DateTimeOffset now) =>
        _last is { } last && ReferenceEquals(last.Serving, serving) && now >= last.At && now - last.AllAt < Longest ? last.At - Margin : null;

    /// <summary>All that had to be looked at was.</summary>
    internal void Keep(ServingUnits serving, DateTimeOffset now, bool wereAll)
    {
        if ((wereAll ? now : _last?.AllAt) is { } allAt)
            _last = new Looked(serving, now, allAt);
    }

    /// <summary>Something could not be done: the next sweep looks at everything.</summary>
    internal void Forget() => _last = null;

    private sealed record Known(long Version, DateOnly Day, ServingUnits Serving);

    private sealed record Looked(ServingUnits Serving, DateTimeOffset At, DateTimeOffset AllAt);
}
