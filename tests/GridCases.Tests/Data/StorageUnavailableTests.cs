using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using GridCases.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Tests.Data;

/// <summary>What the program says of an embedded database that is full, read-only, damaged, gone or held by somebody else, and that it goes on by itself afterwards.</summary>
public sealed class StorageUnavailableTests
{
    private static readonly Sql CountNumbers = new("SELECT COUNT(*) FROM CaseNumber");
    private static readonly Sql CreateBulk = new("CREATE TABLE IF NOT EXISTS Bulk (Content TEXT NOT NULL)");
    private static readonly Sql AddBulk = new("INSERT INTO Bulk (Content) VALUES (@Content)");
    private static readonly Sql CountBulk = new("SELECT COUNT(*) FROM Bulk");
    private static readonly Sql NoMorePages = new("PRAGMA max_page_count = 1");
    private static readonly Sql TakesNothing = new("PRAGMA query_only = 1");

    private TestDatabase _database = null!;

    [SetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [TearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [TestCase(5, DbFailure.Timeout)]
    [TestCase(6, DbFailure.Timeout)]
    [TestCase(8, DbFailure.ReadOnly)]
    [TestCase(10, DbFailure.Unreachable)]
    [TestCase(11, DbFailure.Damaged)]
    [TestCase(13, DbFailure.Full)]
    [TestCase(14, DbFailure.Unreachable)]
    [TestCase(26, DbFailure.Damaged)]
    [TestCase(1, DbFailure.Fault)]
    public void An_error_of_SQLite_is_classed_by_its_number(int number, DbFailure meaning) =>
        Assert.That(SqliteDialect.Instance.Classify(new SqliteException("x", number)), Is.EqualTo(meaning));

    [Test]
    public void What_is_told_of_an_outage_quotes_no_values() =>
        Assert.That(new StorageUnavailable(DbFailure.Full, new SqliteException("no room for '张三'", 13)).Message, Does.Contain("full").And.Contain("13").And.Not.Contain("张三"));

    [Test]
    public async Task A_full_database_is_told_and_takes_data_again_once_there_is_room()
    {
        await OnTheWriterAsync(NoMorePages);

        var error = Assert.ThrowsAsync<StorageUnavailable>(() => AddBulkAsync());

        Assert.That(error!.Reason, Is.EqualTo(DbFailure.Full));
        Assert.That(_database.Database.Outage.Current?.Reason, Is.EqualTo(DbFailure.Full));
        await AddBulkAsync();
        Assert.That(_database.Database.Outage.Current, Is.Null);
        Assert.That(await CountAsync(CountBulk), Is.EqualTo(1), "what was refused is not there, what was taken is");
    }

    [Test]
    public async Task Of_those_who_are_committed_together_when_the_database_is_full_each_is_told_so_and_none_is_stored()
    {
        await OnTheWriterAsync(NoMorePages);
        var first = await _database.Database.EnterWriterAsync(CancellationToken.None);
        var waiting = Enumerable.Range(0, 5).Select(_ => AddBulkAsync()).ToList();
        await first.DisposeAsync();

        foreach (var one in waiting)
            Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => one)!.Reason, Is.EqualTo(DbFailure.Full));
        Assert.That(await CountAsync(CountBulk), Is.Zero);
    }

