using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Cases;

/// <summary>
/// A case that may be the same dispute. Of its parties it tells nothing: whoever wants to know opens it, and that is audited.
/// </summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RegisteredOn">Local day it was registered.</param>
/// <param name="Why">What is alike, the surest first.</param>
public sealed record Duplicate(Guid Id, string Number, string Title, CaseState State, DateOnly RegisteredOn, IReadOnlyList<DuplicateReason> Why);

/// <summary>
/// Finds cases in the caller's scope that may be the same dispute. What lies outside leaves no trace in the answer; a centre above two
/// units sees what is alike in both. Representatives are not compared: one lawyer serves many. Nor are parties that were withdrawn. Of organisations only the words are: a property company is in every other dispute.
/// </summary>
public sealed class DuplicateSearch(Db db, CurrentCaller current, PersonalData personal, TimeProvider time, IOptions<DuplicateSearch.Settings> settings)
{
    private const int Most = 10;
    private const int MostRead = 500;

    private const string Compared = "q.Kind = 'Person' AND q.Role <> 'Representative' AND q.WithdrawnAt IS NULL";

    private static readonly SqlPart Candidate = new("SELECT c.Id, c.Number, c.Title, c.Summary, c.State, c.RegisteredAt FROM DisputeCase c WHERE");
    private static readonly SqlPart ByIdNumber = new($"c.Id IN (SELECT q.CaseId FROM CaseParty q WHERE q.IdNumberHash = @hash AND {Compared})");
    private static readonly SqlPart ByPhone = new($"c.Id IN (SELECT q.CaseId FROM CaseParty q WHERE q.PhoneHash = @hash AND {Compared})");
    private static readonly SqlPart ByPlace = new("c.PlaceUnitCode >= @village AND c.PlaceUnitCode < @villageEnd");

    // A name may be written otherwise there: the words of the case are normalised as those that are looked for, and who of its parties it is, is compared afterwards.
    private static readonly SqlPart Named = new($"SELECT c.Id, c.Number, c.Title, c.Summary, c.State, c.RegisteredAt, q.Name AS PartyName FROM DisputeCase c JOIN CaseParty q ON q.CaseId = c.Id AND {Compared} WHERE");
    private static readonly SqlPart ByName = SqlPart.Per(
        sqlServer: """
            c.PlaceUnitCode >= @village AND c.PlaceUnitCode < @villageEnd AND EXISTS (SELECT 1 FROM CaseSearch s
                WHERE s.CaseId = c.Id AND EXISTS (SELECT 1 FROM OPENJSON(@names) w WHERE CHARINDEX(w.[value] COLLATE Latin1_General_BIN2, s.[Text]) > 0))
            """,
        sqlite: """
            c.PlaceUnitCode >= @village AND c.PlaceUnitCode < @villageEnd AND EXISTS (SELECT 1 FROM CaseSearch s
                WHERE s.CaseId = c.Id AND EXISTS (SELECT 1 FROM json_each(@names) w WHERE instr(s.[Text], w.[value]) > 0))
            """);

    // In IIF, so that it is looked at and not taken for the way to the rows.
    private static readonly SqlPart IsRecent = new($"IIF(c.State NOT IN ('Merged', 'Withdrawn') AND (c.RegisteredAt >= @since OR {CaseConditions.IsOpen}), 1, 0) = 1");
    private static readonly SqlPart IsAnother = new("""
        c.Id <> @self AND NOT EXISTS (SELECT 1 FROM CaseLink l WHERE (l.CaseId = @self AND l.OtherCaseId = c.Id) OR (l.OtherCaseId = @self AND l.CaseId = c.Id))
        """);

    private static readonly SqlPart And = new("AND");
    private static readonly SqlPart NewestFirst = new("ORDER BY c.RegisteredAt DESC, c.Id DESC {page}");

    private static readonly SqlFamily<(DuplicateReason By, bool OnFile, bool OneSubtree)> Find = new(
        shape => SqlPart.Join(
            shape.By is DuplicateReason.Name ? Named : Candidate,
            SqlPart.Between(And, Alike(shape.By), IsRecent, IsAnother.When(shape.OnFile), CaseReach.Inside(shape.OneSubtree)),
            NewestFirst),
        from reason in Enum.GetValues<DuplicateReason>() from onFile in new[] { true, false } from oneSubtree in new[] { true, false } select (reason, onFile, oneSubtree));

    /// <summary>What counts as a likely duplicate: configuration <c>GridCases:Duplicates</c>.</summary>
    public sealed class Settings
    {
        /// <summary>Days back that an ended case of the same village is looked at.</summary>
        public int Days { get; set; } = 60;

        /// <summary>Days back that an ended case of the same person is looked at.</summary>
        public int PersonDays { get; set; } = 365;

        /// <summary>Share of the words from which two texts are alike, 0 to 1.</summary>
        public double TextLikeness { get; set; } = 0.5;
    }

    public sealed record Wanted
    {
        /// <summary>The case itself, when it is on file: neither it nor those linked with it are found.</summary>
        public Guid? Self { get; init; }

        public UnitCode? Place { get; init; }

        public string? Title { get; init; }

        public string? Summary { get; init; }

        /// <summary>Fingerprints of ID numbers.</summary>
        public IReadOnlyCollection<string> IdNumbers { get; init; } = [];

        public IReadOnlyCollection<string> Phones { get; init; } = [];

        public IReadOnlyCollection<string> Names { get; init; } = [];

        /// <summary>What a case on file is compared by.</summary>
        public static Wanted Like(StoredCase stored) => Like(stored.Row, stored.Parties);

