using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Web.Tests.Api.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Costs;

/// <summary>
/// What the most used requests ask of the database, held to a table so that it cannot grow unseen. Statements are counted one by one; a round trip is what a SQL Server is sent
/// at once; a commit is one wait for the disk. All of it is counted, sign-in and the page's frame included.
/// </summary>
public sealed partial class RequestCostTests : CaseApiTest
{
    [Test]
    public async Task No_request_costs_more_than_the_table_says()
    {
        var (submitted, agreed) = (await RegisterAsync(submit: true), await AgreedAsync());
        await RegisterAsync(submit: true);
        using var officer = await SignInAsync("village1");
        using var lead = await SignInAsync("village1.lead");

        // The first of a kind prepares, reads the rules and compiles.
        foreach (var path in new[] { $"/cases/{submitted.Id}", "/work", "/search?q=Cocks", "/dashboard" })
            await officer.AskAsync(path);
        await lead.AskAsync("/escalations");

        List<Cost> costs =
        [
            // Of the statements one asks for the case's own notices, which are read by opening it, one for what mediators have in hand and one for text blocks.
            await MeasureAsync("a case, page", most: new(20, 4, 1), () => officer.AskAsync($"/cases/{submitted.Id}")),
            await MeasureAsync("a case with an agreement, page", most: new(23, 4, 1), () => lead.AskAsync($"/cases/{agreed.Id}")),
            await MeasureAsync("work list, page", most: new(5, 5, 0), () => officer.AskAsync("/work")),
            await MeasureAsync("search, page", most: new(6, 6, 1), () => officer.AskAsync("/search?q=Cocks")),
            await MeasureAsync("queue, page", most: new(7, 7, 0), () => lead.AskAsync("/escalations")),
            await MeasureAsync("a case, API", most: new(8, 5, 1), () => AskAsync("village1", $"cases/{submitted.Id}")),
            await MeasureAsync("a list, API", most: new(4, 4, 0), () => AskAsync("village1", "cases?mine=true")),
            await MeasureAsync("accept, API", most: new(14, 6, 1), () => TellAsync("village1", $"cases/{submitted.Id}/accept", new { }, submitted.Version)),
            await MeasureAsync("comment, API", most: new(10, 6, 1), () => TellAsync("village1", $"cases/{submitted.Id}/comment", new { note = "Saw them" })),
            await MeasureAsync("register and submit, API", most: new(21, 8, 1), async () => await RegisterAnswerAsync()),
        ];

        TestContext.Out.WriteLine($"{"",-36}{"statements",12}{"round trips",13}{"commits",9}");
        foreach (var cost in costs)
            TestContext.Out.WriteLine($"{cost.Request,-36}{cost.Had.Statements,12}{cost.Had.RoundTrips,13}{cost.Had.Commits,9}");
        Assert.That(costs.Where(c => c.Had.Statements > c.Most.Statements || c.Had.RoundTrips > c.Most.RoundTrips || c.Had.Commits > c.Most.Commits)
            .Select(c => $"{c.Request}: {c.Had.Statements} statements, {c.Had.RoundTrips} round trips, {c.Had.Commits} commits; at most {c.Most}"), Is.Empty);
    }

    private Task<Answer> RegisterAnswerAsync() => TellAsync("grid1", "cases", new
    {
        title = "A wall between two yards",
        category = "Neighbours",
        place = new { unitCode = Grid, address = "3 Willow Lane" },
        parties = new[] { new { role = "Applicant", kind = "Person", name = "Zhang San" }, new { role = "Respondent", kind = "Person", name = "Li Si" } },
        submit = true,
    });

    private async Task<Cost> MeasureAsync(string request, Most most, Func<Task<Answer>> send)
    {
        var activity = Server.Services.GetRequiredService<Database>().Activity;
        var before = activity.Now;
        var answer = await send();
        Assert.That(answer.Status, Is.InRange(200, 201), $"{request}: {answer.Text[..Math.Min(300, answer.Text.Length)]}");
        return new Cost(request, activity.Now - before, most);
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        var client = Server.Anonymous();
        var token = Token().Match((await client.AskAsync("/sign-in")).Text).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["UserName"] = user, ["Password"] = "demo", ["__RequestVerificationToken"] = token });
        Assert.That((await client.AskAsync(HttpMethod.Post, "/sign-in", form)).Status, Is.EqualTo(302));
        return client;
    }

    private sealed record Most(int Statements, int RoundTrips, int Commits);

    private sealed record Cost(string Request, DatabaseActivity.Counts Had, Most Most);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
