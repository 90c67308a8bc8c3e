using System.Text;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>
/// The words by which a case is found: number, title, summary and the names of its parties, normalised as people are matched, and an index of the
/// characters that stand side by side in them, which finds a name of two characters as well as a sentence.
/// </summary>
internal static partial class CaseSearch
{
    // More would not make the index choose better: what it finds is compared with the whole text.
    private const int MostGrams = 6;

    /// <summary>Case <c>c</c> contains <c>@words</c>.</summary>
    public static readonly SqlPart Contains = SqlPart.Per(
        sqlServer: "EXISTS (SELECT 1 FROM CaseSearch s WHERE s.CaseId = c.Id AND CHARINDEX(@words, s.[Text]) > 0)",
        sqlite: "EXISTS (SELECT 1 FROM CaseSearch s WHERE s.CaseId = c.Id AND instr(s.[Text], @words) > 0)");

    /// <summary>Case <c>c</c> contains each of <c>@more</c>.</summary>
    public static readonly SqlPart ContainsMore = SqlPart.Per(
        sqlServer: """
            EXISTS (SELECT 1 FROM CaseSearch m WHERE m.CaseId = c.Id
                AND NOT EXISTS (SELECT 1 FROM OPENJSON(@more) w WHERE CHARINDEX(w.[value] COLLATE Latin1_General_BIN2, m.[Text]) = 0))
            """,
        sqlite: "EXISTS (SELECT 1 FROM CaseSearch m WHERE m.CaseId = c.Id AND NOT EXISTS (SELECT 1 FROM json_each(@more) w WHERE instr(m.[Text], w.[value]) = 0))");

    /// <summary>Cases <c>c</c> that contain <c>@words</c>, among those that have all of <c>@grams</c>.</summary>
    public static readonly SqlPart Found = SqlPart.Per(
        sqlServer: """
            CaseSearch s JOIN DisputeCase c ON c.Id = s.CaseId
            WHERE s.SearchKey IN (SELECT g.SearchKey FROM CaseGram g
                WHERE g.Gram IN (SELECT [value] COLLATE Latin1_General_BIN2 FROM OPENJSON(@grams)) GROUP BY g.SearchKey HAVING COUNT(*) = (SELECT COUNT(*) FROM OPENJSON(@grams)))
                AND CHARINDEX(@words, s.[Text]) > 0
            """,
        sqlite: """
            CaseGram g CROSS JOIN CaseSearch s ON s.SearchKey = g.rowid CROSS JOIN DisputeCase c ON c.Id = s.CaseId
            WHERE g.CaseGram MATCH (SELECT group_concat('"' || [value] || '"', ' AND ') FROM json_each(@grams)) AND instr(s.[Text], @words) > 0
            """);

    /// <summary>Cases <c>c</c> that contain the one character <c>@words</c>, among those that have all of <c>@grams</c>, if there are any.</summary>
    public static readonly SqlPart FoundByCharacter = SqlPart.Per(
        sqlServer: """
            CaseSearch s JOIN DisputeCase c ON c.Id = s.CaseId
            WHERE s.SearchKey IN (SELECT g.SearchKey FROM CaseGram g WHERE g.Gram LIKE CONCAT(@words, '%'))
                AND NOT EXISTS (SELECT 1 FROM OPENJSON(@grams) w
                    WHERE NOT EXISTS (SELECT 1 FROM CaseGram g WHERE g.SearchKey = s.SearchKey AND g.Gram = w.[value] COLLATE Latin1_General_BIN2))
                AND CHARINDEX(@words, s.[Text]) > 0
            """,
        sqlite: """
            CaseGram g CROSS JOIN CaseSearch s ON s.SearchKey = g.rowid CROSS JOIN DisputeCase c ON c.Id = s.CaseId
            WHERE g.CaseGram MATCH ('"' || @words || '" *' || COALESCE((SELECT group_concat(' AND "' || [value] || '"', '') FROM json_each(@grams)), ''))
                AND instr(s.[Text], @words) > 0
            """);

    /// <summary>What the index does not find in a unit, because it knows where a case began: cases <c>c</c> that are there now and contain <c>@words</c>.</summary>
    public static readonly SqlPart FoundFromElsewhere = SqlPart.Per(
        sqlServer: $"DisputeCase c JOIN CaseSearch s ON s.CaseId = c.Id WHERE {CaseReach.IsFromElsewhere} AND CHARINDEX(@words, s.[Text]) > 0",
        sqlite: $"DisputeCase c JOIN CaseSearch s ON s.CaseId = c.Id WHERE {CaseReach.IsFromElsewhere} AND instr(s.[Text], @words) > 0");

