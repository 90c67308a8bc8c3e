using GridCases.Data;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
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

    private async Task TamperAsync(Sql first, Sql second)
    {
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(first);
        Assert.That(await db.ExecuteAsync(second, new { id = _case.Id }), Is.EqualTo(1));
    }
}
