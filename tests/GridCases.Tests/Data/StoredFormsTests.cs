using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Tests.Data;

/// <summary>What is stored comes back as it was, and lies in the database as the migrations say.</summary>
[OnBothDatabases]
public sealed class StoredFormsTests(Store store) : DataFixture(store)
{
    private static readonly Sql CreateTable = Sql.Per(
        sqlServer: """
            CREATE TABLE TestValue (
                Id uniqueidentifier NOT NULL, [Text] nvarchar(max) NULL, Yes bit NULL, Small int NULL, Large bigint NULL, Real float NULL,
                Money decimal(18, 2) NULL, [At] datetime2(3) NULL, [Day] date NULL, UnitCode varchar(15) NULL, Word nvarchar(30) NULL, Bytes varbinary(max) NULL)
            """,
        sqlite: """
            CREATE TABLE TestValue (
                Id TEXT NOT NULL, [Text] TEXT, Yes INTEGER, Small INTEGER, Large INTEGER, Real REAL,
                Money REAL, [At] TEXT, [Day] TEXT, UnitCode TEXT, Word TEXT, Bytes BLOB) STRICT
            """);

    private static readonly Sql DropTable = new("DROP TABLE TestValue");

    private static readonly Sql Insert = new(
        """
        INSERT INTO TestValue (Id, [Text], Yes, Small, Large, Real, Money, [At], [Day], UnitCode, Word, Bytes)
        VALUES (@Id, @Text, @Yes, @Small, @Large, @Real, @Money, @At, @Day, @UnitCode, @Word, @Bytes)
        """);

    private static readonly Sql Read = new("SELECT * FROM TestValue WHERE Id = @Id");

    private static readonly Sql ReadWord = new("SELECT Word FROM TestValue WHERE Id = @Id");

    private static readonly Sql CountByWordText = new("SELECT COUNT(*) FROM TestValue WHERE Word = 'Running'");

    private static readonly Sql CountByWord = new("SELECT COUNT(*) FROM TestValue WHERE Word = @Word");

    private static readonly Sql CountByOptionalWord = new("SELECT COUNT(*) FROM TestValue WHERE (@Word IS NULL OR Word = @Word)");

    private static readonly Sql CountByWords = new("SELECT COUNT(*) FROM TestValue WHERE Word IN {list words}");

    private static readonly Sql CountByIds = new("SELECT COUNT(*) FROM TestValue WHERE Id IN {list ids}");

    private static readonly Sql CountInSubtree = new("SELECT COUNT(*) FROM TestValue WHERE UnitCode >= @unit AND UnitCode < @unitEnd");

    private static readonly Sql SumMoney = new("SELECT SUM(Money) FROM TestValue");

    private static readonly Sql Smalls = new("SELECT Id, (SELECT MAX(Small) FROM TestValue i WHERE i.Id = v.Id) AS Small, Word FROM TestValue v ORDER BY [At]");

    private static readonly Sql CountLike = new("SELECT COUNT(*) FROM TestValue WHERE [Text] LIKE @q ESCAPE '!'");

    private static readonly Sql ReadsEscapes = new("SELECT IIF('b!' LIKE '%!!%' ESCAPE '!', 1, 0)");

    private static readonly DateTimeOffset Noon = new(2026, 2, 2, 12, 0, 0, 123, TimeSpan.FromHours(8));

    private Db _db = null!;

    [SetUp]
    public async Task Create_the_table()
    {
        _db = NewDb();
        await _db.ExecuteAsync(CreateTable);
    }

    [TearDown]
    public async Task Drop_the_table()
    {
        if (_db is null)
            return;
        await _db.ExecuteAsync(DropTable);
        await _db.DisposeAsync();
    }

