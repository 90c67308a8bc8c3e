using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Security;

namespace GridCases.Benchmarks.City;

/// <summary>Copies lives into a city: gives them its people and the next numbers of its districts.</summary>
internal sealed class Copier(Store store, CityPlan plan, PersonalData personal, DateTimeOffset now)
{
    private readonly People _people = People.Read(store);
    private readonly Dictionary<(string District, int Year), int> _serials = store.Query("SELECT DistrictCode, Year, LastSerial FROM CaseNumber")
        .ToDictionary(r => ((string)r[0]!, (int)(long)r[1]!), r => (int)(long)r[2]!);

    /// <summary>Makes the rows of one more life.</summary>
    public void Add(Batch batch, Life life, string grid, TimeSpan shift, Random random)
    {
        var copying = new Copying(plan, _people, personal, random, NextNumber) { Grid = grid, Shift = shift, NoticesFrom = now - PurgeExpired.NoticesKept };
        batch.Add(life.Copy(copying), life.CaseIds.Count, _serials);
    }

    private string NextNumber(string district, DateTimeOffset registeredAt)
    {
        var key = (district, LocalTime.Day(registeredAt).Year);
        var serial = _serials[key] = _serials.GetValueOrDefault(key) + 1;
        return $"{key.district}{key.Year}-{serial:000000}";
    }
}

/// <summary>Rows of some cases, to be written in one transaction.</summary>
internal sealed class Batch
{
    private readonly Dictionary<string, List<object?[]>> _tables = [];
    private Dictionary<(string District, int Year), int> _serials = [];

    /// <summary>How many cases.</summary>
    public int Cases { get; private set; }

    /// <summary>Takes a copy.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="cases">How many cases it is.</param>
    /// <param name="serials">The last serials after it.</param>
    public void Add(Dictionary<Table, List<object?[]>> rows, int cases, Dictionary<(string District, int Year), int> serials)
    {
        foreach (var (table, same) in rows)
        {
            if (_tables.TryGetValue(table.Name, out var known))
                known.AddRange(same);
            else
                _tables.Add(table.Name, same);
        }

        Cases += cases;
        _serials = new(serials);
    }

    /// <summary>Writes all of it, or nothing.</summary>
    public void Write(Store store) => store.InTransaction(() =>
    {
        foreach (var (table, rows) in _tables)
            store.Insert(store.TableOf(table), rows);
        foreach (var ((district, year), serial) in _serials)
            store.Run("INSERT INTO CaseNumber (DistrictCode, Year, LastSerial) VALUES ($p0, $p1, $p2) ON CONFLICT DO UPDATE SET LastSerial = excluded.LastSerial", district, year, serial);
    });
}
