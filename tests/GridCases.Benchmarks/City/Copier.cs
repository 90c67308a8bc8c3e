using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Security;

namespace GridCases.Benchmarks.City;

/// <summary>Which life is copied when and where: the n-th copy depends on n alone.</summary>
internal sealed class Copier(CityPlan plan, People people, IReadOnlyList<Life> lives, PersonalData personal, CityMaker.Notes notes)
{
    private static readonly TimeSpan Past = TimeSpan.FromDays(4 * 365.25);

    /// <summary>After this long hardly anything that was closed is not archived.</summary>
    private static readonly TimeSpan UntilArchived = TimeSpan.FromDays(75);

    private readonly List<Life> _open = [.. lives.Where(life => life.IsOpen)];
    private readonly List<Life> _closed = [.. lives.Where(life => !life.IsOpen)];
    private readonly ILookup<CaseState, Life> _over = lives.Where(life => life is { IsOpen: false, HasOpenClocks: false }).ToLookup(life => life.State);

    /// <summary>The serials given so far.</summary>
    public Dictionary<(string District, int Year), int> LastSerials { get; } = [];

    /// <summary>Makes the rows of the next cases, the last of them single.</summary>
    public Batch Make(int first, int count)
    {
        var batch = new Batch();
        while (batch.Cases < count)
        {
            var number = first + batch.Cases;
            var random = new Random(number);
            var age = Past * (1 - ((number + 0.5) / notes.Cases));
            var life = Choose(age, random);
            if (life.CaseIds.Count > count - batch.Cases)
                continue;
            batch.Add(life.Copy(new Copying(plan, people, personal, random, NextNumber)
            {
                Grid = plan.Grids[random.Next(plan.Grids.Count)],
                Shift = Shift(life, age),
                NoticesFrom = notes.Now - PurgeExpired.NoticesKept,
            }), life.CaseIds.Count);
        }

        batch.Serials = LastSerials.ToDictionary();
        return batch;
    }

    /// <summary>Of the youngest cases most are open, of old ones next to none: four in a hundred of all.</summary>
    private Life Choose(TimeSpan age, Random random)
    {
        if (random.NextDouble() < (0.95 * Math.Exp(-age.TotalDays / 55)) + (0.01 * Math.Exp(-age.TotalDays / 200)))
            return Weighted(_open, life => Math.Exp(-Math.Abs((age - life.Age).TotalDays) / 10), random);
        var ended = (age > UntilArchived ? _over[StateInTheEnd(random)] : _closed).Where(life => life.Length < age).ToList();
        return ended.Count > 0 ? ended[random.Next(ended.Count)] : Choose(age, random);
    }

    private CaseState StateInTheEnd(Random random)
    {
        var state = random.Next(100) switch { < 88 => CaseState.Archived, < 92 => CaseState.Withdrawn, < 95 => CaseState.Declined, < 98 => CaseState.ReferredOut, _ => CaseState.Merged };
        return _over.Contains(state) ? state : CaseState.Archived;
    }

    /// <summary>What is still open is moved by weeks, so that its due dates are on working days as they were; nothing is moved into the future.</summary>
    private TimeSpan Shift(Life life, TimeSpan age)
    {
        if (life.IsOpen)
            return TimeSpan.FromDays(-7 * Math.Max(0, Math.Round((age - life.Age).TotalDays / 7)));
        return TimeSpan.FromDays(Math.Floor((notes.Now - age - life.RegisteredAt).TotalDays));
    }

    private string NextNumber(string district, DateTimeOffset registeredAt)
    {
        var key = (district, LocalTime.Day(registeredAt).Year);
        var serial = LastSerials[key] = LastSerials.GetValueOrDefault(key) + 1;
        return $"{key.district}{key.Year}-{serial:000000}";
    }

    private static Life Weighted(List<Life> lives, Func<Life, double> weight, Random random)
    {
        var at = random.NextDouble() * lives.Sum(weight);
        return lives.FirstOrDefault(life => (at -= weight(life)) < 0) ?? lives[^1];
    }
}

/// <summary>Rows of some cases, to be written in one transaction.</summary>
internal sealed class Batch
{
    private readonly Dictionary<Table, List<object?[]>> _tables = [];

    public int Cases { get; private set; }

    public Dictionary<(string District, int Year), int> Serials { get; set; } = [];

    public void Add(Dictionary<Table, List<object?[]>> rows, int cases)
    {
        foreach (var (table, same) in rows)
        {
            if (_tables.TryGetValue(table, out var known))
                known.AddRange(same);
            else
                _tables.Add(table, same);
        }

        Cases += cases;
    }

    public void Write(Store store)
    {
        foreach (var (table, rows) in _tables)
            store.Insert(store.TableOf(table.Name), rows);
        foreach (var ((district, year), serial) in Serials)
            store.Execute("INSERT INTO CaseNumber (DistrictCode, Year, LastSerial) VALUES ($p0, $p1, $p2) ON CONFLICT DO UPDATE SET LastSerial = excluded.LastSerial", district, year, serial);
    }
}
