using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Operations;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Operations;

/// <summary>What an administrator of the city is told about the installation.</summary>
[OnBothDatabases]
[SetUICulture("en")]
public class StatusTests(Store store)
{
    private static readonly Sql GiveUp = new("UPDATE Outbox SET Attempts = 10 WHERE DeliveredAt IS NULL");
    private static readonly Sql HideRules = new("UPDATE RuleSet SET Id = 2");
    private static readonly Sql ShowRules = new("UPDATE RuleSet SET Id = 1");
    private static readonly Sql AddNewerScript = new("INSERT INTO SchemaScript (Name, Sha256, AppliedAt) VALUES ('9999_of_a_newer_program', 'x', @now)");
    private static readonly Sql EndSupervisors = new("UPDATE RoleAssignment SET ToDate = '2026-01-01' WHERE Role = 'Supervisor'");

    private City _city = null!;

    /// <summary>A city in which jobs ran an hour ago.</summary>
    [SetUp]
    public async Task Open()
    {
        _city = await City.NewAsync(store);
        _city.At(2, 2, 10);
    }

    [TearDown]
    public async Task Close() => await _city.DisposeAsync();

    [Test]
    public async Task Where_the_jobs_run_nothing_is_to_be_looked_after()
    {
        await _city.SweepAsync();
        await DeliverAsync();

        var status = await ReadAsync();

        // How full the disk of the tests' machine is, is not the program's doing.
        Assert.That(status.Lines.Where(l => l.Key != "Disk" && l.State is not StatusState.Fine), Is.Empty);
        Assert.That(status.Lines.Select(l => l.Key), Is.Unique.And.SupersetOf(new[] { "Version", "Database", "DatabaseSize", "Schema", "SweepLag", "Outbox", "JobServers", "Job.sweep-escalations", "Disk", "Keys", "Calendar" }));
        Assert.That(Line(status, "Database").Value, Does.StartWith(store is Store.Sqlite ? "SQLite 3." : "SQL Server "));
        Assert.That(Line(status, "Schema").Value, Is.EqualTo(Migrator.Embedded(SqliteDialect.Instance)[^1].Name));
        Assert.That(Line(status, "JobServers").Value, Is.EqualTo(JobLog.Server));
        Assert.That(Line(status, "Job.sweep-escalations").Value, Does.Match(@"^0 s ago · took .+ · "));
        Assert.That(Line(status, "Job.purge-expired").Value, Is.EqualTo("has not run yet"));
        Assert.That(Line(status, "Disk").Share, Is.InRange(0, 1));
        Assert.That(status.Lines.Select(l => l.Group), Is.Ordered);
    }

    [Test]
    public async Task A_database_of_a_size_says_how_large_it_is() =>
        Assert.That(Line(await ReadAsync(), "DatabaseSize").Value, Does.Match(store is Store.Sqlite ? @"^\d+(\.\d)? (KB|MB)$" : @"^(\d+(\.\d)? (KB|MB)|not told by this server)$"));

    [Test]
    public async Task Only_administrators_of_the_city_may_see_it()
    {
        var admin = await _city.PersonAsync("admin");
        var ofDistrict = admin with { Roles = [new RoleInUnit(Role.Administrator, new UnitCode("990101"), null)] };

        Assert.That(() => _city.AsAsync("city.lead", new GetStatus.Query()), Throws.TypeOf<AccessDenied>());
        Assert.That(() => _city.Application.SendAsync(new GetStatus.Query(), ofDistrict), Throws.TypeOf<AccessDenied>());
        Assert.That(await _city.AsAsync("admin", new GetStatus.Query()), Is.Not.Null);
    }

    [Test]
    public async Task Where_nobody_runs_the_jobs_that_is_a_problem_and_says_what_to_do()
    {
        var line = Line(await ReadAsync(), "JobServers");

        Assert.That(line.State, Is.EqualTo(StatusState.Problem));
        Assert.That(line.Advice, Does.Contain("GridCases:Jobs"));
    }

    [Test]
    public async Task What_is_due_and_not_swept_is_told_with_how_long_it_has_waited()
    {
        await _city.SubmittedAsync();
        await _city.SweepAsync();
        _city.At(2, 20);

        var behind = await ReadAsync();
        await DeliverAsync();
        var withoutTheSweep = await ReadAsync();
        _city.At(2, 20, 9, 1);
        await _city.SweepAsync();
        var caughtUp = await ReadAsync();

        Assert.That(behind.State, Is.EqualTo(StatusState.Problem));
        Assert.That(Line(behind, "SweepLag").State, Is.EqualTo(StatusState.Problem));
        Assert.That(Line(behind, "SweepLag").Value, Does.EndWith("days"));
        Assert.That(behind.Lines.Where(l => l.State is StatusState.Problem && l.Key.StartsWith("Job", StringComparison.Ordinal)).Select(l => l.Key), Is.EqualTo(new[] { "JobServers" }), "said once");
        Assert.That(Line(withoutTheSweep, "Job.sweep-escalations").State, Is.EqualTo(StatusState.Problem), "the others run");
        Assert.That((Line(caughtUp, "SweepLag").State, Line(caughtUp, "SweepLag").Value), Is.EqualTo((StatusState.Fine, "nothing waits")));
        Assert.That(Line(caughtUp, "Job.sweep-escalations").State, Is.EqualTo(StatusState.Fine));
    }

