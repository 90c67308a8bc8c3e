using GridCases.Domain;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>What time does to a case. Each test has a server of its own, since its clock only goes forward.</summary>
[OnBothDatabases]
public class CaseClockTests(Store store) : CaseApiTest(store)
{
    [SetUp]
    public async Task Begin_anew()
    {
        await Stop();
        Start();
    }

    [Test]
    public async Task Suspended_days_are_given_back_and_explained()
    {
        var dossier = await InMediationAsync();
        Assert.That(dossier.DueOn(ClockKind.Mediation), Is.EqualTo("2026-03-04"));
        Assert.That(dossier.DueOn(ClockKind.Case), Is.EqualTo("2026-04-03"));

        await UntilAsync("2026-02-10 15:00");
        await dossier.DoAsync("mediator.p1", "suspend", new { reason = "Appraisal", expectedResumeOn = "2026-02-24" });
        Assert.That(dossier.View.GetProperty("suspended").GetBoolean());
        Assert.That(dossier.Clock(ClockKind.Mediation).GetProperty("status").GetString(), Is.EqualTo("Paused"));
        await dossier.RefusedAsync("mediator.p1", "reach-agreement", Agreement(dossier), 409, "rule", "Suspended");

        await UntilAsync("2026-03-10 09:00");
        await dossier.ReloadAsync();
        Assert.That(dossier.View.GetProperty("light").GetString(), Is.EqualTo("Green"), "what stands still is not overdue");
        await dossier.DoAsync("mediator.p1", "resume", new { reason = "The appraisal is in" });
        Assert.That(dossier.DueOn(ClockKind.Mediation), Is.EqualTo("2026-04-01"), "4 March and 28 days");
        Assert.That(dossier.DueOn(ClockKind.Case), Is.EqualTo("2026-05-06"), "3 April and 28 days end on 1 May, a holiday until the 5th");
        var clocks = (await AskAsync("grid1", $"cases/{dossier.Id}/clocks", "en")).Json.EnumerateArray();
        Assert.That(clocks.Single(c => c.GetProperty("kind").GetString() == "Case").GetProperty("explanation").EnumerateArray().Select(e => e.GetString()), Is.EqualTo(new[]
        {
            "60 days from the day after 2 February; 28 days of suspension given back; the last day, 1 May, is a rest day, so it moves to the next working day; runs to the end of Wednesday, 6 May",
            "Counted from 2026-02-02, that day excluded, for 60 days",
            "Suspended from 2026-02-10 to 2026-03-10, which gives back 28 days",
            "2026-05-01 is a rest day, so it rolls to the next working day, 2026-05-06",
            "Due by the end of 2026-05-06",
            "By the policy “Whole case”, version 1",
        }));
    }

    [Test]
    public async Task A_light_goes_yellow_then_red()
    {
        var dossier = await RegisterAsync(submit: true);
        await UntilAsync("2026-02-05 00:00");
        Assert.That((await dossier.ReloadAsync()).View.GetProperty("light").GetString(), Is.EqualTo("Yellow"));
        Assert.That(Numbers(await AskAsync("village1", "cases?light=yellow")), Has.One.Items);
        await UntilAsync("2026-02-05 23:59:59");
        Assert.That((await dossier.ReloadAsync()).View.GetProperty("light").GetString(), Is.EqualTo("Yellow"));
        await UntilAsync("2026-02-06 00:00");
        Assert.That((await dossier.ReloadAsync()).View.GetProperty("light").GetString(), Is.EqualTo("Red"));
        var list = await AskAsync("village1", "cases?light=red");
        Assert.That(list.Json.GetProperty("items")[0].GetProperty("dueKind").GetString(), Is.EqualTo("Acceptance"));
        Assert.That(Numbers(await AskAsync("village1", "cases?light=green")), Is.Empty);

        var total = (await AskAsync("village1", "statistics/summary")).Json.GetProperty("total");
        Assert.That((total.GetProperty("overdue").GetInt32(), total.GetProperty("onTimeRate").GetDecimal()), Is.EqualTo((1, 0m)));
        Assert.That((await AskAsync("village1", "statistics/summary?from=2026-02-06&to=2026-02-06")).Json.GetProperty("total").GetProperty("overdue").GetInt32(), Is.EqualTo(1));
        Assert.That((await AskAsync("village1", "statistics/summary?from=2026-02-01&to=2026-02-04")).Json.GetProperty("total").GetProperty("overdue").GetInt32(), Is.Zero);
        var dashboard = (await AskAsync("village1.lead", "statistics/dashboard")).Json;
        Assert.That(dashboard.GetProperty("byLight")[2].GetProperty("count").GetInt32(), Is.EqualTo(1));

        await dossier.DoAsync("village1", "accept");
        Assert.That(dossier.View.GetProperty("light").GetString(), Is.EqualTo("Green"), "a fair clock for the next step");
        Assert.That(dossier.Clock(ClockKind.Acceptance).GetProperty("status").GetString(), Is.EqualTo("Missed"));
    }