    /// <summary>What a page is picked by where the index finds it: the newest come first without sorting.</summary>
    public static readonly SqlPart Pick = SqlPart.Per(sqlServer: "SELECT c.Id AS PageId, s.SearchKey AS [At] FROM", sqlite: "SELECT c.Id AS PageId, g.rowid AS [At] FROM");

    /// <summary>The same for <see cref="FoundFromElsewhere"/>.</summary>
    public static readonly SqlPart PickFromElsewhere = new("SELECT c.Id AS PageId, s.SearchKey AS [At] FROM");

    /// <summary>Behind the case <c>@id</c>, where the previous page ended.</summary>
    public static readonly SqlPart After = SqlPart.Per(
        sqlServer: "s.SearchKey < (SELECT a.SearchKey FROM CaseSearch a WHERE a.CaseId = @id)",
        sqlite: "g.rowid < (SELECT a.SearchKey FROM CaseSearch a WHERE a.CaseId = @id)");

    /// <summary>The same for <see cref="FoundFromElsewhere"/>.</summary>
    public static readonly SqlPart AfterFromElsewhere = new("s.SearchKey < (SELECT a.SearchKey FROM CaseSearch a WHERE a.CaseId = @id)");

    // Of one millisecond the first has the key of its id, the next ones the numbers behind it.
    private static readonly Sql Remember = new("""
        INSERT INTO CaseSearch (SearchKey, CaseId, [Text])
        SELECT COALESCE(MAX(SearchKey) + 1, @Key), @CaseId, @Text FROM CaseSearch WHERE SearchKey >= @Key AND SearchKey < @KeyEnd
        """);

    private static readonly Sql Index = Sql.Per(
        sqlServer: "INSERT INTO CaseGram (Gram, SearchKey) SELECT g.[value], s.SearchKey FROM CaseSearch s CROSS JOIN OPENJSON(@Grams) g WHERE s.CaseId = @CaseId",
        sqlite: "INSERT INTO CaseGram (rowid, Gram) SELECT SearchKey, (SELECT group_concat([value], ' ') FROM json_each(@Grams)) FROM CaseSearch WHERE CaseId = @CaseId");

    /// <summary>The words that a case <c>@CaseId</c> is found by.</summary>
    public static readonly Sql FindText = new("SELECT [Text] FROM CaseSearch WHERE CaseId = @CaseId");

    private static readonly Sql Rewrite = new("UPDATE CaseSearch SET [Text] = @Text WHERE CaseId = @CaseId");

    // SQLite's index holds no texts: what is taken out of it has to be said again.
    private static readonly Sql Unindex = Sql.Per(
        sqlServer: """
            DELETE FROM CaseGram WHERE SearchKey = (SELECT s.SearchKey FROM CaseSearch s WHERE s.CaseId = @CaseId)
                AND Gram IN (SELECT [value] COLLATE Latin1_General_BIN2 FROM OPENJSON(@Grams))
            """,
        sqlite: """
            INSERT INTO CaseGram (CaseGram, rowid, Gram)
            SELECT 'delete', SearchKey, (SELECT group_concat([value], ' ') FROM json_each(@Grams)) FROM CaseSearch WHERE CaseId = @CaseId
            """);

    private static readonly Sql IndexMore = Sql.Per(
        sqlServer: """
            INSERT INTO CaseGram (Gram, SearchKey) SELECT g.[value], s.SearchKey FROM CaseSearch s CROSS JOIN OPENJSON(@Grams) g
            WHERE s.CaseId = @CaseId AND NOT EXISTS (SELECT 1 FROM CaseGram k WHERE k.Gram = g.[value] AND k.SearchKey = s.SearchKey)
            """,
        sqlite: "INSERT INTO CaseGram (rowid, Gram) SELECT SearchKey, (SELECT group_concat([value], ' ') FROM json_each(@Grams)) FROM CaseSearch WHERE CaseId = @CaseId");

    /// <summary>What makes a new case findable, in the transaction that registers it.</summary>
    public static IEnumerable<Write> Adding(CaseRow row, IEnumerable<string> names)
    {
        var text = TextOf(row, names);
        var key = KeyOf(row.Id, row.RegisteredAt);
        return
        [
            new Write(Remember, new { Key = key, KeyEnd = key + (1L << 20), CaseId = row.Id, Text = text }),
            new Write(Index, new { CaseId = row.Id, Grams = GramsOf(text, row) }),
        ];
    }

