using System.Net.Http.Json;
using System.Text.Json;

namespace GridCases.Web.Tests.Browser;

/// <summary>Cases and time, for tests whose matter is what comes after.</summary>
internal static class Registering
{
    /// <summary>Registers a dispute as grid1 and hands it to the village centre.</summary>
    public static async Task<Guid> SubmitAsync(ServerProcess city, string title)
    {
        using var grid = await city.SignInAsync("grid1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases");
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        request.Content = JsonContent.Create(new
        {
            title,
            category = "Neighbours",
            source = "Patrol",
            place = new { unitCode = "990101001001001" },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "刘桂兰" }, new { role = "Respondent", kind = "Person", name = "周海生" } },
            submit = true,
        });
        using var answer = await grid.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Does an action to a case as it stands now.</summary>
    public static async Task DoAsync(ServerProcess city, string user, Guid id, string action, object? body = null)
    {
        using var client = await city.SignInAsync(user);
        var version = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}")).GetProperty("version").GetInt64();
        var answer = await client.TellAsync($"/api/v1/cases/{id}/{action}", body, version);
        Assert.That(answer.Status, Is.EqualTo(200), $"{user}: {action} {answer.Text}");
    }

    /// <summary>Moves the server's clock forward.</summary>
    public static async Task AdvanceAsync(ServerProcess city, string duration)
    {
        using var client = new HttpClient { BaseAddress = city.Address };
        using var answer = await client.PostAsJsonAsync("/demo/clock", new { advance = duration });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Runs the escalation sweep.</summary>
    /// <returns>How many escalations it opened.</returns>
    public static async Task<int> SweepAsync(ServerProcess city)
    {
        using var client = new HttpClient { BaseAddress = city.Address };
        using var answer = await client.PostAsync(new Uri("/demo/sweep", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("escalated").GetInt32();
    }
}
