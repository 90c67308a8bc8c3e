using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>A case left lying goes yellow, then red, and climbs. The only test that moves the city's clock.</summary>
public class EscalationTests : BrowserTest
{
    private const string Title = "小区门口夜市噪声扰民";

    [Test]
    public async Task A_case_left_lying_goes_yellow_then_red_and_climbs_two_levels_until_it_is_accepted()
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, Title);
        var village = await VisitAsync(Visitor.OnPhoneAsync(city, "village1"));
        await Expect(Row(village)).ToHaveAttributeAsync("data-light", "green");

        // Three working days from Monday: due on Thursday, warned of from Wednesday's end.
        await Registering.AdvanceAsync(city, "P3D");
        await village.Page.ReloadAsync();
        await Expect(Row(village)).ToHaveAttributeAsync("data-light", "yellow");
        await Expect(Row(village).Locator(".due")).ToHaveTextAsync("受理今天到期");
        await Expect(village.Page.GetByText("临近到期").First).ToBeVisibleAsync();

        await Registering.AdvanceAsync(city, "P1D");
        await village.Page.ReloadAsync();
        await Expect(Row(village)).ToHaveAttributeAsync("data-light", "red");
        await Expect(Row(village).Locator(".due")).ToHaveTextAsync("受理已超期 1 天");
        Assert.That(await Registering.SweepAsync(city), Is.GreaterThan(0));
        Assert.That(await Registering.SweepAsync(city), Is.Zero, "a second sweep adds nothing");

        var lead = await VisitAsync(Visitor.OnDesktopAsync(city, "village1.lead"));
        await Expect(lead.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/escalations$"));
        await Expect(Row(lead).Locator(".level")).ToHaveAttributeAsync("data-level", "1");
        var townLead = await VisitAsync(Visitor.OnDesktopAsync(city, "town1.lead"));
        await Expect(Row(townLead)).ToHaveCountAsync(0);

        // Two more working days after Thursday: level 2 on Tuesday.
        await Registering.AdvanceAsync(city, "P4D");
        Assert.That(await Registering.SweepAsync(city), Is.GreaterThan(0));
        await townLead.Page.GotoAsync("/escalations");
        await Expect(Row(townLead).Locator(".level")).ToHaveAttributeAsync("data-level", "2");

        await AcknowledgeAllAsync(lead);
        await Expect(Row(townLead).Locator("[data-batch-item]")).ToHaveCountAsync(1, new() { Timeout = 1_000 });

        await village.Page.GotoAsync($"/cases/{id}");
        await new CasePage(village).ActAsync("accept");
        foreach (var supervisor in new[] { lead, townLead })
        {
            await supervisor.Page.GotoAsync("/escalations");
            await Expect(Row(supervisor)).ToHaveCountAsync(0);
            await supervisor.Page.GotoAsync("/escalations?state=Resolved");
            await Expect(Row(supervisor)).ToHaveCountAsync(1);
        }
    }

    private static ILocator Row(Visitor visitor) => visitor.Page.Locator(".row-item", new() { HasText = Title });

    private static async Task AcknowledgeAllAsync(Visitor lead)
    {
        await lead.Page.GotoAsync("/escalations");
        await Expect(lead.Page.Locator("[data-batch-do]")).ToBeDisabledAsync();
        await lead.Page.Locator("[data-batch-all]").CheckAsync();
        foreach (var box in await lead.Page.Locator("[data-batch-item]").AllAsync())
            await Expect(box).ToBeCheckedAsync();
        await lead.Page.Locator("#batch [name=note]").FillAsync("今天下班前受理。");
        await lead.GoAsync(() => lead.Page.Locator("[data-batch-do]").ClickAsync());
        await Expect(lead.Page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        await Expect(Row(lead)).ToContainTextAsync("知悉");
        await Expect(lead.Page.Locator("[data-batch-item]")).ToHaveCountAsync(0);
    }
}
