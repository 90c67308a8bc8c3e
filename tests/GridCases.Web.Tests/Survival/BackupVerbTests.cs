using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace GridCases.Web.Tests.Survival;

/// <summary>What the operator does beside a running server and with its folder: back up, restore, verify; and what a second server is told.</summary>
public class BackupVerbTests
{
    private const int Clients = 8;

    private ServerPlace _place = null!;
    private string _elsewhere = null!;

    private string Backup => Path.Combine(_elsewhere, "backup");

    [SetUp]
    public void Prepare() => (_place, _elsewhere) = (new ServerPlace(Store.Sqlite), Directory.CreateTempSubdirectory("gridcases-").FullName);

    [TearDown]
    public async Task Remove()
    {
        await _place.DisposeAsync();
        Directory.Delete(_elsewhere, recursive: true);
    }

    [Test]
    public async Task A_backup_made_while_eight_clients_write_holds_all_that_was_answered_before_it_and_every_chain_and_file_is_whole()
    {
        var (cases, files) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        var restored = Path.Combine(_elsewhere, "data");
        HashSet<string> casesBefore, filesBefore;
        await using (var server = await ServerProcess.StartAsync(_place, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00")))
        {
            using var enough = new CancellationTokenSource();
            using var client = await server.SignInAsync("grid1");
            var writing = Enumerable.Range(0, Clients).Select(n => WriteAsync(client, n, cases, files, enough.Token)).ToList();
            while (cases.Count < 100 || files.Count < 20)
                await Task.WhenAny(Task.Delay(20), Task.WhenAny(writing));
            (casesBefore, filesBefore) = ([.. cases], [.. files]);

            var made = await RunAsync(_place.Folder, "backup", Backup, "--with-keys");
            Assert.That(made.ExitCode, Is.Zero, made.Output);
            var (casesAfter, filesAfter) = (cases.Count, files.Count);
            var live = await RunAsync(_place.Folder, "verify-audit");
            await enough.CancelAsync();
            await Task.WhenAll(writing);

            Assert.That((live.ExitCode, live.Output), Is.EqualTo((0, live.Output)), "verify-audit beside the same writers finds nothing");
            Assert.That(casesAfter, Is.GreaterThan(casesBefore.Count), "there was writing while it was made");
            Assert.That(made.Output, Does.Contain("database: ").And.Contain("The keys are in it"));
            TestContext.Out.WriteLine($"{casesBefore.Count} cases and {filesBefore.Count} files before the backup, {casesAfter} and {filesAfter} after it, {cases.Count} and {files.Count} in the end");

            var held = await RunAsync(_place.Folder, "restore", Backup);
            Assert.That((held.ExitCode, held.Output), Is.EqualTo((3, held.Output)));
            Assert.That(held.Output, Does.Contain("is in use by process"));
        }

        var done = await RunAsync(restored, "restore", Backup);
        Assert.That(done.ExitCode, Is.Zero, done.Output);
        Assert.That(done.Output, Does.Contain("The keys fit"));
        var verified = await RunAsync(restored, "verify-audit");
        Assert.That(verified.ExitCode, Is.Zero, verified.Output);
        await using var again = await ServerProcess.StartAsync(restored);
        using var reader = await again.SignInAsync("grid1");
        foreach (var id in casesBefore)
            Assert.That((await reader.AskAsync($"/api/v1/cases/{id}")).Status, Is.EqualTo(200), id);
        foreach (var path in filesBefore)
        {
            using var file = await reader.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That(await file.Content.ReadAsByteArrayAsync(), Is.EqualTo(Files.Png), path);
        }
    }

    [Test]
    public async Task A_second_server_on_the_folder_says_who_has_it_and_one_that_was_killed_does_not_hinder_the_next()
    {
        await using (var first = await ServerProcess.StartAsync(_place.Folder))
        {
            var second = await RunAsync(_place.Folder, "--urls", "http://127.0.0.1:0");
            Assert.That((second.ExitCode, second.Output), Is.EqualTo((3, second.Output)));
            Assert.That(second.Output, Does.Match(@"is in use by process \d+ on .+ since 20").And.Contain("GRIDCASES_DATA").And.Not.Contain("   at "));
            var recount = await RunAsync(_place.Folder, "recount-statistics");
            Assert.That(recount.ExitCode, Is.Zero, recount.Output);
            if (!OperatingSystem.IsWindows())
                Modes.DemandClosed(_place.Folder);
            await first.KillAsync();
        }

        await using var next = await ServerProcess.StartAsync(_place.Folder);
        Assert.That(next.Folder, Is.EqualTo(_place.Folder));
    }

    [TestCase("backup")]
    [TestCase("backup", "a", "b")]
    [TestCase("backup", "--with-key", "a")]
    [TestCase("restore")]
    [TestCase("verify-audits")]
    [TestCase("verify-audit", "--all")]
    [TestCase("recount-statistics", "--repiar")]
    public async Task A_verb_that_is_used_wrongly_starts_no_server_and_tells_how_it_is_used(params string[] args)
    {
        var told = await RunAsync(Path.Combine(_elsewhere, "data"), args);

        Assert.That((told.ExitCode, told.Output), Is.EqualTo((2, told.Output)));
        Assert.That(told.Output, Does.Contain("backup <folder>").And.Contain("restore <folder>"));
        Assert.That(Directory.Exists(Path.Combine(_elsewhere, "data")), Is.False);
    }

    [TestCase("backup", "x")]
    [TestCase("verify-audit")]
    [TestCase("recount-statistics")]
    public async Task Where_there_is_no_database_a_verb_makes_none(params string[] args)
    {
        var told = await RunAsync(Path.Combine(_elsewhere, "data"), args);

        Assert.That((told.ExitCode, told.Output), Is.EqualTo((1, told.Output)));
        Assert.That(told.Output, Does.Contain("There is no database in"));
        Assert.That(Directory.Exists(Path.Combine(_elsewhere, "data")), Is.False);
    }

    [Test]
    public async Task A_backup_that_was_killed_is_not_restored()
    {
        Directory.CreateDirectory(Backup);
        await File.WriteAllTextAsync(Path.Combine(Backup, "gridcases.db"), "half of it");

        var told = await RunAsync(Path.Combine(_elsewhere, "data"), "restore", Backup);

        Assert.That((told.ExitCode, told.Output), Is.EqualTo((1, told.Output)));
        Assert.That(told.Output, Does.Contain("no whole backup"));
    }

    /// <summary>Registers cases one after another, with a file in every fourth, until told to stop; what was answered is written down.</summary>
    private static async Task WriteAsync(HttpClient client, int writer, ConcurrentBag<string> cases, ConcurrentBag<string> files, CancellationToken enough)
    {
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var made = await client.TellAsync("/api/v1/cases", new
            {
                title = $"第 {writer}-{n} 件邻里噪音纠纷", category = "Neighbours", place = new { unitCode = "990101001001001" },
                parties = new[] { new { role = "Applicant", kind = "Person", name = $"当事人{n}" } }, submit = n % 2 == 0,
            });
            Assert.That(made.Status, Is.EqualTo((int)HttpStatusCode.Created), made.Text);
            var id = made.Json.GetProperty("id").GetString()!;
            cases.Add(id);
            if (n % 4 > 0)
                continue;
            var attached = await client.TellAsync($"/api/v1/cases/{id}/attach", Files.Form(Files.Png));
            Assert.That(attached.Status, Is.EqualTo(200), attached.Text);
            files.Add($"/api/v1/cases/{id}/attachments/{attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString()}");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = ServerProcess.WebProject() };
        start.Environment["GRIDCASES_DATA"] = folder;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }
}
