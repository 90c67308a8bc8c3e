using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Security;

namespace GridCases.Benchmarks.City;

/// <summary>
/// The rows of a case that lived, or of several that belong together, as a mould: wherever a text names one of its own ids, a unit, a user, an organisation,
/// a number, an instant or a day, there a copy has its own. Everything else is copied as it is. Agreements and journals get the hashes that belong to them.
/// </summary>
public sealed class Life
{
    private readonly People _people;
    private readonly List<Row> _rows = [];
    private readonly Index<string> _ids = new(), _units = new(), _users = new(), _organisations = new(), _numbers = new(), _hashes = new();
    private readonly Regex _places;
    private readonly string _grid;

    /// <summary>Makes the mould.</summary>
    /// <param name="people">Who served where it was lived.</param>
    /// <param name="rows">Its rows, the case's own before those that hang on it.</param>
    public Life(People people, IEnumerable<(Table Table, object?[] Values)> rows)
    {
        _people = people;
        var all = rows.ToList();
        var cases = all.Where(r => r.Table.Name == "DisputeCase").ToList();
        CaseIds = [.. cases.Select(r => Text(r, "Id"))];
        var states = cases.Select(r => Enum.Parse<CaseState>(Text(r, "State"))).ToList();
        State = states.Contains(CaseState.Merged) ? CaseState.Merged : states[0];
        IsOpen = states.Any(CaseTransitions.IsOpen);
        HasOpenClocks = all.Any(r => r.Table.Name == "CaseClock" && Text(r, "Status") is "Running" or "Paused");
        RegisteredAt = cases.Min(r => Instants.Read(Text(r, "RegisteredAt")));
        Length = all.Where(r => r.Table.Name == "CaseEvent").Max(r => Instants.Read(Text(r, "At"))) - RegisteredAt;
        _grid = Text(cases[0], "PlaceUnitCode");
        while (_grid.Length < (int)UnitLevel.Grid)
            _grid += "001"; // it happened somewhere in a unit: in the first one below
        foreach (var row in all.Where(r => r.Table.Columns.Contains("Id")))
            _ids.Add(Text(row, "Id"));
        foreach (var row in all.Where(r => r.Table.Name == "CaseAgreement"))
            _hashes.Add(Text(row, "Sha256"));
        foreach (var row in cases)
            _numbers.Add(Text(row, "Number"));

        var users = string.Join('|', people.UserNames.Select(Regex.Escape));
        _places = new Regex(
            $$"""
            (?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) | (?<hash>(?<!\w)[0-9a-f]{64}(?!\w)) | (?<number>9901\d\d20\d\d-\d{6}) |
            (?<instant>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ) | (?<day>(?<!\d)20\d\d-\d\d-\d\d(?!\d)) |
            (?<unit>(?<!\d)9901(?:\d\d(?:\d\d\d){0,3})?(?!\d)) | (?<=^|")(?<user>{{users}})(?="|$)
            """,
            RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture);
        var told = all.Where(r => r.Table.Name == "Notification").ToDictionary(r => Text(r, "Id"), r => Instants.Read(Text(r, "CreatedAt")));
        _rows.AddRange(all.Select(r => new Row(r.Table, [.. r.Values.Zip(r.Table.Columns, Compile)], r.Table.Name switch
        {
            "Outbox" or "Notification" => Instants.Read(Text(r, "CreatedAt")),
            "NotificationRead" => told[Text(r, "NotificationId")],
            _ => null,
        })));
    }

    /// <summary>The cases.</summary>
    public IReadOnlyList<string> CaseIds { get; }

    /// <summary>How far it has come; of several, whether one was merged into the other.</summary>
    public CaseState State { get; }