    [Test]
    public async Task A_database_that_takes_no_change_is_told_and_takes_data_again_over_another_connection()
    {
        await OnTheWriterAsync(TakesNothing);

        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => AddBulkAsync())!.Reason, Is.EqualTo(DbFailure.ReadOnly));
        await AddBulkAsync();
        Assert.That(await CountAsync(CountBulk), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_is_gone_is_an_outage_and_no_reason_to_begin_an_empty_one()
    {
        var (file, aside) = (_database.Options.FilePath, _database.Options.FilePath + ".aside");
        _database.Database.ClosePool();
        File.Move(file, aside);

        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => CountAsync(CountNumbers))!.Reason, Is.EqualTo(DbFailure.Unreachable));
        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => AddBulkAsync())!.Reason, Is.EqualTo(DbFailure.Unreachable));
        Assert.That(File.Exists(file), Is.False);

        File.Move(aside, file);
        Assert.That(await CountAsync(CountNumbers), Is.Zero);
    }

    [Test]
    public async Task A_file_that_is_taken_away_beneath_kept_connections_is_noticed_by_the_probe()
    {
        var (file, aside) = (_database.Options.FilePath, _database.Options.FilePath + ".aside");
        Assert.That((await Probe.LookAsync(CancellationToken.None)).Standing, Is.EqualTo(Standing.Good));
        File.Move(file, aside);

        Assert.That((await Probe.LookAsync(CancellationToken.None)).Standing, Is.EqualTo(Standing.Away));
        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => AddBulkAsync())!.Reason, Is.EqualTo(DbFailure.Unreachable), "nothing is written into a file that nobody finds again");

        File.Move(aside, file);
        Assert.That((await Probe.LookAsync(CancellationToken.None)).Standing, Is.EqualTo(Standing.Good));
    }

    [Test]
    public async Task Who_finds_the_file_held_by_another_process_is_told_that_it_is_busy()
    {
        await using var other = new SqliteConnection($"Data Source={_database.Options.FilePath};Pooling=False");
        await other.OpenAsync();
        await using (var held = other.BeginTransaction(deferred: false))
        {
            var error = Assert.ThrowsAsync<StorageUnavailable>(() => AddBulkAsync());
            Assert.That((error!.Reason, error.IsMomentary), Is.EqualTo((DbFailure.Timeout, true)));
        }

        await AddBulkAsync();
    }

    [Test]
    public async Task A_file_that_is_no_database_stops_the_start_at_once_and_is_left_as_it_is()
    {
        _database.Database.ClosePool();
        var garbage = RandomNumberGenerator.GetBytes(100_000);
        await File.WriteAllBytesAsync(_database.Options.FilePath, garbage);
        await using var restarted = _database.Restarted();

        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => restarted.PrepareAsync())!.Reason, Is.EqualTo(DbFailure.Damaged));
        Assert.That(await File.ReadAllBytesAsync(_database.Options.FilePath), Is.EqualTo(garbage));
    }

    [Test]
    public async Task A_damaged_page_is_found_when_the_program_starts()
    {
        _database.Database.ClosePool();
        Damage(_database.Options.FilePath);
        await using var restarted = _database.Restarted();

        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => restarted.PrepareAsync())!.Reason, Is.EqualTo(DbFailure.Damaged));
    }

    [Test]
    public async Task A_damaged_file_that_was_put_right_is_read_through_and_serves_again()
    {
        _database.Database.ClosePool();
        var whole = await File.ReadAllBytesAsync(_database.Options.FilePath);
        Damage(_database.Options.FilePath);

        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => CountAsync(CountNumbers))!.Reason, Is.EqualTo(DbFailure.Damaged));
        Assert.That((await Probe.LookAsync(CancellationToken.None)).Standing, Is.EqualTo(Standing.Away));

        _database.Database.ClosePool();
        await File.WriteAllBytesAsync(_database.Options.FilePath, whole);
        while ((await Probe.LookAsync(CancellationToken.None)).Standing is Standing.Away)
            await Task.Delay(20);
        Assert.That(await CountAsync(CountNumbers), Is.Zero);
    }

    [Test]
    public async Task A_server_that_refuses_connections_is_an_outage_and_the_next_who_asks_is_told_without_trying()
    {
        using var database = new Database(new DatabaseOptions { Folder = "", SqlServer = $"Server=127.0.0.1,{ClosedPort()};User Id=x;Password=x;Encrypt=False" });
        await using var db = new Db(database);

        var error = Assert.ThrowsAsync<StorageUnavailable>(() => db.QuerySingleAsync<int>(CountNumbers));
        var again = Assert.ThrowsAsync<StorageUnavailable>(() => db.ExecuteAsync(CreateBulk));

        Assert.That((error!.Reason, again!.Reason), Is.EqualTo((DbFailure.Unreachable, DbFailure.Unreachable)));
        Assert.That(again.InnerException, Is.SameAs(error));
    }

    [Test]
    public async Task A_server_that_takes_connections_and_never_answers_is_an_outage()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var database = new Database(new DatabaseOptions { Folder = "", SqlServer = $"Server=127.0.0.1,{((IPEndPoint)silent.LocalEndpoint).Port};User Id=x;Password=x;Encrypt=False" });
        await using var db = new Db(database);

        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => db.QuerySingleAsync<int>(CountNumbers))!.Reason, Is.EqualTo(DbFailure.Unreachable));
    }

    [Test]
    public void A_server_is_waited_for_as_long_as_its_connection_string_says_and_three_seconds_if_it_says_nothing()
    {
        Assert.That(new DatabaseOptions { Folder = "", SqlServer = "Server=db" }.ConnectionString, Does.Contain("Connect Timeout=3;").And.Contain("Connect Retry Count=0").And.Contain("Pool Blocking Period=NeverBlock"));
        Assert.That(new DatabaseOptions { Folder = "", SqlServer = "Server=db;Connect Timeout=9" }.ConnectionString, Does.Contain("Connect Timeout=9"));
    }

    [Test]
    public async Task A_start_waits_for_a_database_that_is_away()
    {
        var (file, aside) = (_database.Options.FilePath, _database.Options.FilePath + ".aside");
        _database.Database.ClosePool();
        File.Move(file, aside);
        // What cannot be opened: a folder of that name.
        Directory.CreateDirectory(file);
        await using var restarted = _database.Restarted();
        var start = restarted.PrepareAsync();
        Assert.That(await Task.WhenAny(start, Task.Delay(500)), Is.Not.SameAs(start), "it waits");

        Directory.Delete(file);
        File.Move(aside, file);
        await start;
    }

    [Test]
    public async Task A_start_that_has_waited_long_enough_says_what_is_wrong()
    {
        _database.Database.ClosePool();
        File.Delete(_database.Options.FilePath);
        Directory.CreateDirectory(_database.Options.FilePath);
        await using var impatient = _database.Restarted(options => options with { StartWait = TimeSpan.Zero });

        Assert.That(Assert.ThrowsAsync<StorageUnavailable>(() => impatient.PrepareAsync())!.Reason, Is.EqualTo(DbFailure.Unreachable));
    }

    private DatabaseProbe Probe => _database.Services.GetRequiredService<DatabaseProbe>();

    /// <summary>Makes garbage of all pages but the first.</summary>
    internal static void Damage(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = 4096;
        stream.Write(RandomNumberGenerator.GetBytes((int)(stream.Length - 4096)));
    }

    private async Task OnTheWriterAsync(Sql pragma)
    {
        await using var db = _database.NewDb();
        await db.InTransactionAsync(() => db.ExecuteAsync(CreateBulk));
        await db.InTransactionAsync(() => db.ExecuteAsync(pragma));
    }

    private async Task AddBulkAsync()
    {
        await using var db = _database.NewDb();
        await db.WriteAsync([new Write(CreateBulk, null), new Write(AddBulk, new { Content = new string('x', 100_000) })]);
    }

    private async Task<int> CountAsync(Sql sql)
    {
        await using var db = _database.NewDb();
        return await db.QuerySingleAsync<int>(sql);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
