using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Benchmarks.City;
using GridCases.Domain;

namespace GridCases.Benchmarks.Measuring;

/// <summary>
/// A dispute from its registration to its end, through the API, in eight commands of three people: register and submit, accept, assign-mediation, start-mediation,
/// record-session, reach-agreement (oral), complete-handling, verify.
/// </summary>
internal sealed class Lifecycle : IDisposable
{
    private readonly HttpClient _head, _officer, _mediator;
    private readonly string _grid, _organisation, _mediatorName;

    private Lifecycle(string grid, string organisation, string mediatorName, HttpClient head, HttpClient officer, HttpClient mediator) =>
        (_grid, _organisation, _mediatorName, _head, _officer, _mediator) = (grid, organisation, mediatorName, head, officer, mediator);

    /// <summary>Signs in the people of a grid, its village and its township.</summary>
    public static async Task<Lifecycle> InAsync(Server server, People people, string grid)
    {
        var (village, town, kind) = (grid[..(int)UnitLevel.Village], grid[..(int)UnitLevel.Township], nameof(OrganisationKind.PeoplesMediationCommittee));
        var mediator = people.At(town, new(nameof(Role.Mediator), kind, 1)).UserName;
        return new Lifecycle(grid, people.OrganisationAt(town, kind), mediator,
            await server.ProgramOfAsync(people.At(grid, new(nameof(Role.GridHead), "", 1)).UserName),
            await server.ProgramOfAsync(people.At(village, new(nameof(Role.CentreOfficer), "", 1)).UserName),
            await server.ProgramOfAsync(mediator));
    }

    /// <summary>Lives one.</summary>
    /// <returns>The case's id.</returns>
    public async Task<string> LiveAsync(int number, DateTimeOffset now)
    {
        var @case = await DoAsync(_head, "", null, new
        {
            title = $"楼上漏水 {number}",
            summary = "每天晚上滴水，影响休息。",
            category = nameof(Category.Neighbours),
            amountInDispute = 300.5m,
            place = new { unitCode = _grid, address = $"{number}号" },
            parties = new object[]
            {
                new { role = "Applicant", kind = "Person", name = Names.Of(new Random(number)), idNumber = Names.IdNumber(new Random(number)), phone = Names.Phone(new Random(number)) },
                new { role = "Respondent", kind = "Person", name = Names.Of(new Random(-number)) },
            },
            submit = true,
        });
        var id = @case.GetProperty("id").GetString()!;
        var parties = @case.GetProperty("parties").EnumerateArray().Select(p => p.GetProperty("id").GetString()!).ToList();
        @case = await DoAsync(_officer, $"/{id}/accept", @case, new { });
        @case = await DoAsync(_officer, $"/{id}/assign-mediation", @case, new { track = nameof(MediationTrack.Peoples), organisationId = _organisation, mediator = _mediatorName });
        @case = await DoAsync(_mediator, $"/{id}/start-mediation", @case, new { consents = parties.Select(p => new { partyId = p, consented = true, how = "当面表示同意" }) });
        @case = await DoAsync(_mediator, $"/{id}/record-session", @case, new { heldAt = now.AddHours(-1), place = "调解室", note = "双方陈述了经过，愿意协商。" });
        @case = await DoAsync(_mediator, $"/{id}/reach-agreement", @case, new { form = nameof(AgreementForm.Oral), terms = "三日内修好水管。", amount = 300m, obligations = Array.Empty<object>() });
        @case = await DoAsync(_mediator, $"/{id}/complete-handling", @case, new { outcome = nameof(Outcome.Settled), summary = "已修好，双方满意。" });
        await DoAsync(_head, $"/{id}/verify", @case, new { settled = true, satisfaction = 5, note = "情况属实。" });
        return id;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _head.Dispose();
        _officer.Dispose();
        _mediator.Dispose();
    }

    private static async Task<JsonElement> DoAsync(HttpClient who, string path, JsonElement? @case, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases{path}") { Content = JsonContent.Create(body) };
        if (@case is { } known)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{known.GetProperty("version").GetInt64()}\""));
        using var answer = await who.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }
}