    /// <summary>Whether somebody still has to act.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether something still has a due date.</summary>
    public bool HasOpenClocks { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset RegisteredAt { get; }

    /// <summary>From its beginning to the last thing that happened.</summary>
    public TimeSpan Length { get; }

    /// <summary>Lives it again.</summary>
    public Dictionary<Table, List<object?[]>> Copy(Copying copying)
    {
        var copy = new Rendering(this, copying);
        if (_hashes.Values.Any())
            copy.HashAgreements([.. _rows.Where(r => r.Table.Name is "CaseAgreement" or "AgreementObligation").Select(r => (r.Table, copy.Render(r)))]);
        var tables = new Dictionary<Table, List<object?[]>>();
        foreach (var row in _rows)
        {
            if (row.NoticeAt is { } at && at + copying.Shift < copying.NoticesFrom)
                continue;
            if (!tables.TryGetValue(row.Table, out var same))
                tables.Add(row.Table, same = []);
            same.Add(copy.Render(row));
        }

        Chain(tables);
        foreach (var (table, same) in tables)
        {
            if (table.Name is "CaseParty")
                same.ForEach(row => copying.Invent(table, row));
            if (table.Name is "DisputeCase")
                same.ForEach(row => copying.Place(table, row));
        }

        return tables;
    }

    private static void Chain(Dictionary<Table, List<object?[]>> tables)
    {
        var (cases, events) = (tables.Single(t => t.Key.Name == "DisputeCase"), tables.Single(t => t.Key.Name == "CaseEvent"));
        var table = events.Key;
        var (caseId, sequence, at, by, action, data, previous, hash) = (table["CaseId"], table["Sequence"], table["At"], table["ByUser"], table["Action"], table["DataJson"], table["PreviousHash"], table["Hash"]);
        foreach (var @case in cases.Value)
        {
            var (id, last) = ((string)@case[cases.Key["Id"]]!, CaseJournal.NoHash);
            foreach (var line in events.Value.Where(e => (string)e[caseId]! == id).OrderBy(e => (long)e[sequence]!))
            {
                line[previous] = last;
                line[hash] = last = CaseJournal.Hash(last, Guid.Parse(id), (int)(long)line[sequence]!, Instants.Read((string)line[at]!), (string)line[by]!, (string)line[action]!, (string)line[data]!);
            }

            @case[cases.Key["LastEventHash"]] = last;
        }
    }

    private static string Text((Table Table, object?[] Values) row, string column) => (string)row.Values[row.Table[column]]!;

    private object? Compile(object? value, string column)
    {
        if (value is not string text || column.EndsWith("Cipher", StringComparison.Ordinal))
            return value;
        var parts = new List<Part>();
        var end = 0;
        foreach (var match in _places.Matches(text).Cast<Match>())
        {
            if (PartOf(match.Groups.Cast<Group>().Skip(1).Single(g => g.Success)) is not { } part)
                continue;
            if (match.Index > end)
                parts.Add(new Part(Kind.Text, text[end..match.Index]));
            parts.Add(part);
            end = match.Index + match.Length;
        }

        if (parts.Count == 0)
            return text;
        if (end < text.Length)
            parts.Add(new Part(Kind.Text, text[end..]));
        return parts.ToArray();
    }

    private Part? PartOf(Group found)
    {
        var text = found.Value;
        switch (found.Name)
        {
            case "id" when _ids.Find(text) is { } id:
                return new Part(Kind.Id, text, id);
            case "id" when _people.UserNamesById.TryGetValue(text, out var user):
                return new Part(Kind.UserId, text, _users.Add(user));
            case "id" when _people.Organisations.ContainsKey(text):
                return new Part(Kind.Organisation, text, _organisations.Add(text));
            case "id" when _people.SubsidyRates.Index().FirstOrDefault(r => r.Item == text) is (var rate, not null):
                return new Part(Kind.SubsidyRate, text, rate);
            case "number":
                return new Part(Kind.Number, text, _numbers.Find(text)!.Value);
            case "hash" when _hashes.Find(text) is { } hash:
                return new Part(Kind.AgreementHash, text, hash);
            case "unit":
                return new Part(Kind.Unit, text, _units.Add(text));
            case "user":
                return new Part(Kind.User, text, _users.Add(text));
            case "instant":
                return new Part(Kind.Instant, text, 0, Instants.Read(text));
            case "day":
                return new Part(Kind.Day, text, 0, new DateTimeOffset(DateOnly.Parse(text, CultureInfo.InvariantCulture), default, TimeSpan.Zero));
            default:
                return null;
        }
    }

    private enum Kind
    {
        Text, Id, Unit, User, UserId, Organisation, SubsidyRate, Number, AgreementHash, Instant, Day,
    }

    private readonly record struct Part(Kind Kind, string Text, int Index = 0, DateTimeOffset At = default);

    /// <param name="Table">The table.</param>
    /// <param name="Cells">A value, or the parts of a text.</param>
    /// <param name="NoticeAt">When it was told, of a row that is kept for a while only.</param>
    private sealed record Row(Table Table, object?[] Cells, DateTimeOffset? NoticeAt);

    /// <summary>Values in the order in which they were found, each once.</summary>
    private sealed class Index<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> _places = [];

        public IEnumerable<T> Values => _places.Keys;

        public int Add(T value)
        {
            if (!_places.TryGetValue(value, out var place))
                _places.Add(value, place = _places.Count);
            return place;
        }

        public int? Find(T value) => _places.TryGetValue(value, out var place) ? place : null;
    }

