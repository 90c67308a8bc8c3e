using GridCases.Data;
using GridCases.Domain;
using GridCases.Security;

namespace GridCases.Features.Imports;

/// <summary>
/// What a file would do to the stored city, found out row by row: the faults, what is added and changed, and the statements that do it. Checking and applying go this one way,
/// so that nothing is applied that was not looked at as it is now.
/// </summary>
internal sealed partial class ImportPlan
{
    /// <summary>Most faults that are kept; the others are counted.</summary>
    public const int MostFaults = 2000;

    /// <summary>Most additions that are kept to be looked at, and as many changes.</summary>
    public const int MostShown = 100;

    private readonly StoredCity _city;
    private readonly CityImportRow _import;
    private readonly Guid _administrator;
    private readonly DateTimeOffset _now;
    private readonly DateOnly _today;
    private readonly PersonalData _personal;
    private readonly byte[] _secret;
    private readonly List<Write> _writes = [];
    private int _added, _changed;

    /// <summary>Begins.</summary>
    /// <param name="city">What is stored; it changes as rows are taken in.</param>
    /// <param name="import">The import.</param>
    /// <param name="now">When it is applied.</param>
    /// <param name="personal">Encrypts phones.</param>
    /// <param name="secret">What the temporary passwords are made of.</param>
    public ImportPlan(StoredCity city, CityImportRow import, DateTimeOffset now, PersonalData personal, byte[] secret)
    {
        (_city, _administrator, _import, _now, _today, _personal, _secret) = (city, import.UserId, import, now, LocalTime.Day(now), personal, secret);
        _organisations = city.Organisations.ToLookup(o => ImportWords.KeyOf(o.Name)).ToDictionary(o => o.Key, o => o.ToList());
    }

    /// <summary>The first faults.</summary>
    public List<ImportFault> Faults { get; } = [];

    /// <summary>All of them.</summary>
    public int FaultCount { get; private set; }

    /// <summary>The first of what is added and changed.</summary>
    public List<ShownChange> Changes { get; } = [];

    /// <summary>What was found, by sheet.</summary>
    public Dictionary<ImportSheet, SheetCounts> Counts { get; } = [];

    /// <summary>The users that are new.</summary>
    public List<KnownUser> NewUsers { get; } = [];

    /// <summary>Whose roles come or end otherwise than before.</summary>
    public HashSet<Guid> RolesOf { get; } = [];

    /// <summary>How many rows there are, headings and empty ones not among them.</summary>
    public static int RowsOf(IImportFile file)
    {
        var rows = 0;
        foreach (var sheet in file.Sheets)
        {
            // As many as are looked at later.
            rows += Math.Max(0, file.Rows(sheet).Where(r => !r.IsEmpty).Take(ImportFile.MostRows + 1).Count() - 1);
        }

        return rows;
    }

    /// <summary>Takes in a file; a step is a row, behind which <see cref="TakeWrites"/> has what is to be written.</summary>
    public IEnumerable<int> Run(IImportFile file)
    {
        if (file.Sheets.Count == 0)
            Report(new ImportFault(null, 0, null, null, FaultCode.NoSheets));
        var done = 0;
        foreach (var sheet in file.Sheets)
        {
            var counts = Counts[sheet.Sheet] = new SheetCounts();
            foreach (var row in Rows(file, sheet))
            {
                Take(sheet.Sheet, row, counts);
                yield return ++done;
            }

            counts.Missing = Missing(sheet.Sheet);
            if (sheet.Sheet is ImportSheet.Units)
                AddUnits();
        }
    }

    /// <summary>The statements since the last time.</summary>
    public IReadOnlyList<Write> TakeWrites()
    {
        var writes = _writes.ToArray();
        _writes.Clear();
        return writes;
    }

    /// <summary>Takes down a fault.</summary>
    public void Report(ImportFault fault)
    {
        if (++FaultCount <= MostFaults)
            Faults.Add(fault);
    }

    /// <summary>The rows of a sheet behind its headings. A sheet that cannot be read any further is reported and ends.</summary>
    private IEnumerable<ImportRow> Rows(IImportFile file, SheetForm sheet)
    {
        IReadOnlyDictionary<string, int>? places = null;
        using var rows = file.Rows(sheet).GetEnumerator();
        for (var count = 0; Next(rows, sheet);)
        {
            var row = rows.Current;
            if (row.IsEmpty)
                continue;
            if (places is null)
            {
                if ((places = Headings(sheet, row)) is null)
                    yield break;
                continue;
            }

            if (++count > ImportFile.MostRows)
            {
                Report(new ImportFault(sheet.Sheet, row.Number, null, null, FaultCode.TooManyRows, ImportFile.MostRows));
                yield break;
            }

            yield return new ImportRow(sheet, places, row, Report);
        }

        if (places is null)
            Report(new ImportFault(sheet.Sheet, 1, null, null, FaultCode.SheetEmpty));
    }

