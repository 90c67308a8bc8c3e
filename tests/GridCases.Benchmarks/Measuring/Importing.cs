using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Benchmarks.City;
using GridCases.Features;
using GridCases.Features.Imports;

namespace GridCases.Benchmarks.Measuring;

/// <summary>A city of 16,000 units and 30,000 people with roles comes into an empty server by one workbook; then the same workbook again, and what is on record goes out.</summary>
internal sealed class Importing(string web, string folder, Report report)
{
    private const int Districts = 12, Townships = 175, Villages = 2_127, Grids = 13_685, People = 30_000;
    private const string UserName = "first", Password = "grid-cases-bench-1";

    public async Task RunAsync()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        Environment.SetEnvironmentVariable("GridCases__FirstAdministrator__UserName", UserName);
        Environment.SetEnvironmentVariable("GridCases__FirstAdministrator__Password", Password);
        Environment.SetEnvironmentVariable("GridCases__FirstAdministrator__CityCode", "9903");
        Environment.SetEnvironmentVariable("GridCases__FirstAdministrator__CityName", "测试市");
        var workbook = Workbook();
        Console.WriteLine($"\nA workbook of {workbook.Length / 1024.0 / 1024:0.0} MB: {1 + Districts + Townships + Villages + Grids:n0} units, {People:n0} people with a role each");

        await using var server = await Server.StartAsync(web, folder, asDemo: false);
        using var client = await SignedInAsync(server);
        var before = server.PeakMemory;
        var first = await UploadAsync(client, workbook);
        report.Add("import: check", People, first.TotalSeconds, 1, "s", null);
        var watch = Stopwatch.StartNew();
        (await client.PostAsync(new Uri($"/api/v1/imports/{_id}/apply", UriKind.Relative), null)).EnsureSuccessStatusCode();
        await WaitAsync(client, "Applied");
        report.Add("import: apply", People, watch.Elapsed.TotalSeconds, 1, "s", null);
        report.Add("import: check and apply", People, (first + watch.Elapsed).TotalSeconds, 1, "s", new Target(60));
        report.Add("import: peak memory above the idle server's", People, (server.PeakMemory - before) / 1024.0 / 1024, 1, "MB", null);
        report.Add("import: peak memory of the process", People, server.PeakMemory / 1024.0 / 1024, 1, "MB", null);
        watch.Restart();
        await client.GetByteArrayAsync(new Uri($"/api/v1/imports/{_id}/credentials.xlsx", UriKind.Relative));
        report.Add("import: passwords of 30,000 people", People, watch.Elapsed.TotalSeconds, 1, "s", null);
        report.Add("import: the same file again, check", People, (await UploadAsync(client, workbook)).TotalSeconds, 1, "s", null);
        watch.Restart();
        await client.GetByteArrayAsync(new Uri("/api/v1/imports/export.xlsx", UriKind.Relative));
        report.Add("export", People, watch.Elapsed.TotalSeconds, 1, "s", null);
        report.Add("import and export: peak memory of the process", People, server.PeakMemory / 1024.0 / 1024, 1, "MB", null);
    }

    private string _id = "";

    private static async Task<HttpClient> SignedInAsync(Server server)
    {
        var client = server.Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/v1/login", new { userName = UserName, password = Password });
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString());
        return client;
    }

    private async Task<TimeSpan> UploadAsync(HttpClient client, byte[] workbook)
    {
        var watch = Stopwatch.StartNew();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(workbook), "file", "city.xlsx" } };
        using var answer = await client.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        _id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await WaitAsync(client, "Checked");
        return watch.Elapsed;
    }

    /// <summary>Waits as a page does, and sees the numbers go up.</summary>
    private async Task WaitAsync(HttpClient client, string state)
    {
        var seen = new SortedSet<int>();
        while (true)
        {
            var import = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/imports/{_id}", UriKind.Relative));
            seen.Add(import.GetProperty("done").GetInt32());
            if (import.GetProperty("errors").GetArrayLength() > 0)
                throw new InvalidOperationException(import.GetProperty("errors")[0].ToString());
            if (import.GetProperty("state").GetString() == state)
                break;
            await Task.Delay(100);
        }

        Console.WriteLine($"  {state}; progress told in {seen.Count} steps");
    }

    private static byte[] Workbook()
    {
        var random = new Random(9);
        var units = new List<string> { "9903" };
        var districts = Below(["9903"], Districts, 2);
        var townships = Below(districts, Townships, 3);
        var villages = Below(townships, Villages, 3);
        var grids = Below(villages, Grids, 3);
        units.AddRange([.. districts, .. townships, .. villages, .. grids]);
        var places = grids.Select(g => (Role: "GridHead", Unit: g)).Concat(grids.Select(g => (Role: "GovernanceAssistant", Unit: g)))
            .Concat(villages.Select(v => (Role: "CentreOfficer", Unit: v))).Concat(townships.Select(t => (Role: "CentreOfficer", Unit: t))).Concat(villages.Select(v => (Role: "Supervisor", Unit: v)))
            .Take(People).ToList();
        return TableFile.Workbook(
        [
            new TableSheet("units", ["code", "name"], units.Select(u => new[] { u, $"单位{u[4..]}" })),
            new TableSheet("users", ["userName", "displayName", "phone"], places.Select((p, i) => new[] { $"u{i:00000}", Names.Of(random), $"139{i:00000000}" })),
            new TableSheet("roles", ["userName", "role", "unitCode", "organisation", "from", "to"], places.Select((p, i) => new[] { $"u{i:00000}", p.Role, p.Unit, null, "2026-01-01", null })),
        ]);
    }

    private static List<string> Below(List<string> above, int count, int digits) =>
        [.. Enumerable.Range(0, count).Select(i => above[i % above.Count] + ((i / above.Count) + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')).Order(StringComparer.Ordinal)];
}