    /// <summary>One copy on its way: what stands where in it.</summary>
    private sealed class Rendering
    {
        private readonly Copying _copying;
        private readonly string[] _ids, _units, _users, _userIds, _organisations, _numbers, _hashes;
        private readonly StringBuilder _text = new();

        public Rendering(Life life, Copying copying)
        {
            _copying = copying;
            _ids = [.. life._ids.Values.Select(id => Guid.CreateVersion7(InstantOf(id) + copying.Shift).ToString("D"))];
            _units = [.. life._units.Values.Select(Moved)];
            var users = life._users.Values.Select(name => life._people.PostOf(name) is var (unit, post) ? copying.People.At(Moved(unit), post) : null!).ToArray();
            _users = [.. users.Select(u => u.UserName)];
            _userIds = [.. users.Select(u => u.Id)];
            _organisations = [.. life._organisations.Values.Select(id => life._people.Organisations[id] is var (unit, kind) ? copying.People.OrganisationAt(Moved(unit), kind) : null!)];
            _numbers = [.. life._numbers.Values.Select(_ => copying.NextNumber(life.RegisteredAt + copying.Shift))];
            _hashes = [.. life._hashes.Values];

            string Moved(string code) => copying.Plan.Moved(code, life._grid, copying.Grid);
        }

        public object?[] Render(Row row) => Array.ConvertAll(row.Cells, cell => cell is Part[] parts ? Render(parts) : cell);

        /// <summary>Computes the hashes of the agreements by what they say now.</summary>
        public void HashAgreements(List<(Table Table, object?[] Values)> rows)
        {
            var next = 0;
            foreach (var row in rows.Where(r => r.Table.Name == "CaseAgreement"))
            {
                var (id, version) = (row.Values[row.Table["CaseId"]], row.Values[row.Table["Version"]]);
                var agreement = new Agreement
                {
                    Version = (int)(long)version!,
                    Form = Enum.Parse<AgreementForm>(Text(row, "Form")),
                    Terms = Text(row, "Terms"),
                    Amount = Yuan(row, "Amount"),
                    MadeAt = Instants.Read(Text(row, "MadeAt")),
                    Obligations =
                    [
                        .. rows.Where(r => r.Table.Name == "AgreementObligation" && Equals(r.Values[r.Table["CaseId"]], id) && Equals(r.Values[r.Table["AgreementVersion"]], version))
                            .OrderBy(r => r.Values[r.Table["Ordinal"]])
                            .Select(r => new Obligation(Guid.Parse(Text(r, "Id")), Guid.Parse(Text(r, "PartyId")), Text(r, "Text"), DateOnly.Parse(Text(r, "DueOn"), CultureInfo.InvariantCulture), Yuan(r, "Amount"))),
                    ],
                };
                _hashes[next++] = agreement.Sha256;
            }
        }

        private static decimal? Yuan((Table Table, object?[] Values) row, string column) => row.Values[row.Table[column]] is double amount ? (decimal)amount : null;

