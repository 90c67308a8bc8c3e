using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Audit;

/// <summary>Somebody with the database's password rewrites history, behind the triggers' back.</summary>
[OnBothDatabases]
public class VerifyAuditTests(Store store)
{
    private static readonly Sql AllowChange = Sql.Per(sqlServer: "DROP TRIGGER TR_CaseEvent_AppendOnly", sqlite: "DROP TRIGGER TR_CaseEvent_NoUpdate");
    private static readonly Sql AllowRemoval = Sql.Per(sqlServer: "DROP TRIGGER TR_CaseEvent_AppendOnly", sqlite: "DROP TRIGGER TR_CaseEvent_NoDelete");
    private static readonly Sql ChangeOneByte = new("UPDATE CaseEvent SET DataJson = REPLACE(DataJson, 'Neighbours', 'neighbours') WHERE CaseId = @id AND Sequence = 1");
    private static readonly Sql ChangeInstant = Sql.Per(
        sqlServer: "UPDATE CaseEvent SET [At] = DATEADD(millisecond, 1, [At]) WHERE CaseId = @id AND Sequence = 2",
        sqlite: "UPDATE CaseEvent SET [At] = '2026-02-02 late' WHERE CaseId = @id AND Sequence = 2");
    private static readonly Sql ChangeUser = new("UPDATE CaseEvent SET ByUser = 'grid2' WHERE CaseId = @id AND Sequence = 2");
    private static readonly Sql RemoveLast = new("DELETE FROM CaseEvent WHERE CaseId = @id AND Sequence = 3");

    private static readonly Sql ChangeEverybody = new("UPDATE CaseEvent SET ByUser = 'grid2'");

    private City _city = null!;
    private CaseView _case = null!;

    [SetUp]
    public async Task A_case_with_three_lines()
    {
        _city = await City.NewAsync(store);
        await _city.SubmittedAsync();
        _case = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
    }

    [TearDown]
    public async Task Remove() => await _city.DisposeAsync();

    [Test]
    public async Task Intact_journals_have_no_findings()
    {
        var result = await _city.Application.SendAsync(new VerifyAudit.Query());

        Assert.That(result.Findings, Is.Empty);
        Assert.That((result.Cases, result.Lines), Is.EqualTo((2, 5L)));
    }

    [Test]
    public async Task A_line_with_one_changed_byte_is_named()
    {
        await TamperAsync(AllowChange, ChangeOneByte);

        var result = await _city.Application.SendAsync(new VerifyAudit.Query());

        Assert.That(result.Findings, Is.EqualTo(new[] { new VerifyAudit.Finding(_case.Number, "CaseEvent", "line 1", VerifyAudit.Fault.Changed) }));
    }

    [Test]
    public async Task A_last_line_that_was_removed_is_missed()
    {
        await TamperAsync(AllowRemoval, RemoveLast);

        var result = await _city.Application.SendAsync(new VerifyAudit.Query());

        Assert.That(result.Findings, Is.EqualTo(new[] { new VerifyAudit.Finding(_case.Number, "CaseEvent", "line 3", VerifyAudit.Fault.Missing) }));
    }

    [Test]
    public async Task A_line_of_which_another_column_was_changed_is_named([Values] bool isInstant)
    {
        await TamperAsync(AllowChange, isInstant ? ChangeInstant : ChangeUser);

        var result = await _city.Application.SendAsync(new VerifyAudit.Query());

        Assert.That(result.Findings, Is.EqualTo(new[] { new VerifyAudit.Finding(_case.Number, "CaseEvent", "line 2", VerifyAudit.Fault.Changed) }));
    }

    /// <summary>A case that is written all the time, and verify-audit beside it: what is whole is never called broken.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Beside_writers_nothing_is_found_that_is_not_there(bool snapshots)
    {
        _city.Application.AllowSnapshots(snapshots);
        // On threads of their own: SQLite answers on the thread that asks.
        var writers = Task.WhenAll(Enumerable.Range(0, 2).Select(n => Task.Run(async () =>
        {
            for (var written = 0; written < 100;)
            {
                try
                {
                    await _city.AsAsync("village1", new CommentOnCase($"{n}: {written + 1}") { CaseId = _case.Id });
                    written++;
                }
                catch (StaleVersion)
                {
                    // the other one was faster
                }
            }
        })));

        var (runs, findings) = (0, new List<VerifyAudit.Finding>());
        for (; !writers.IsCompleted; runs++)
            findings.AddRange((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings);

        await writers;
        Assert.That(findings, Is.Empty);
        Assert.That(runs, Is.GreaterThan(2), "there was writing beside them");
        TestContext.Out.WriteLine($"{runs} runs beside 200 lines");
    }

    /// <summary>Half of the embedded database's pages are garbage: that is told, and nothing breaks off.</summary>
    [Test]
    public async Task A_damaged_database_is_a_finding()
    {
        if (store is Store.SqlServer)
            Assert.Ignore("a SQL Server's pages are its own");
        await using var city = await City.NewAsync(store);
        for (var n = 0; n < 20; n++)
            await city.SubmittedAsync();
        city.Application.CloseDatabase();
        await using (var file = new FileStream(Path.Combine(city.Application.Folder, "gridcases.db"), FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            await file.WriteAsync(RandomNumberGenerator.GetBytes((int)(file.Length - file.Position)));
        }

        var result = await city.Application.SendAsync(new VerifyAudit.Query());

        Assert.That(result.Findings.Select(f => (f.Table, f.What)), Does.Contain(("integrity_check", VerifyAudit.Fault.Damaged)));
        Assert.That(result.Faults, Is.GreaterThan(0));
    }

    [Test]
    public async Task Findings_are_told_as_they_are_made_and_progress_page_by_page()
    {
        for (var more = 0; more < 250; more++)
            await _city.SubmittedAsync();
        await TamperAllAsync();
        var (found, progress) = (new List<VerifyAudit.Finding>(), new List<VerifyAudit.Progress>());

        var result = await _city.Application.SendAsync(new VerifyAudit.Query { Found = new Told<VerifyAudit.Finding>(found), Progress = new Told<VerifyAudit.Progress>(progress) });

        Assert.That((result.Cases, result.Faults), Is.EqualTo((252, 505L)));
        Assert.That(found, Has.Count.EqualTo(505).And.Unique);
        Assert.That(progress.Select(p => p.Cases), Is.EqualTo(new[] { 100, 200, 252 }));
    }

    private async Task TamperAllAsync()
    {
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(AllowChange);
        await db.ExecuteAsync(ChangeEverybody);
    }

    private sealed class Told<T>(List<T> told) : IProgress<T>
    {
        public void Report(T value) => told.Add(value);
    }

    private async Task TamperAsync(Sql first, Sql second)
    {
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(first);
        Assert.That(await db.ExecuteAsync(second, new { id = _case.Id }), Is.EqualTo(1));
    }
}
