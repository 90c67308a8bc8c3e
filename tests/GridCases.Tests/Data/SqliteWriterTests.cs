using System.Diagnostics;
using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Tests.Data;

/// <summary>SQLite has one writer; those who wait for it stand in a queue.</summary>
public sealed class SqliteWriterTests
{
    private static readonly Sql AddSerial = new("INSERT INTO CaseNumber (DistrictCode, [Year], LastSerial) VALUES (@District, @Year, 0)");

    private static readonly Sql NextSerial = new("UPDATE CaseNumber SET LastSerial = LastSerial + 1 WHERE DistrictCode = @District AND [Year] = @Year");

    private static readonly Sql ReadSerial = new("SELECT LastSerial FROM CaseNumber WHERE DistrictCode = @District AND [Year] = @Year");

    private static readonly Sql Synchronous = new("PRAGMA synchronous");

    private static readonly Sql JournalMode = new("PRAGMA journal_mode");

    private static readonly Sql ForeignKeys = new("PRAGMA foreign_keys");

    private static readonly UnitCode District = new("990101");

    private static int _year;
    private TestDatabase _database = null!;
    private object _serial = null!;

    [OneTimeSetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [OneTimeTearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [SetUp]
    public async Task Start_a_serial()
    {
        _serial = new { District, Year = Interlocked.Increment(ref _year) };
        await using var db = _database.NewDb();
        await db.ExecuteAsync(AddSerial, _serial);
    }

    [Test]
    public async Task Nobody_finds_the_database_busy()
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            await using var db = _database.NewDb();
            for (var n = 0; n < 5; n++)
            {
                await db.ExecuteAsync(NextSerial, _serial);
                await db.QuerySingleAsync<int>(ReadSerial, _serial);
            }
        })));

        Assert.That(await SerialAsync(), Is.EqualTo(500));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task Who_came_first_writes_first()
    {
        var order = new List<int>();
        var first = await _database.Database.EnterWriterAsync(CancellationToken.None);
        var waiting = Enumerable.Range(0, 20).Select(WriteAsync).ToList();

        await first.DisposeAsync();
        await Task.WhenAll(waiting);

        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 20)));

        async Task WriteAsync(int number)
        {
            await using var db = _database.NewDb();
            await db.InTransactionAsync(async () =>
            {
                order.Add(number);
                await db.ExecuteAsync(NextSerial, _serial);
            });
        }
    }

    [Test]
    public async Task Those_who_wait_together_are_made_durable_together()
    {
        var first = await _database.Database.EnterWriterAsync(CancellationToken.None);
        var before = _database.Database.Activity.Commits;
        var waiting = Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var db = _database.NewDb();
            await db.WriteAsync([Write.Guard(NextSerial, _serial)]);
        }).ToList();
        await first.DisposeAsync();
        await Task.WhenAll(waiting);

        Assert.That(await SerialAsync(), Is.EqualTo(20));
        Assert.That(_database.Database.Activity.Commits - before, Is.EqualTo(1));
    }

    [Test]
    public async Task Readers_go_on_while_somebody_writes_and_see_what_is_committed()
    {
        await using var db = _database.NewDb();
        await db.InTransactionAsync(async () =>
        {
            await db.ExecuteAsync(NextSerial, _serial);
            Assert.That(await SerialAsync(), Is.Zero);
        });

        Assert.That(await SerialAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_gives_up_waiting_leaves_the_queue()
    {
        using var patience = new CancellationTokenSource();
        var first = await _database.Database.EnterWriterAsync(CancellationToken.None);
        await using var impatient = _database.NewDb();
        await using var patient = _database.NewDb();
        var givenUp = impatient.ExecuteAsync(NextSerial, _serial, patience.Token);
        var waited = patient.ExecuteAsync(NextSerial, _serial);

        await patience.CancelAsync();
        Assert.That(async () => await givenUp, Throws.InstanceOf<OperationCanceledException>());
        await first.DisposeAsync();
        await waited;

        Assert.That(await SerialAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Every_connection_is_durable_and_checks_references()
    {
        await using var db = _database.NewDb();

        Assert.That(await db.QuerySingleAsync<int>(Synchronous), Is.EqualTo(2));
        Assert.That(await db.QuerySingleAsync<string>(JournalMode), Is.EqualTo("wal"));
        Assert.That(await db.QuerySingleAsync<int>(ForeignKeys), Is.EqualTo(1));
    }

    private async Task<int> SerialAsync()
    {
        await using var db = _database.NewDb();
        return await db.QuerySingleAsync<int>(ReadSerial, _serial);
    }
}
