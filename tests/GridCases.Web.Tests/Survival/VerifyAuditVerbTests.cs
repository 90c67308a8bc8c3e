using System.Diagnostics;
using System.Text.Json;
using GridCases.Data;

namespace GridCases.Web.Tests.Survival;

/// <summary>The operator asks the server program whether anything was changed behind its back; one byte is enough.</summary>
[OnBothDatabases]
public class VerifyAuditVerbTests(Store store)
{
    private static readonly Sql DropTrigger = Sql.Per(sqlServer: "DROP TRIGGER TR_CaseEvent_AppendOnly", sqlite: "DROP TRIGGER TR_CaseEvent_NoUpdate");
    private static readonly Sql ChangeLine = new("UPDATE CaseEvent SET DataJson = REPLACE(DataJson, 'Neighbours', 'neighbours') WHERE Sequence = 1");
    private static readonly Sql RestoreLine = new("UPDATE CaseEvent SET DataJson = REPLACE(DataJson, 'neighbours', 'Neighbours') WHERE Sequence = 1");
    private static readonly Sql ChangeTerms = new("UPDATE CaseAgreement SET Terms = REPLACE(Terms, 'six', 'sox')");

    private ServerPlace _place = null!;

    [SetUp]
    public void Prepare() => _place = new ServerPlace(store);

    [TearDown]
    public ValueTask Remove() => _place.DisposeAsync();

    [Test]
    public async Task One_changed_byte_of_a_line_a_file_or_an_agreement_is_found_and_named()
    {
        string number, file;
        await using (var server = await ServerProcess.StartAsync(_place, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00")))
            (number, file) = await LiveAsync(server);

        var intact = await VerifyAsync();
        Assert.That(intact.ExitCode, Is.Zero, intact.Output);
        Assert.That(intact.Output, Does.Contain("1 agreements").And.Contain("1 files, 0 faults"));

        await using var db = new Db(new Database(new DatabaseOptions { Folder = _place.Folder, SqlServer = _place.Settings.GetValueOrDefault("ConnectionStrings__GridCases") }));
        await db.ExecuteAsync(DropTrigger);
        await db.ExecuteAsync(ChangeLine);
        var line = await VerifyAsync();
        Assert.That((line.ExitCode, line.Output), Is.EqualTo((1, line.Output)));
        Assert.That(line.Output, Does.Contain($"{number} CaseEvent line 1: Changed").And.Contain("1 faults"));
        await db.ExecuteAsync(RestoreLine);

        var path = Path.Combine(_place.Folder, "attachments", file);
        var stored = await File.ReadAllBytesAsync(path);
        stored[^1] ^= 1;
        await File.WriteAllBytesAsync(path, stored);
        await db.ExecuteAsync(ChangeTerms);
        var both = await VerifyAsync();
        Assert.That(both.ExitCode, Is.EqualTo(1));
        Assert.That(both.Output, Does.Contain($"{number} CaseAttachment {file}: FileChanged").And.Contain($"{number} CaseAgreement version 1: Changed").And.Contain("2 faults"));

        File.Delete(path);
        Assert.That((await VerifyAsync()).Output, Does.Contain($"{number} CaseAttachment {file}: FileMissing"));
    }

    /// <summary>A case with an oral agreement and a file.</summary>
    private static async Task<(string Number, string File)> LiveAsync(ServerProcess server)
    {
        using var grid = await server.SignInAsync("grid1");
        using var village = await server.SignInAsync("village1");
        using var mediator = await server.SignInAsync("mediator.p1");
        var @case = await grid.TellAsync("/api/v1/cases", new
        {
            title = "Cocks", category = "Neighbours", place = new { unitCode = "990101001001001" },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "甲" }, new { role = "Respondent", kind = "Person", name = "乙" } }, submit = true,
        });
        Assert.That(@case.Status, Is.EqualTo(201), @case.Text);
        var path = $"/api/v1/cases/{@case.Json.GetProperty("id").GetString()}";
        var parties = @case.Json.GetProperty("parties").EnumerateArray().Select(p => p.GetProperty("id").GetString()).ToArray();
        var organisations = (await village.AskAsync("/api/v1/organisations?unit=990101001001")).Json.EnumerateArray();
        var committee = organisations.Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == "mediator.p1")).GetProperty("id").GetString();

        var version = @case.Json.GetProperty("version").GetInt64();
        async Task DoAsync(HttpClient by, string action, object? body)
        {
            var answer = await by.TellAsync($"{path}/{action}", body, version++);
            Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        }

        await DoAsync(village, "accept", null);
        await DoAsync(village, "assign-mediation", new { track = "Peoples", organisationId = committee, mediator = "mediator.p1" });
        await DoAsync(mediator, "start-mediation", new { consents = parties.Select(p => new { partyId = p, consented = true, how = "in person" }) });
        await DoAsync(mediator, "reach-agreement", new { form = "Oral", terms = "No cocks before six." });
        var attached = await mediator.TellAsync($"{path}/attach", Files.Form(Files.Png));
        Assert.That(attached.Status, Is.EqualTo(200), attached.Text);
        return (@case.Json.GetProperty("number").GetString()!, attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString()!);
    }

    private async Task<(int ExitCode, string Output)> VerifyAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "verify-audit"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in _place.Settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