        /// <summary>The same from its rows.</summary>
        internal static Wanted Like(CaseRow row, IEnumerable<PartyRow> parties)
        {
            PartyRow[] people = [.. parties.Where(p => p is { Kind: PartyKind.Person, Role: not PartyRole.Representative, WithdrawnAt: null })];
            return new Wanted
            {
                Self = row.Id,
                Place = row.PlaceUnitCode,
                Title = row.Title,
                Summary = row.Summary,
                IdNumbers = [.. people.Select(p => p.IdNumberHash).OfType<string>()],
                Phones = [.. people.Select(p => p.PhoneHash).OfType<string>()],
                Names = [.. people.Select(p => p.Name)],
            };
        }
    }

    /// <summary>The keyed hash by which a number is compared; null for none.</summary>
    public string? Fingerprint(string? number) => personal.Fingerprint(number);

    /// <summary>At most ten, the surest and then the newest first.</summary>
    public async Task<IReadOnlyList<Duplicate>> FindAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        var batch = db.Batch();
        var asked = Ask(batch, wanted);
        await batch.RunAsync(cancellationToken);
        return Of(asked, wanted);
    }

    /// <summary>Asks for all that may be alike in a batch.</summary>
    internal IReadOnlyList<(DuplicateReason By, Rows<Row> Rows)> Ask(ReadBatch batch, Wanted wanted)
    {
        var reach = new CaseReach(current.Caller, time.GetUtcNow().TruncatedToMilliseconds());
        var asked = new List<(DuplicateReason, Rows<Row>)>();
        if (reach.IsNowhere)
            return asked;

        var since = LocalTime.StartOfDay(reach.ScopeDay.AddDays(-settings.Value.PersonDays));
        asked.AddRange(wanted.IdNumbers.Distinct().Select(hash => (DuplicateReason.IdNumber, Look(batch, DuplicateReason.IdNumber, wanted, reach, since, hash, null))));
        asked.AddRange(wanted.Phones.Distinct().Select(hash => (DuplicateReason.Phone, Look(batch, DuplicateReason.Phone, wanted, reach, since, hash, null))));
        if (wanted.Place is { } place)
        {
            var (village, recently) = (place.AtLevel(UnitLevel.Village) ?? place, LocalTime.StartOfDay(reach.ScopeDay.AddDays(-settings.Value.Days)));
            if (NamesOf(wanted).Any())
                asked.Add((DuplicateReason.Name, Look(batch, DuplicateReason.Name, wanted, reach, recently, null, village)));

            if (!string.IsNullOrWhiteSpace(wanted.Title))
                asked.Add((DuplicateReason.Text, Look(batch, DuplicateReason.Text, wanted, reach, recently, null, village)));
        }

        return asked;
    }

    /// <summary>What was found, once the batch has run.</summary>
    internal IReadOnlyList<Duplicate> Of(IEnumerable<(DuplicateReason By, Rows<Row> Rows)> asked, Wanted wanted)
    {
        var found = new Dictionary<Guid, (Row Row, List<DuplicateReason> Why)>();
        var names = NamesOf(wanted).ToHashSet(StringComparer.Ordinal);
        foreach (var (by, rows) in asked)
        {
            var alike = by switch
            {
                DuplicateReason.Text => rows.Where(row => IsAlike(row, wanted)),
                DuplicateReason.Name => rows.Where(row => names.Contains(PlainText.Words(row.PartyName))),
                _ => rows,
            };
            Add(found, alike, by);
        }

        return
        [
            .. found.Values.OrderBy(f => f.Why[0]).ThenByDescending(f => f.Why.Count).ThenByDescending(f => f.Row.RegisteredAt).ThenBy(f => f.Row.Id).Take(Most)
                .Select(f => new Duplicate(f.Row.Id, f.Row.Number, f.Row.Title, f.Row.State, LocalTime.Day(f.Row.RegisteredAt), f.Why)),
        ];
    }

    private static SqlPart Alike(DuplicateReason by) => by switch
    {
        DuplicateReason.IdNumber => ByIdNumber,
        DuplicateReason.Phone => ByPhone,
        DuplicateReason.Name => ByName,
        DuplicateReason.Text => ByPlace,
    };

    private static Rows<Row> Look(ReadBatch batch, DuplicateReason by, Wanted wanted, CaseReach reach, DateTimeOffset since, string? hash, UnitCode? village) =>
        batch.Read<Row>(Find[(by, wanted.Self is not null, reach.IsOneSubtree)], new
        {
            self = wanted.Self,
            since,
            reach.Top,
            reach.Tops,
            reach.Organisations,
            reach.UserName,
            hash = hash is null ? (HexHash?)null : new HexHash(hash),
            village,
            names = NamesOf(wanted),
            limit = MostRead,
        });

    /// <summary>The names as people are matched.</summary>
    private static IEnumerable<string> NamesOf(Wanted wanted) => wanted.Names.Select(PlainText.Words).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);

    private bool IsAlike(Row row, Wanted wanted) =>
        Math.Max(TextLikeness.Of(row.Title, wanted.Title), TextLikeness.Of(row.Summary, wanted.Summary)) >= settings.Value.TextLikeness;

    private static void Add(Dictionary<Guid, (Row Row, List<DuplicateReason> Why)> found, IEnumerable<Row> rows, DuplicateReason why)
    {
        foreach (var row in rows)
        {
            if (!found.TryGetValue(row.Id, out var known))
                found[row.Id] = known = (row, []);

            if (!known.Why.Contains(why))
                known.Why.Add(why);
        }
    }

    internal sealed class Row
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public string Title { get; init; } = "";
        public string? Summary { get; init; }
        public CaseState State { get; init; }
        public DateTimeOffset RegisteredAt { get; init; }

        /// <summary>Of which party the case has the name; read where names are compared.</summary>
        public string? PartyName { get; init; }
    }
}
