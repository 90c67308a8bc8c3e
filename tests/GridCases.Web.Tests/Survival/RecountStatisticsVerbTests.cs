using System.Diagnostics;
using GridCases.Data;

namespace GridCases.Web.Tests.Survival;

/// <summary>The operator asks the server program whether the kept statistics are what the cases count, and has them put right beside the running server.</summary>
public class RecountStatisticsVerbTests
{
    private static readonly Sql CountOneMore = new("UPDATE TallyEntry SET Registered = Registered + 1 WHERE Registered = 1");
    private static readonly Sql CountOneMoreFolded = new("UPDATE TallySum SET Registered = Registered + 1 WHERE Registered = 1");

    private string _folder = "";

    [SetUp]
    public void Prepare() => _folder = Directory.CreateTempSubdirectory("gridcases-recount-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Statistics_that_count_a_case_too_many_are_found_and_put_right_while_the_server_runs()
    {
        await using var server = await ServerProcess.StartAsync(_folder, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"));
        using var grid = await server.SignInAsync("grid1");
        var @case = await grid.TellAsync("/api/v1/cases", new
        {
            title = "Cocks", category = "Neighbours", place = new { unitCode = "990101001001001" },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "甲" } }, submit = true,
        });
        Assert.That(@case.Status, Is.EqualTo(201), @case.Text);
        var intact = await RecountAsync();
        Assert.That(intact.ExitCode, Is.Zero, intact.Output);
        Assert.That(intact.Output, Does.Contain("0 sums and the gaps of 0 cases differ, 0 rows put right"));

        // Where the case is counted just now depends on whether the job has come by.
        await using var db = new Db(new Database(new DatabaseOptions { Folder = _folder }));
        Assert.That(await db.ExecuteAsync(CountOneMore) + await db.ExecuteAsync(CountOneMoreFolded), Is.GreaterThan(0));
        Assert.That(await RegisteredAsync(grid), Is.EqualTo(2));

        var found = await RecountAsync();
        Assert.That(found.ExitCode, Is.EqualTo(1), found.Output);
        Assert.That(found.Output, Does.Contain("20260202 990101001001001 Neighbours None").And.Contain("0 rows put right"));
        var repaired = await RecountAsync("--repair");
        Assert.That(repaired.ExitCode, Is.EqualTo(1), repaired.Output);
        Assert.That((await RecountAsync()).ExitCode, Is.Zero);
        Assert.That(await RegisteredAsync(grid), Is.EqualTo(1));
    }

    private static async Task<int> RegisteredAsync(HttpClient by) =>
        (await by.AskAsync("/api/v1/statistics/summary")).Json.GetProperty("total").GetProperty("registered").GetInt32();

    private async Task<(int ExitCode, string Output)> RecountAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "recount-statistics", .. arguments])
        {
            RedirectStandardOutput = true,
            Environment = { ["GRIDCASES_DATA"] = _folder },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
