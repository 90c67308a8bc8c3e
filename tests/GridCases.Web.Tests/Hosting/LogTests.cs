using System.Text.Json;

namespace GridCases.Web.Tests.Hosting;

/// <summary>The log of the real process, as collectors of logs read it.</summary>
public class LogTests
{
    private string _folder = "";

    [SetUp]
    public void Prepare() => _folder = Directory.CreateTempSubdirectory("gridcases-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task As_JSON_each_line_is_an_object_and_a_message_has_its_name_ids_user_and_trace_and_no_contents()
    {
        await using var server = await ServerProcess.StartAsync(_folder, ("GridCases__Logs", "Json"), ("GridCases__Jobs", "None"), ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"));
        using var client = await server.SignInAsync("grid1");
        using var answer = await client.GetAsync(new Uri("/api/v1/cases?q=%E5%AE%85%E5%9F%BA%E5%9C%B0", UriKind.Relative));
        Assert.That(answer.IsSuccessStatusCode);

        var lines = await server.LinesWithAsync("ListCases");

        var parsed = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var message = parsed.Single(l => l.GetProperty("Category").GetString() == "GridCases.Messages" && l.GetProperty("State").TryGetProperty("Message", out _) && l.GetProperty("Message").GetString()!.StartsWith("ListCases", StringComparison.Ordinal));
        var state = message.GetProperty("State");
        Assert.That(state.GetProperty("User").GetString(), Is.EqualTo("grid1"));
        Assert.That(state.GetProperty("Outcome").GetString(), Is.EqualTo("Done"));
        Assert.That(state.TryGetProperty("Ids", out _));
        Assert.That(DateTimeOffset.TryParse(message.GetProperty("Timestamp").GetString(), out _));
        Assert.That(message.GetProperty("Scopes").EnumerateArray().Where(s => s.TryGetProperty("TraceId", out _)).Select(s => s.GetProperty("TraceId").GetString()), Has.One.Match("^[0-9a-f]{32}$"));
        Assert.That(lines, Has.None.Contains("宅基地"));
    }

    [Test]
    public async Task For_systemd_each_entry_is_one_line_with_its_priority()
    {
        await using var server = await ServerProcess.StartAsync(_folder, ("GridCases__Logs", "Systemd"), ("GridCases__Jobs", "None"), ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"));

        var lines = await server.LinesWithAsync("Application started");

        Assert.That(lines, Is.All.Match("^<[0-7]>"));
    }
}
