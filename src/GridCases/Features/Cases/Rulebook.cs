using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>The rules as they were read: one for each message, since they may change between two.</summary>
public sealed class LoadedRules
{
    internal WorkingCalendar? Calendar { get; set; }

    internal PolicyBook? Policies { get; set; }
}

/// <summary>The calendar and the policies in force, read in the transaction that applies them.</summary>
public sealed class Rulebook(Db db, CurrentCaller current, TimeProvider time, LoadedRules loaded)
{
    /// <summary>Who acts and when, with the rules of today.</summary>
    public async Task<CaseContext> ContextAsync(CancellationToken ct)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        return new CaseContext(current.Caller.Actor, now, await CalendarAsync(ct), await PoliciesAsync(ct));
    }

    /// <summary>The same with the rules as they are at this very moment, for what goes on while they may change: a run over many cases.</summary>
    public Task<CaseContext> FreshContextAsync(CancellationToken ct)
    {
        (loaded.Calendar, loaded.Policies) = (null, null);
        return ContextAsync(ct);
    }

    /// <summary>The working calendar of the loaded years.</summary>
    public async Task<WorkingCalendar> CalendarAsync(CancellationToken ct) => loaded.Calendar ??= new(await StoredCalendar.ReadAsync(db, ct));

    /// <summary>All policies, past and present: a clock names the one that set it.</summary>
    public async Task<PolicyBook> PoliciesAsync(CancellationToken ct) =>
        loaded.Policies ??= new((await db.QueryAsync<PolicyRow>(PolicyRow.FindAll, null, ct)).Select(row => row.ToPolicy()));
}