    /// <summary>What makes a case findable by other words than before, in the transaction that changes them.</summary>
    public static IEnumerable<Write> Changing(CaseRow row, string before, string text) =>
    [
        new Write(Unindex, new { CaseId = row.Id, Grams = GramsOf(before, row) }),
        new Write(Rewrite, new { CaseId = row.Id, Text = text }),
        new Write(Index, new { CaseId = row.Id, Grams = GramsOf(text, row) }),
    ];

    /// <summary>All words of a case, normalised: its number, title, summary and the names of its parties, a line each.</summary>
    public static string TextOf(CaseRow row, IEnumerable<string> names)
    {
        string?[] lines = [row.Number, row.Title, row.Summary, .. names];
        return string.Join('\n', lines.Select(PlainText.Words));
    }

    /// <summary>What makes a case findable where it stands now, besides where it stood; whoever searches there sees it only if it lies there.</summary>
    public static IEnumerable<Write> Moving(CaseRow before, CaseRow after)
    {
        if (before.OriginUnitCode != after.OriginUnitCode)
        {
            yield return new Write(IndexMore, new
            {
                CaseId = after.Id,
                Grams = after.OriginUnitCode.SelfAndAncestors.Except(before.OriginUnitCode.SelfAndAncestors).Where(CaseReach.IsSmall).Select(GramOf).ToArray(),
            });
        }
    }

    /// <summary>
    /// What the index holds of a normalised text: of each line every two neighbouring characters, and the last one alone; within letters and digits of ASCII
    /// every three, since two of ten digits are in every case; and every case number as a whole.
    /// </summary>
    public static IReadOnlyCollection<string> GramsOf(string text)
    {
        var grams = new HashSet<string>(CaseNumber().Matches(text).Select(m => InIndex(m.Value.EnumerateRunes())), StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            grams.UnionWith(Windows(line));
            var last = line.EnumerateRunes().Last();
            if (!last.IsAscii)
                grams.Add(InIndex([last]));
        }

        return grams;
    }

    /// <summary>What the index holds of every case that began in a unit, a town or below: a list in it looks at no other case.</summary>
    public static string GramOf(UnitCode unit) => $"\uE000{unit}";

    /// <summary>What to look up for normalised words: some of their grams. None, when they are too short or too common to be looked up.</summary>
    public static IReadOnlyCollection<string> GramsFor(string words)
    {
        if (CaseNumber().Match(words) is { Success: true } number && number.Length == words.Length)
            return [InIndex(words.EnumerateRunes())];
        var grams = Windows(words).Distinct(StringComparer.Ordinal).ToArray();
        return grams.Length <= MostGrams ? grams : [.. Enumerable.Range(0, MostGrams).Select(i => grams[i * (grams.Length - 1) / (MostGrams - 1)])];
    }

    /// <summary>Whether normalised words are a single character that can be looked up.</summary>
    public static bool IsCharacter(string words) => words.EnumerateRunes().ToArray() is [{ IsAscii: false }];

    private static IEnumerable<string> GramsOf(string text, CaseRow row) =>
        GramsOf(text).Concat(row.OriginUnitCode.SelfAndAncestors.Where(CaseReach.IsSmall).Select(GramOf));

    /// <summary>Instant of registration in milliseconds, then the first 20 bits of the id that do not tell the time: of one millisecond in the order of the ids.</summary>
    private static long KeyOf(Guid id, DateTimeOffset registeredAt)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        return (registeredAt.ToUnixTimeMilliseconds() << 20) | (uint)((bytes[6] & 0x0F) << 16 | bytes[7] << 8 | (bytes[8] & 0x3F) << 2 | bytes[9] >> 6);
    }

    private static IEnumerable<string> Windows(string line)
    {
        var runes = line.EnumerateRunes().ToArray();
        for (var i = 0; i + 1 < runes.Length; i++)
        {
            if (!(runes[i].IsAscii && runes[i + 1].IsAscii))
                yield return InIndex(runes[i..(i + 2)]);
            else if (i + 2 < runes.Length && runes[i + 2].IsAscii)
                yield return InIndex(runes[i..(i + 3)]);
        }
    }

    /// <summary>SQLite's index takes punctuation of ASCII for the end of a word; it gets private characters in its place.</summary>
    private static string InIndex(IEnumerable<Rune> gram) =>
        string.Concat(gram.Select(rune => rune.IsAscii && !Rune.IsLetterOrDigit(rune) ? new Rune(0xE000 + rune.Value) : rune));

    [GeneratedRegex(@"[0-9]{10}-[0-9]{6}")]
    private static partial Regex CaseNumber();
}