    [Test]
    public async Task Every_type_comes_back_as_it_was()
    {
        var row = new Row
        {
            Id = Id(1), Text = "矛盾纠纷 ' \" 😀", Yes = true, Small = -7, Large = 1L << 40, Real = 43.123456789, Money = 1234567890.12m,
            At = Noon, Day = new DateOnly(2026, 2, 28), UnitCode = new UnitCode("990101001001001"), Word = ClockStatus.Running, Bytes = [0, 1, 255],
        };

        await _db.ExecuteAsync(Insert, row);
        var read = await _db.QuerySingleAsync<Row>(Read, new { row.Id });

        Assert.That(read.Bytes, Is.EqualTo(row.Bytes));
        Assert.That(read with { Bytes = row.Bytes }, Is.EqualTo(row));
        Assert.That(read.At!.Value.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Nothing_comes_back_as_nothing()
    {
        var row = new Row { Id = Id(1) };

        await _db.ExecuteAsync(Insert, row);

        Assert.That(await _db.QuerySingleAsync<Row>(Read, new { row.Id }), Is.EqualTo(row));
    }

    [Test]
    public async Task An_enum_is_stored_by_its_name()
    {
        await _db.ExecuteAsync(Insert, new Row { Id = Id(1), Word = ClockStatus.Running });

        Assert.That(await _db.QuerySingleAsync<string>(ReadWord, new { Id = Id(1) }), Is.EqualTo("Running"));
        Assert.That(await _db.QuerySingleAsync<int>(CountByWordText), Is.EqualTo(1));
        Assert.That(await _db.QuerySingleAsync<int>(CountByWord, new { Word = ClockStatus.Running }), Is.EqualTo(1));
        Assert.That(await _db.QuerySingleAsync<int>(CountByWord, new { Word = (ClockStatus?)ClockStatus.Running }), Is.EqualTo(1));
        Assert.That(await _db.QuerySingleAsync<int>(CountByOptionalWord, new { Word = (ClockStatus?)null }), Is.EqualTo(1));
        Assert.That(await _db.QuerySingleAsync<ClockStatus>(ReadWord, new { Id = Id(1) }), Is.EqualTo(ClockStatus.Running));
        Assert.That(await _db.QuerySingleOrDefaultAsync<ClockStatus?>(ReadWord, new { Id = Id(2) }), Is.Null);
    }

    [Test]
    public void A_number_that_names_no_word_is_refused() =>
        Assert.ThrowsAsync<ArgumentException>(() => _db.ExecuteAsync(Insert, new Row { Id = Id(1), Word = (ClockStatus)77 }));

    [Test]
    public async Task A_list_is_one_parameter()
    {
        await _db.ExecuteManyAsync(Insert,
        [
            new Row { Id = Id(1), Word = ClockStatus.Running },
            new Row { Id = Id(2), Word = ClockStatus.Paused },
            new Row { Id = Id(3), Word = ClockStatus.Met },
        ]);

        Assert.That(await _db.QuerySingleAsync<int>(CountByWords, new { words = new[] { ClockStatus.Running, ClockStatus.Met } }), Is.EqualTo(2));
        Assert.That(await _db.QuerySingleAsync<int>(CountByIds, new { ids = new List<Guid> { Id(2), Id(3), Id(4) } }), Is.EqualTo(2));
        Assert.That(await _db.QuerySingleAsync<int>(CountByIds, new { ids = Array.Empty<Guid>() }), Is.Zero);
    }

    [Test]
    public async Task A_unit_brings_the_end_of_its_subtree()
    {
        await _db.ExecuteManyAsync(Insert, Codes("990101", "990101001", "990101001001001", "990102", "99").Select((code, i) => new Row { Id = Id(i), UnitCode = code }));

        Assert.That(await _db.QuerySingleAsync<int>(CountInSubtree, new { unit = new UnitCode("990101") }), Is.EqualTo(3));

        static IEnumerable<UnitCode> Codes(params string[] codes) => codes.Select(UnitCode.TryParse).OfType<UnitCode>();
    }

    [Test]
    public async Task Instants_are_cut_to_milliseconds()
    {
        var precise = Noon.AddTicks(9_999);
        await _db.ExecuteAsync(Insert, new Row { Id = Id(1), At = precise });

        var read = await _db.QuerySingleAsync<Row>(Read, new { Id = Id(1) });

        Assert.That(read.At, Is.EqualTo(Noon).And.EqualTo(precise.TruncatedToMilliseconds()));
        Assert.That(Instants.Write(read.At!.Value), Is.EqualTo("2026-02-02T04:00:00.123Z"));
    }

    [Test]
    public async Task Money_adds_up_to_the_cent()
    {
        await _db.ExecuteManyAsync(Insert, Enumerable.Range(0, 30).Select(i => new Row { Id = Id(i), Money = 0.10m }));

        Assert.That(await _db.QuerySingleAsync<decimal>(SumMoney), Is.EqualTo(3.00m));
    }

    [Test]
    public async Task A_first_row_without_a_value_does_not_spoil_the_next()
    {
        await _db.ExecuteManyAsync(Insert,
        [
            new Row { Id = Id(1), At = Noon },
            new Row { Id = Id(2), At = Noon.AddHours(1), Small = 5, Word = ClockStatus.Met },
        ]);

        var rows = await _db.QueryAsync<Row>(Smalls);

        Assert.That(rows.Select(r => (r.Small, r.Word)), Is.EqualTo(new (int?, ClockStatus?)[] { (null, null), (5, ClockStatus.Met) }));
    }

    [TestCase("50%", 1)]
    [TestCase("_", 0)]
    [TestCase("[a]", 1)]
    [TestCase("!", 1)]
    [TestCase("of", 2)]
    public async Task What_is_searched_for_is_taken_literally(string text, int found)
    {
        if (await _db.QuerySingleAsync<int>(ReadsEscapes) == 0)
            Assert.Ignore("This server speaks TDS, but does not read LIKE … ESCAPE as SQL Server does.");

        await _db.ExecuteManyAsync(Insert,
        [
            new Row { Id = Id(1), Text = "50% of [a]" },
            new Row { Id = Id(2), Text = "500 of b!" },
        ]);

        Assert.That(await _db.QuerySingleAsync<int>(CountLike, new { q = Sql.Containing(text) }), Is.EqualTo(found));
    }

    private static Guid Id(int number) => new(number, 0, 0, [0xab, 0, 0, 0, 0, 0, 0, 1]);

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string? Text { get; init; }

        public bool? Yes { get; init; }

        public int? Small { get; init; }

        public long? Large { get; init; }

        public double? Real { get; init; }

        public decimal? Money { get; init; }

        public DateTimeOffset? At { get; init; }

        public DateOnly? Day { get; init; }

        public UnitCode? UnitCode { get; init; }

        public ClockStatus? Word { get; init; }

        public byte[]? Bytes { get; init; }
    }
}