    [Test]
    public async Task More_time_is_asked_for_and_granted()
    {
        var dossier = await AcceptedAsync();
        var clockId = dossier.Clock(ClockKind.Handling).GetProperty("id").GetString();
        var answer = await dossier.RefusedAsync("village1", "request-extension", new { clockId = "x", days = 0 }, 400, "validation");
        Assert.That(answer.Fields, Is.EqualTo(new[] { "clockId" }), "what cannot be read is said first");
        answer = await dossier.RefusedAsync("village1", "request-extension", new { clockId, days = 0 }, 400, "validation");
        Assert.That(answer.Fields, Is.EquivalentTo(new[] { "days", "reason" }));
        await dossier.RefusedAsync("village1", "request-extension", new { clockId, days = 6, reason = "Long" }, 409, "rule", "ExtensionTooLong");
        await dossier.DoAsync("village1", "request-extension", new { clockId, days = 5, reason = "Witness is away" });
        Assert.That(await dossier.ActionsAsync("village1"), Does.Contain("request-extension"), "for the case clock");
        await dossier.RefusedAsync("village1", "request-extension", new { clockId, days = 1, reason = "More" }, 409, "rule", "ExtensionAlreadyRequested");
        var extensionId = dossier.View.GetProperty("extensions")[0].GetProperty("id").GetString();
        Assert.That(Numbers(await AskAsync("village1.lead", "cases?mine=true")), Has.One.Items, "the supervisor's to decide");
        await dossier.RefusedAsync("village1", "decide-extension", new { extensionId, grant = true, note = "Mine" }, 403, "forbidden");
        await dossier.DoAsync("village1.lead", "decide-extension", new { extensionId, grant = true, days = 3, note = "Three" });
        Assert.That((dossier.View.GetProperty("extensions")[0].GetProperty("state").GetString(), dossier.View.GetProperty("extensions")[0].GetProperty("grantedDays").GetInt32()), Is.EqualTo(("Granted", 3)));
        Assert.That(dossier.DueOn(ClockKind.Handling), Is.EqualTo("2026-02-12"), "9 February and three working days");
        Assert.That(Numbers(await AskAsync("village1.lead", "cases?mine=true")), Is.Empty);

        var mediated = await InMediationAsync();
        clockId = mediated.Clock(ClockKind.Mediation).GetProperty("id").GetString();
        await mediated.RefusedAsync("mediator.p1", "request-extension", new { clockId, days = 30, reason = "More" }, 409, "rule", "ExtensionNeedsConsent");
        await mediated.DoAsync("mediator.p1", "request-extension", new { clockId, days = 30, reason = "More", partiesAgree = true });
        extensionId = mediated.View.GetProperty("extensions")[0].GetProperty("id").GetString();
        await mediated.DoAsync("town1.lead", "decide-extension", new { extensionId, grant = false, note = "Be quick" });
        Assert.That(mediated.View.GetProperty("extensions")[0].GetProperty("state").GetString(), Is.EqualTo("Refused"));
        await mediated.RefusedAsync("town1.lead", "decide-extension", new { extensionId, grant = true, note = "After all" }, 409, "rule", "ExtensionDecided");
    }

    [Test]
    public async Task Confirmation_is_applied_for_within_thirty_days_of_effect()
    {
        var (early, late) = (await AgreedAsync(), await AgreedAsync());
        Assert.That(early.DueOn(ClockKind.ConfirmationWindow), Is.EqualTo("2026-03-04"));
        await UntilAsync("2026-03-04 23:59:00");
        await early.DoAsync("mediator.p1", "apply-for-confirmation", new { court = "District court", applicants = new[] { early.Applicant, early.Respondent } });
        await UntilAsync("2026-03-05 00:00");
        Assert.That(await late.ActionsAsync("mediator.p1"), Does.Not.Contain("apply-for-confirmation"));
        await late.RefusedAsync("mediator.p1", "apply-for-confirmation", new { court = "District court", applicants = new[] { late.Applicant, late.Respondent } }, 409, "rule", "ConfirmationWindowOver");
    }

    [Test]
    public async Task An_obligation_performed_in_time_is_met_although_it_is_written_down_late()
    {
        var dossier = await AgreedAsync();
        var obligationId = dossier.Agreement.GetProperty("obligations")[0].GetProperty("id").GetString();
        await dossier.RefusedAsync("mediator.p1", "record-performance", new { obligationId, performedOn = "2026-02-03" }, 409, "rule", "PerformedInFuture");
        await UntilAsync("2026-03-12 09:00");
        Assert.That((await dossier.ReloadAsync()).View.GetProperty("light").GetString(), Is.EqualTo("Red"));
        await dossier.DoAsync("mediator.p1", "record-performance", new { obligationId, performedOn = "2026-03-10" });
        Assert.That(dossier.Clock(ClockKind.Performance).GetProperty("status").GetString(), Is.EqualTo("Met"));
        Assert.That(dossier.View.GetProperty("light").GetString(), Is.EqualTo("Green"));
    }

    [Test]
    public async Task A_closed_case_waits_again_when_its_visit_is_about_to_fall_due()
    {
        await ClosedAsync();
        Assert.That(Numbers(await AskAsync("grid1", "cases?mine=true")), Is.Empty);
        await UntilAsync("2026-03-02 09:00");
        Assert.That(Numbers(await AskAsync("grid1", "cases?mine=true")), Has.One.Items);
    }

    private static string[] Numbers(Answer list) => [.. list.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("number").GetString()!)];
}