        private static DateTimeOffset InstantOf(string id) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse($"{id.AsSpan(0, 8)}{id.AsSpan(9, 4)}", NumberStyles.HexNumber, CultureInfo.InvariantCulture));

        private string Render(Part[] parts)
        {
            if (parts.Length == 1)
                return Render(parts[0]);
            _text.Clear();
            foreach (var part in parts)
                _text.Append(Render(part));
            return _text.ToString();
        }

        private string Render(Part part) => part.Kind switch
        {
            Kind.Text => part.Text,
            Kind.Id => _ids[part.Index],
            Kind.Unit => _units[part.Index],
            Kind.User => _users[part.Index],
            Kind.UserId => _userIds[part.Index],
            Kind.Organisation => _organisations[part.Index],
            Kind.SubsidyRate => _copying.People.SubsidyRates[part.Index],
            Kind.Number => _numbers[part.Index],
            Kind.AgreementHash => _hashes[part.Index],
            Kind.Instant => Instants.Write(_copying.Moved(part.At)),
            Kind.Day => part.At.AddDays(_copying.Shift.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}

/// <summary>Where and when a copy lives.</summary>
public sealed class Copying(CityPlan plan, People people, PersonalData personal, Random random, Func<string, DateTimeOffset, string> number)
{
    /// <summary>The city's units.</summary>
    public CityPlan Plan => plan;

    /// <summary>The city's people.</summary>
    public People People => people;

    /// <summary>The grid it happens in.</summary>
    public required string Grid { get; init; }

    /// <summary>By how much later it happens: whole days.</summary>
    public required TimeSpan Shift { get; init; }

    /// <summary>Notices from before this have been removed.</summary>
    public required DateTimeOffset NoticesFrom { get; init; }

    /// <summary>By how much earlier in the day people did what they did, so that not all copies are of the same second.</summary>
    private readonly TimeSpan _earlier = TimeSpan.FromMilliseconds(random.Next(3_600_000));

    /// <summary>When something happens here. What people do in the day is earlier by some minutes; limits end at a day's end as they do.</summary>
    public DateTimeOffset Moved(DateTimeOffset at)
    {
        var byPeople = LocalTime.TimeOfDay(at).Hour is >= 8 and < 20;
        return at + Shift - (byPeople ? _earlier : TimeSpan.Zero);
    }

    /// <summary>The next number of the district and year.</summary>
    public string NextNumber(DateTimeOffset registeredAt) => number(Grid[..(int)UnitLevel.District], registeredAt);

    /// <summary>Gives a party another name and papers.</summary>
    public void Invent(Table table, object?[] row)
    {
        // Some people dispute more than once, in their own village.
        var who = random.Next(12) == 0 ? new Random((int)(long.Parse(Grid[..(int)UnitLevel.Village], CultureInfo.InvariantCulture) % int.MaxValue) - random.Next(20)) : random;
        row[table["Name"]] = row[table["Kind"]] is nameof(PartyKind.Person) ? Names.Of(who) : Names.OfOrganisation(who, (string)row[table["Name"]]!);
        Protect("IdNumber", Names.IdNumber(who));
        Protect("Phone", Names.Phone(who));
        if (row[table["AddressCipher"]] is not null)
            row[table["AddressCipher"]] = personal.Protect(Address(who));

        void Protect(string what, string text)
        {
            if (row[table[$"{what}Cipher"]] is null)
                return;
            row[table[$"{what}Cipher"]] = personal.Protect(text);
            row[table[$"{what}Hash"]] = personal.Fingerprint(text);
            row[table["HashForm"]] = PersonalData.HashForm;
        }
    }

    /// <summary>Gives a case another address.</summary>
    public void Place(Table table, object?[] row)
    {
        if (row[table["PlaceAddressCipher"]] is not null)
            row[table["PlaceAddressCipher"]] = personal.Protect(Address(random));
    }

    private string Address(Random of) => $"{CityPlan.NameOf(Grid[..(int)UnitLevel.Village])}{of.Next(1, 300)}号";
}
