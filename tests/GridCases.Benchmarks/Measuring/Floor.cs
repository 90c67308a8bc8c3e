using System.Diagnostics;
using GridCases.Benchmarks.City;

namespace GridCases.Benchmarks.Measuring;

/// <summary>
/// What the disk and the database alone would allow: the rows that a lifecycle has just written, written again by bare ADO.NET in as many transactions,
/// one after the other on one connection with <c>synchronous=FULL</c>, into the same database.
/// </summary>
internal static class Floor
{
    private const int Most = 3_000;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(6);

    /// <summary>Lifecycles a second.</summary>
    public static (double PerSecond, int N) Measure(Store store, Life lifecycle, Func<int, Copying> copying)
    {
        var copies = Enumerable.Range(0, Most).Select(n => Steps(lifecycle.Copy(copying(n)))).ToList();
        store.Execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000");
        var watch = Stopwatch.StartNew();
        var written = 0;
        for (; written < copies.Count && watch.Elapsed < Time; written++)
        {
            foreach (var step in copies[written])
                store.InTransaction(() => step.ForEach(write => write(store)));
        }

        return (written / watch.Elapsed.TotalSeconds, written);
    }

    /// <summary>What each transaction writes: the rows that came with it, and from the second on the case's row and the clocks that ended.</summary>
    private static List<List<Action<Store>>> Steps(Dictionary<Table, List<object?[]>> rows)
    {
        var (cases, events, clocks) = (rows.Single(t => t.Key.Name == "DisputeCase"), rows.Single(t => t.Key.Name == "CaseEvent"), rows.Single(t => t.Key.Name == "CaseClock"));
        var times = events.Value.Select(e => (string)e[events.Key["At"]]!).Distinct().Order().ToList();
        var steps = times.Select(_ => new List<Action<Store>>()).ToList();
        foreach (var (table, same) in rows.Where(t => t.Key.Name is not ("Notification" or "NotificationRead")))
        {
            foreach (var row in same)
                steps[table.Name is "CaseParty" ? 0 : StepOf(row)].Add(store => store.Insert(table, row));
        }

        var id = cases.Value[0][cases.Key["Id"]];
        for (var i = 1; i < steps.Count; i++)
        {
            var hash = events.Value.Last(e => (string)e[events.Key["At"]]! == times[i])[events.Key["Hash"]];
            var at = times[i];
            steps[i].Add(store => store.Run("UPDATE DisputeCase SET Version = Version + 1, NextDueAt = $p1, LastEventHash = $p2 WHERE Id = $p0", id, at, hash));
            foreach (var clock in clocks.Value.Where(c => (string?)c[clocks.Key["EndedAt"]] == at).Select(c => c[clocks.Key["Id"]]))
                steps[i].Add(store => store.Run("UPDATE CaseClock SET Status = 'Met', EndedAt = $p1, NextLookAt = NULL WHERE Id = $p0", clock, at));
        }

        return steps;

        int StepOf(object?[] row) => row.OfType<string>().Select(text => times.IndexOf(text)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
    }
}
