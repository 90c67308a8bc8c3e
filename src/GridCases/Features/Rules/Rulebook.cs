using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Rules;

/// <summary>
/// The rules as this process read them last. They change a few times a year and are wanted by every command, so they are read anew only when their version has
/// risen: the database raises it with every change of a policy or of the calendar.
/// </summary>
public sealed class RulesCache
{
    private volatile LoadedRules? _last;

    /// <summary>Whether transactions that write may use it too, because none of them changes the rules.</summary>
    public bool InTransactions { get; init; }

    internal LoadedRules? At(long version) => _last is { } last && last.Version == version ? last : null;

    internal void Keep(LoadedRules rules) => _last = rules;
}

/// <summary>The calendar and all policies at one version.</summary>
internal sealed record LoadedRules(long Version, WorkingCalendar Calendar, PolicyBook Policies);

/// <summary>The calendar and the policies in force, as the message that applies them sees them.</summary>
public sealed class Rulebook(Db db, CurrentCaller current, TimeProvider time, RulesCache cache)
{
    private static readonly Sql FindVersion = new("SELECT Version FROM RuleSet WHERE Id = 1");

    /// <summary>Who acts and when, with the rules of this moment.</summary>
    public async Task<CaseContext> ContextAsync(CancellationToken cancellationToken)
    {
        var rules = await LoadAsync(cancellationToken);
        return new CaseContext(current.Caller.Actor, time.GetUtcNow().TruncatedToMilliseconds(), rules.Calendar, rules.Policies) { RulesVersion = rules.Version };
    }

    /// <summary>Asks for the version of the rules in a batch; then <see cref="CalendarAsync(long, CancellationToken)"/> needs no further round trip, unless they have changed.</summary>
    internal static Rows<long> Ask(ReadBatch batch) => batch.Read<long>(FindVersion, null);

    /// <summary>The working calendar at a version that was read in the same snapshot.</summary>
    internal async Task<WorkingCalendar> CalendarAsync(long version, CancellationToken cancellationToken) => (await LoadAsync(version, cancellationToken)).Calendar;

    /// <summary>All policies at a version that was read in the same snapshot.</summary>
    internal async Task<PolicyBook> PoliciesAsync(long version, CancellationToken cancellationToken) => (await LoadAsync(version, cancellationToken)).Policies;

    /// <summary>The working calendar of the loaded years.</summary>
    public async Task<WorkingCalendar> CalendarAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Calendar;

    /// <summary>All policies, past and present: a clock names the one that set it.</summary>
    public async Task<PolicyBook> PoliciesAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Policies;

    private async Task<LoadedRules> LoadAsync(CancellationToken cancellationToken) => await LoadAsync(await db.QuerySingleAsync<long>(FindVersion, null, cancellationToken), cancellationToken);

    private async Task<LoadedRules> LoadAsync(long version, CancellationToken cancellationToken)
    {
        var isUsed = cache.InTransactions || !db.InTransaction;
        if (isUsed && cache.At(version) is { } known)
            return known;

        var read = new LoadedRules(
            version, new(await StoredCalendar.ReadAsync(db, cancellationToken)), new((await db.QueryAsync<PolicyRow>(PolicyRow.FindAll, null, cancellationToken)).Select(row => row.ToPolicy())));

        // In a transaction that writes, the rules may be what that transaction itself is changing, and it may yet fail.
        if (isUsed)
            cache.Keep(read);
        return read;
    }
}