    [Test]
    public async Task Notices_that_wait_are_counted_and_those_given_up_are_told_apart()
    {
        await _city.SubmittedAsync();
        _city.At(2, 2, 10, 10);
        var waiting = await ReadAsync();
        await _city.Application.NewDb().ExecuteAsync(GiveUp);
        var givenUp = await ReadAsync();

        Assert.That((Line(waiting, "Outbox").State, Line(waiting, "Outbox").Value), Is.EqualTo((StatusState.Attention, "1 · oldest: 10 min")));
        Assert.That(Line(waiting, "OutboxGivenUp").State, Is.EqualTo(StatusState.Fine));
        Assert.That((Line(givenUp, "Outbox").State, Line(givenUp, "Outbox").Value), Is.EqualTo((StatusState.Fine, "nothing waits")));
        Assert.That((Line(givenUp, "OutboxGivenUp").State, Line(givenUp, "OutboxGivenUp").Value), Is.EqualTo((StatusState.Problem, "1")));
    }

    [Test]
    public async Task A_job_that_fails_is_told_with_its_error_and_when_it_was_last_done()
    {
        await _city.SweepAsync();
        await using var db = _city.Application.NewDb();
        await db.ExecuteAsync(HideRules);
        _city.At(2, 2, 10, 1);
        Assert.That(() => _city.SweepAsync(), Throws.Exception);
        var failed = Line(await ReadAsync(), "Job.sweep-escalations");
        await db.ExecuteAsync(ShowRules);
        await _city.SweepAsync();
        var done = Line(await ReadAsync(), "Job.sweep-escalations");

        Assert.That(failed.State, Is.EqualTo(StatusState.Problem));
        Assert.That(failed.Value, Does.StartWith("failed 0 s ago: InvalidOperationException"));
        Assert.That(failed.Advice, Does.Contain("Last done: 60 s ago"));
        Assert.That(done.State, Is.EqualTo(StatusState.Fine));
    }

    [Test]
    public async Task The_working_calendar_of_next_year_is_asked_for_from_November()
    {
        _city.At(10, 31);
        var october = Line(await ReadAsync(), "Calendar");
        _city.At(11, 1);
        var november = Line(await ReadAsync(), "Calendar");
        _city.Application.Machine.Now = new(2027, 1, 4, 1, 0, 0, TimeSpan.Zero);
        var january = Line(await ReadAsync(), "Calendar");

        Assert.That((october.State, october.Link), Is.EqualTo((StatusState.Fine, (string?)null)));
        Assert.That((november.State, november.Link), Is.EqualTo((StatusState.Attention, "/admin/calendar/edit?year=2027")));
        Assert.That(november.Advice, Does.Contain("2027"));
        Assert.That(january.State, Is.EqualTo(StatusState.Problem));
    }

    [Test]
    public async Task A_database_that_a_newer_program_has_changed_is_told()
    {
        await _city.Application.NewDb().ExecuteAsync(AddNewerScript, new { now = _city.Now });

        var line = Line(await ReadAsync(), "Schema");

        Assert.That((line.State, line.Value), Is.EqualTo((StatusState.Attention, "9999_of_a_newer_program")));
        Assert.That(line.Advice, Does.Contain(Migrator.Embedded(SqliteDialect.Instance)[^1].Name));
    }

    [Test]
    public async Task What_is_overdue_and_nobody_supervises_leads_to_where_one_sees_it()
    {
        await _city.Application.NewDb().ExecuteAsync(EndSupervisors);
        await _city.SubmittedAsync();
        _city.At(2, 20);
        await _city.SweepAsync();

        var line = Line(await ReadAsync(), "Orphans");

        Assert.That((line.State, line.Link), Is.EqualTo((StatusState.Problem, "/admin/orphans")));
    }

    [Test]
    public async Task Keys_that_are_gone_are_told_before_the_next_start_fails()
    {
        File.Delete(Path.Combine(_city.Application.Folder, "keys", "personal-data.json"));

        Assert.That(Line(await ReadAsync(), "KeysGone").State, Is.EqualTo(StatusState.Problem));
    }

    [Test]
    public async Task What_is_known_of_a_server_that_is_gone_is_forgotten_after_a_month()
    {
        await _city.SweepAsync();
        _city.At(3, 10);
        await _city.Application.SendAsync(new PurgeExpired.Command());

        Assert.That(Line(await ReadAsync(), "Job.sweep-escalations").Value, Is.EqualTo("has not run yet"));
    }

    /// <summary>As an engine's do at start. Each is kept, and none fails because of another.</summary>
    [Test]
    public async Task Runs_that_end_side_by_side_are_all_kept()
    {
        await Task.WhenAll(JobSchedule.All.Where(j => j.Every > TimeSpan.FromMinutes(1)).Concat(JobSchedule.All).Select(job => Task.Run(() => _city.Application.RunJobAsync(job))));
        _city.At(2, 2, 10, 1);
        await _city.SweepAsync();

        Assert.That((await ReadAsync()).Lines.Where(l => l.Key.StartsWith("Job.", StringComparison.Ordinal)).Select(l => l.Value), Has.None.EqualTo("has not run yet"));
    }

    private Task<GetStatus.Result> ReadAsync() => _city.AsAsync("admin", new GetStatus.Query());

    private Task<DeliverOutbox.Result> DeliverAsync() => _city.Application.SendAsync(new DeliverOutbox.Command());

    private static StatusLine Line(GetStatus.Result status, string key) => status.Lines.Single(l => l.Key == key);
}