    private bool Next(IEnumerator<SheetRow> rows, SheetForm sheet)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (UnreadableFile e)
        {
            Report(new ImportFault(sheet.Sheet, rows.Current.Number, null, null, e.Code));
            return false;
        }
    }

    /// <summary>Where each column stands; null when one that is needed is missing.</summary>
    private Dictionary<string, int>? Headings(SheetForm sheet, SheetRow row)
    {
        var places = new Dictionary<string, int>();
        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (sheet.ColumnOf(row.Cells[i]) is { } column && !places.TryAdd(column.Name, i))
                Report(new ImportFault(sheet.Sheet, row.Number, column.Name, ImportSheets.CellName(i + 1, row.Number), FaultCode.ColumnTwice));
        }

        var missing = sheet.Columns.Where(c => c.IsRequired && !places.ContainsKey(c.Name)).ToList();
        foreach (var column in missing)
            Report(new ImportFault(sheet.Sheet, row.Number, column.Name, null, FaultCode.ColumnMissing, column.Name, column.Chinese[0]));
        return missing.Count == 0 ? places : null;
    }

    private void Take(ImportSheet sheet, ImportRow row, SheetCounts counts)
    {
        switch (sheet)
        {
            case ImportSheet.Units:
                TakeUnit(row, counts);
                break;
            case ImportSheet.Organisations:
                TakeOrganisation(row, counts);
                break;
            case ImportSheet.Users:
                TakeUser(row, counts);
                break;
            case ImportSheet.Roles:
                TakeRole(row, counts);
                break;
            case ImportSheet.Cases:
                TakeCase(row, counts);
                break;
        }
    }

    /// <summary>What is stored below the administrator and open today, and has no row: it stays as it is.</summary>
    private int Missing(ImportSheet sheet) => sheet switch
    {
        ImportSheet.Units => _city.Units.Values.Count(u => u.Row == 0 && !u.IsClosedOn(_today)),
        ImportSheet.Organisations => _city.Organisations.Count(o => o.Row == 0 && !o.IsClosedOn(_today)),
        ImportSheet.Users => _city.Users.Values.Count(u => u.Row == 0 && u.DeactivatedAt is null && u.Roles.Exists(IsServedBelow)),
        ImportSheet.Roles => _city.Users.Values.Where(u => u.DeactivatedAt is null).Sum(u => u.Roles.Count(r => r.Row == 0 && IsServedBelow(r))),

        // The cases of this system are none that a predecessor's list would name.
        ImportSheet.Cases => 0,
    };

    private bool IsServedBelow(KnownRole role) => !role.IsOverOn(_today) && _city.Contains(role.UnitCode);

    private void Add(SheetCounts counts, ImportSheet sheet, ImportRow row, string shown, string subject, string what, UnitCode? unit, object after)
    {
        counts.Added++;
        if (++_added <= MostShown)
            Changes.Add(new ShownChange(sheet, row.Number, shown));
        _writes.Add(Audited(what, unit, subject, null, after));
    }

    private void Change(SheetCounts counts, ImportSheet sheet, ImportRow row, string shown, string subject, string what, UnitCode? unit, params IReadOnlyList<ShownChange> columns)
    {
        counts.Changed++;
        if (++_changed <= MostShown)
            Changes.AddRange(columns.Select(c => c with { Sheet = sheet, Row = row.Number, Subject = shown }));
        _writes.Add(Audited(
            what, unit, subject, columns.Where(c => c.Old is not null).ToDictionary(c => c.Column!, c => c.Old), columns.ToDictionary(c => c.Column!, c => c.New ?? "changed")));
    }

    private Write Audited(string what, UnitCode? unit, string subject, object? before, object? after) =>
        ReadAudit.Changing(_import.UserName, _now, what, unit, subject, before, after);
}

/// <summary>What was found on a sheet.</summary>
public sealed class SheetCounts
{
    /// <summary>Rows that are new.</summary>
    public int Added { get; set; }

    /// <summary>Rows that differ from what is stored.</summary>
    public int Changed { get; set; }

    /// <summary>Rows that are stored just so.</summary>
    public int Unchanged { get; set; }

    /// <summary>What is stored and has no row. It stays.</summary>
    public int Missing { get; set; }
}

/// <summary>An addition, or one column of a change, to be looked at.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Row">The row.</param>
/// <param name="Subject">Whom or what it is about.</param>
/// <param name="Column">The column that changes; null for what is new.</param>
/// <param name="Old">What it was; null where that is nobody's business.</param>
/// <param name="New">What it will be; null for the same reason.</param>
internal sealed record ShownChange(ImportSheet Sheet, int Row, string Subject, string? Column = null, string? Old = null, string? New = null)
{
    /// <summary>A column that changes.</summary>
    public static ShownChange Of(string column, string? old, string? @new) => new(default, 0, "", column, old, @new);
}
