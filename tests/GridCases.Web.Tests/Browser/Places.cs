using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Web.Tests.Browser;

/// <summary>Every page of the demo as somebody sees it, with what unfolds there: what tests look at that hold for all of them.</summary>
internal static class Places
{
    /// <summary>What is looked at, by whom.</summary>
    public static async Task<IReadOnlyList<Visit>> FindAsync(ServerProcess demo) => [.. Visits(await ChosenCase.ChooseAsync(demo, await RareCasesAsync(demo)))];

    /// <summary>
    /// Cases that offer what no case of the demo offers just now: one with a file, a notice for the police, a card and more time asked for; one under suspicion, one that stands still; one to be handed down;
    /// one to be taken back; one that somebody joined late.
    /// </summary>
    private static async Task<Guid[]> RareCasesAsync(ServerProcess demo)
    {
        var (watched, upward) = (await SubmitAsync("有材料有督办"), await SubmitAsync("上报后交办"));
        using var centre = await demo.SignInAsync("village1");
        var organisations = await centre.GetFromJsonAsync<JsonElement>("/api/v1/organisations?unit=990101001001");
        var committee = organisations.EnumerateArray().Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == "mediator.p1"));

        await DoAsync("village1.lead", watched, "issue-card", new { color = "Yellow", replyDueOn = $"{LocalTime.Day(TimeProvider.System.GetUtcNow()).AddDays(5):yyyy-MM-dd}", note = "请尽快处理" });
        await DoAsync("village1", watched, "confirm-risk", new { risk = "Orange", sponsor = "镇综治中心主任", violence = true, prevention = "分开双方，派人看守" });
        await DoAsync("village1", watched, "attach", Files.Form(Files.Png));

        var clocks = await centre.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{watched}/clocks");
        var handling = clocks.EnumerateArray().Single(clock => clock.GetProperty("kind").GetString() == "Handling").GetProperty("id").GetGuid();
        await DoAsync("village1", watched, "request-extension", new { clockId = handling, days = 1, reason = "当事人外出" });

        var (suspected, resting) = (await MediateAsync("疑似虚假调解"), await MediateAsync("等鉴定结论"));
        await DoAsync("mediator.p1", suspected, "report-sham", new { reason = "双方说法一字不差" });
        await DoAsync("mediator.p1", resting, "suspend", new { reason = "等鉴定结论" });

        var joined = await MediateAsync("调解中新增当事人");
        await DoAsync("village1", joined, "add-party", new { role = "Respondent", kind = "Person", name = "赵六" });
        var waiting = await Registering.SubmitAsync(demo, "还没有受理");

        // One whose seal was recorded by mistake, so that it can be taken back.
        var signed = await MediateAsync("章盖错了");
        await DoAsync("mediator.p1", signed, "record-session", new { heldAt = $"{LocalTime.Day(TimeProvider.System.GetUtcNow()).AddDays(-1):yyyy-MM-dd}T09:00:00+08:00", place = "调解室", note = "双方都到了。" });
        await DoAsync("mediator.p1", signed, "reach-agreement", new { form = "Written", terms = "三月底前拆除，恢复原状。", obligations = Array.Empty<object>() });
        await DoAsync("mediator.p1", signed, "sign", new { signer = "seal" });

        // Two that a court referred: one waits for the receipt, one came to an agreement after filing.
        var court = organisations.EnumerateArray().Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == "mediator.j1")).GetProperty("id").GetGuid();
        var (referred, filed) = (await SubmitAsync("法院委派的"), await SubmitAsync("立案后委托的"));
        await DoAsync("village1", referred, "assign-mediation", new { track = "Judicial", organisationId = court, mediator = "mediator.j1", entrustment = "PreFiling" });
        await DoAsync("village1", filed, "assign-mediation", new { track = "Judicial", organisationId = court, mediator = "mediator.j1", entrustment = "PostFilingSummary" });
        await ConsentAsync("mediator.j1", filed);
        await DoAsync("mediator.j1", filed, "reach-agreement", new { form = "Oral", terms = "双方同意分期付清，原告撤诉。", obligations = Array.Empty<object>() });

        await DoAsync("village1", upward, "submit-upward", new { reason = "涉及两个村" });
        await DoAsync("town1", upward, "accept");

        var returned = await Registering.SubmitAsync(demo, "退回补充的");
        await DoAsync("village1", returned, "return", new { reason = "电话打不通，缺对方当事人" });
        return [watched, suspected, resting, upward, joined, waiting, returned, signed, referred, filed];

        async Task<Guid> SubmitAsync(string title)
        {
            var id = await Registering.SubmitAsync(demo, title);
            await DoAsync("village1", id, "accept");
            return id;
        }

        async Task<Guid> MediateAsync(string title)
        {
            var id = await SubmitAsync(title);
            await DoAsync("village1", id, "assign-mediation", new { track = "Peoples", organisationId = committee.GetProperty("id").GetGuid(), mediator = "mediator.p1" });
            await ConsentAsync("mediator.p1", id);
            return id;
        }

        async Task ConsentAsync(string mediator, Guid id)
        {
            var parties = (await centre.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}")).GetProperty("parties").EnumerateArray();
            await DoAsync(mediator, id, "start-mediation", new { consents = parties.Select(party => new { partyId = party.GetProperty("id").GetGuid(), consented = true, how = "当面" }) });
        }

        Task DoAsync(string user, Guid id, string action, object? body = null) => Registering.DoAsync(demo, user, id, action, body);
    }

    /// <summary>What is looked at, by whom. Cases come with the user who is offered the most there.</summary>
    private static IEnumerable<Visit> Visits(IReadOnlyList<ChosenCase> cases)
    {
        yield return new("", "/sign-in");
        yield return new("", "/sign-in", First: async visitor =>
        {
            await visitor.Page.Locator("[name=UserName]").FillAsync("nobody");
            await visitor.Page.Locator("[name=Password]").FillAsync("wrong");
            await visitor.GoAsync(() => visitor.Page.Locator("form:has([name=Password]) button[type=submit]").ClickAsync());
        });

        yield return new("", "/offline");
        yield return new("grid1", "/offline");
        yield return new("grid1", "/work");
        yield return new("grid1", "/work?tab=open");
        yield return new("grid1", "/work?tab=closed");
        yield return new("grid1", "/work?state=Archived");
        yield return new("grid1", "/cases/new");
        yield return new("grid1", "/cases/new", First: visitor => visitor.GoAsync(() => visitor.Page.Locator(".submit-bar .btn-primary").ClickAsync()));
        yield return new("grid1", "/cases/new", First: async visitor =>
        {
            await visitor.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(fold => { fold.open = true; })");
            await visitor.Page.Locator("#p0t").FillAsync("1391234567");
            await visitor.Page.Locator("#p0d").FillAsync("220199198507120024");
            await visitor.Page.Locator("#p0d").BlurAsync();
            await visitor.Page.Locator("#p0d-hint p").WaitForAsync();
        });
        yield return new("grid1", "/search");
        yield return new("grid1", "/search?light=Green");
        yield return new("grid1", "/search?q=nothing-has-this-name");
        yield return new("grid1", "/notifications");
        yield return new("grid1", "/help");
        yield return new("village1.lead", "/help");
        yield return new("admin", "/help");
        yield return new("grid1", "/account");
        yield return new("grid1", "/account/password");
        yield return new("grid1", "/account/second-factor");
        yield return new("grid1", "/account/password", First: async visitor =>
        {
            foreach (var (field, typed) in new[] { ("current", "wrong"), ("new", "password1234"), ("repeat", "password1234") })
                await visitor.Page.Locator($"[name={field}]").FillAsync(typed);
            await visitor.GoAsync(() => visitor.Page.Locator("main .btn-primary").ClickAsync());
        });
        yield return new("grid1", $"/cases/{Guid.Empty}", Status: 404);
        yield return new("grid1", "/escalations", Status: 403);

        yield return new("mediator.p1", "/bench");
        yield return new("village1.lead", "/escalations");
        yield return new("village1.lead", "/escalations?state=Resolved");
        yield return new("village1.lead", "/escalations", First: async visitor =>
        {
            await visitor.Page.Locator(".row-do a[id^=h-]").First.ClickAsync();
            await visitor.Page.Locator(".handle").WaitForAsync();
        });
        yield return new("city.lead", "/dashboard");
        yield return new("city.lead", "/subsidies");
        yield return new("auditor", "/work");
        yield return new("auditor", "/search");

        yield return new("admin", "/admin/status");
        yield return new("admin", "/admin/units");
        yield return new("admin", "/admin/units?gaps=true");
        yield return new("admin", "/admin/units/990101001002001");
        yield return new("admin", "/admin/units/990101001001/texts", First: async visitor =>
        {
            await visitor.Page.Locator("details:has([data-form=block-new])").EvaluateAsync("fold => { fold.open = true; }");
            await visitor.Page.Locator("#t-new").FillAsync("告知可以起诉");
            await visitor.Page.Locator("#b-new").FillAsync("可以向有管辖权的人民法院起诉。");
            await visitor.GoAsync(() => visitor.Page.Locator("[data-form=block-new] button[type=submit]").ClickAsync());
        });
        yield return new("admin", "/admin/handover");
        yield return new("admin", "/admin/handover?from=mediator.p1");
        yield return new("admin", "/admin/handover?from=grid1");
        yield return new("mediator.p1", "/deputies");
        yield return new("admin", "/admin/users");
        yield return new("admin", "/admin/import");
        yield return new("admin", "/admin/import", First: visitor => ImportTests.UploadAsync(visitor, "units.csv", "code,name\n9901,又一个名字\n12,短\n"));
        yield return new("admin", "/admin/import", First: visitor => ImportTests.UploadAsync(visitor, "units.csv", "code,name\n9901,又一个名字\n990101001001077,新网格\n"));
        yield return new("admin", "/admin/users/grid1");
        yield return new("admin", "/admin/users/grid1", First: async visitor =>
        {
            await visitor.Page.Locator(".panel-foot summary").ClickAsync();
            await visitor.GoAsync(() => visitor.Page.Locator("form[action*='handler=AddRole'] button[type=submit]").ClickAsync());
        });
        yield return new("admin", "/admin/users/grid.990102002003003", First: visitor => visitor.GoAsync(() => visitor.Page.Locator("form[action*='handler=Reset'] button").ClickAsync()));
        yield return new("admin", "/admin/new-user");
        yield return new("admin", "/admin/new-user", First: visitor => visitor.GoAsync(() => visitor.Page.Locator(".submit-bar .btn-primary").ClickAsync()));
        yield return new("admin", "/admin/organisations");
        yield return new("admin", "/admin/organisations/0196c0de-9901-7000-8000-000000000007");
        yield return new("admin", "/admin/policies");
        yield return new("admin", "/admin/policies", First: async visitor =>
        {
            await visitor.GoAsync(() => visitor.Page.Locator("a[href*='/edit?id=']").First.ClickAsync());
            await PreviewAsync(visitor);
        });
        yield return new("admin", "/admin/policies/edit", First: PreviewAsync);
        yield return new("admin", "/admin/calendar");
        yield return new("admin", "/admin/calendar/edit");
        yield return new("admin", "/admin/calendar/edit?year=2026", First: PreviewAsync);
        yield return new("admin", "/admin/calendar/edit?year=2028", First: async visitor =>
        {
            await visitor.Page.Locator("details:has(#notice) > summary").ClickAsync();
            await visitor.Page.Locator("#notice").FillAsync("一、元旦：1月1日放假，共1天。\n二、春节：1月26日酌情安排。");
            await visitor.GoAsync(() => visitor.Page.Locator("[formaction*='handler=Read']").ClickAsync());
            await visitor.Page.Locator("#understood").WaitForAsync();
        });
        yield return new("admin", "/admin/orphans");
        yield return new("admin", "/admin/subsidies");
        yield return new("admin", "/admin/clock");
        yield return new("admin", "/subsidies");

        var correctable = cases.First(chosen => chosen.Actions.Contains("correct-party"));
        yield return new(correctable.User, $"/cases/{correctable.Id}", First: visitor => visitor.GoAsync(() => visitor.Page.Locator("a[data-action=correct-party]").First.ClickAsync()));
        yield return new(correctable.User, $"/cases/{correctable.Id}?do=correct", First: SendUnfilledAsync("form[action*='?do=correct']"));

        foreach (var chosen in cases)
        {
            var address = $"/cases/{chosen.Id}";
            yield return new(chosen.User, address);
            if (chosen.Actions.Contains("sign"))
                yield return new(chosen.User, $"{address}?do=sign", First: visitor => visitor.Page.Locator("[data-draw]").First.ClickAsync());
            if (chosen.Actions.Contains("return"))
                yield return new(chosen.User, $"{address}?do=return", First: SendUnfilledAsync("form[action*='?do=return']"));
        }

        var mistaken = cases.First(chosen => chosen.Actions.Contains("withdraw-signature"));
        yield return new(mistaken.User, $"/cases/{mistaken.Id}#sessions", First: async visitor =>
        {
            await visitor.GoAsync(() => visitor.Page.Locator("#sessions a[href$='/sign']").First.ClickAsync());
            await visitor.Page.Locator("[data-draw]").First.ClickAsync();
        });

        // The newest of the grid's cases has come back.
        yield return new("grid1", "/work?sort=Newest", First: visitor => visitor.GoAsync(() => visitor.Page.Locator(".row-item:has(.tag-returned) .row-title a").First.ClickAsync()));

        var attachable = cases.First(chosen => chosen.Actions.Contains("attach"));
        yield return new(attachable.User, $"/cases/{attachable.Id}/attach");
        yield return new(attachable.User, $"/cases/{attachable.Id}/unmask", First: SendUnfilledAsync("main form"));
        yield return new(attachable.User, $"/cases/{attachable.Id}/unmask", First: async visitor =>
        {
            await visitor.Page.Locator("[name=Purpose]").FillAsync("送达调解通知");
            await visitor.GoAsync(() => visitor.Page.Locator("main .btn-primary").ClickAsync());
        });
        var agreed = cases.First(chosen => chosen.HasAgreement);
        foreach (var document in new[] { "cover", "index", "agreement" })
            yield return new(agreed.User, $"/cases/{agreed.Id}/documents/{document}");
    }

    private static Task PreviewAsync(Visitor visitor) => visitor.GoAsync(() => visitor.Page.Locator("[formaction*='handler=Preview']").ClickAsync());

    /// <summary>Sends a form as a browser without its own checks would, so that the page comes back and says what is missing.</summary>
    private static Func<Visitor, Task> SendUnfilledAsync(string form) => visitor => visitor.GoAsync(async () =>
    {
        await visitor.Page.EvaluateAsync("form => { document.querySelector(form).noValidate = true; }", form);
        await visitor.Page.Locator($"{form} .form-actions button[type=submit]").ClickAsync();
    });

    /// <summary>A page to look at.</summary>
    /// <param name="User">Who goes there; empty is nobody.</param>
    /// <param name="Address">Path and query.</param>
    /// <param name="Status">What the server answers.</param>
    /// <param name="First">What is done there before axe looks.</param>
    internal sealed record Visit(string User, string Address, int Status = 200, Func<Visitor, Task>? First = null);

    /// <summary>A case of the demo with a user who sees it.</summary>
    private sealed record ChosenCase(string User, Guid Id, string State, IReadOnlyList<string> Actions, bool HasAgreement)
    {
        private const int OfEach = 3;

        /// <summary>As few as show every state a case can be in, every action there is, and a written agreement.</summary>
        public static async Task<IReadOnlyList<ChosenCase>> ChooseAsync(ServerProcess demo, IReadOnlyCollection<Guid> others)
        {
            var candidates = new List<ChosenCase>();
            foreach (var user in new[] { "grid1", "village1", "village1.lead", "town1", "town1.lead", "mediator.p1", "mediator.a1", "mediator.j1" })
            {
                using var api = await demo.SignInAsync(user);
                var found = new List<JsonElement>();
                foreach (var state in Enum.GetNames<CaseState>())
                    found.AddRange((await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases?state={state}&limit={OfEach}")).GetProperty("items").EnumerateArray());
                foreach (var id in others)
                {
                    if (await api.AskAsync($"/api/v1/cases/{id}") is { Status: 200 } seen)
                        found.Add(seen.Json);
                }

                foreach (var (id, state) in found.Select(row => (row.GetProperty("id").GetGuid(), row.GetProperty("state").GetString()!)).Distinct())
                {
                    var actions = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/actions");
                    var documents = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/documents");
                    candidates.Add(new(
                        user,
                        id,
                        state,
                        [.. actions.EnumerateArray().Select(row => row.GetProperty("action").GetString()!)],
                        documents.EnumerateArray().Any(row => row.GetProperty("form").GetString() == "agreement" && row.GetProperty("available").GetBoolean())));
                }
            }

            var missing = candidates.SelectMany(candidate => candidate.Shows).ToHashSet();
            var chosen = new List<ChosenCase>();
            while (missing.Count > 0)
            {
                chosen.Add(candidates.MaxBy(candidate => candidate.Shows.Count(missing.Contains))!);
                missing.ExceptWith(chosen[^1].Shows);
            }

            Assert.That(chosen.Select(one => one.State).Distinct(), Is.EquivalentTo(Enum.GetNames<CaseState>()), "the demo has cases in every state");
            var offered = chosen.SelectMany(one => one.Actions).ToHashSet();
            Assert.That(Enum.GetValues<CaseAction>().Where(CaseActionCatalogue.IsRouted).Select(CaseActionCatalogue.NameOf).Except(offered), Is.Empty, "no case offers these");
            TestContext.Out.WriteLine($"{chosen.Count} cases with the actions {string.Join(", ", chosen.SelectMany(one => one.Actions).Distinct().Order())}");
            return chosen;
        }

        private IEnumerable<string> Shows => [State, .. Actions, .. HasAgreement ? ["a written agreement"] : Array.Empty<string>()];
    }
}
