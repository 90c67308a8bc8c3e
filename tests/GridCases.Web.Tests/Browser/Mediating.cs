using System.Net.Http.Json;
using System.Text.Json;

namespace GridCases.Web.Tests.Browser;

/// <summary>Cases with a mediator, made over the API for what is looked at in the browser.</summary>
internal static class Mediating
{
    private const string Village = "village1", Peoples = "mediator.p1";

    /// <summary>A case in mediation with two parties and one meeting.</summary>
    public static async Task<Guid> BeginAsync(ServerProcess city, string title)
    {
        var id = await Registering.SubmitAsync(city, title);
        await TellAsync(city, Village, id, "accept", new { });
        using var village = await city.SignInAsync(Village);
        var organisations = await village.GetFromJsonAsync<JsonElement>("/api/v1/organisations?unit=990101001001");
        var peoples = organisations.EnumerateArray().Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == Peoples));
        await TellAsync(city, Village, id, "assign-mediation", new { track = "Peoples", organisationId = peoples.GetProperty("id").GetString(), mediator = Peoples });
        var parties = (await CaseAsync(city, Peoples, id)).GetProperty("parties").EnumerateArray().Select(p => p.GetProperty("id").GetString());
        await TellAsync(city, Peoples, id, "start-mediation", new { consents = parties.Select(p => new { partyId = p, consented = true, how = "当面" }) });
        await TellAsync(city, Peoples, id, "record-session", new { heldAt = "2026-02-02T09:00:00+08:00", place = "调解室", note = "第一次谈，双方都到了。" });
        return id;
    }

    /// <summary>The parties agree in writing; nobody has signed.</summary>
    public static async Task AgreeAsync(ServerProcess city, Guid id)
    {
        var respondent = (await CaseAsync(city, Peoples, id)).GetProperty("parties")[1].GetProperty("id").GetString();
        await TellAsync(city, Peoples, id, "reach-agreement", new
        {
            form = "Written",
            terms = "周海生三月底前修好滴水檐，赔偿 600 元。",
            amount = 600,
            obligations = new[] { new { partyId = respondent, text = "赔偿 600 元", dueOn = "2027-03-31", amount = 600 } },
        });
    }

    public static async Task TellAsync(ServerProcess city, string user, Guid id, string action, object body)
    {
        var version = (await CaseAsync(city, user, id)).GetProperty("version").GetInt64();
        using var client = await city.SignInAsync(user);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{id}/{action}") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await client.SendAsync(request);
        Assert.That(answer.IsSuccessStatusCode, Is.True, $"{action}: {await answer.Content.ReadAsStringAsync()}");
    }

    public static async Task<JsonElement> CaseAsync(ServerProcess city, string user, Guid id)
    {
        using var client = await city.SignInAsync(user);
        return await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}");
    }
}
