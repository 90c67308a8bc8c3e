using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Where a dispute happened is to be seen: as text, on a sketch, on the city's own map.</summary>
public class PlaceTests : BrowserTest
{
    private const string First = "990101001001001", Second = "990101001001002";

    [Test]
    public async Task A_position_is_shown_with_the_units_around_it_also_without_script([Values] bool script)
    {
        var city = await LocatedAsync(await Stage.NewCityAsync());
        var id = await RegisterAsync(city, "grid1", First, 43.803, 125.304);
        var village = await VisitAsync(Visitor.OnPhoneAsync(city, "village1", script));
        await village.Page.GotoAsync($"/cases/{id}");
        await new CasePage(village).OpenPartAsync(".place");
        var place = village.Page.Locator(".place");
        await Expect(place).ToContainTextAsync("43.80300° N, 125.30400° E");
        await Expect(place.Locator("a[href='geo:43.803000,125.304000']")).ToBeVisibleAsync();
        await Expect(place.Locator("svg.sketch g:not(.pin)")).ToHaveCountAsync(2);
        await Expect(place.Locator("svg.sketch .own text")).ToHaveCountAsync(1);
        await Expect(place.Locator("svg.sketch .pin")).ToBeVisibleAsync();
        await place.ScrollIntoViewIfNeededAsync();
        await village.Page.ScreenshotAsync(new() { Path = Path.Combine(Results, $"place-{script}.png") });
    }

    [Test]
    public async Task A_point_in_another_grid_is_asked_about_and_either_answer_is_taken()
    {
        var city = await LocatedAsync(await Stage.NewCityAsync());
        // Who serves in both grids: the officer of their village.
        var village = await VisitAsync(Visitor.OnPhoneAsync(city, "village1"));
        var page = village.Page;
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new() { Latitude = 43.801f, Longitude = 125.319f });
        await page.GotoAsync("/cases/new");
        await page.Locator("#grid").SelectOptionAsync(First);
        await page.Locator("summary").Filter(new() { HasText = "地址" }).First.TapAsync();
        await page.Locator("[data-geolocate]").TapAsync();
        var doubt = page.Locator("[data-place-doubt]");
        await Expect(doubt).ToContainTextAsync("更近");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "place-asked.png"), FullPage = true });
        await doubt.Locator("[data-place-keep]").TapAsync();
        await Expect(doubt).ToHaveCountAsync(0);
        await Expect(page.Locator("#grid")).ToHaveValueAsync(First);

        await page.Locator("[data-geolocate]").TapAsync();
        await doubt.Locator("[data-place-unit]").TapAsync();
        await Expect(page.Locator("#grid")).ToHaveValueAsync(Second);
        await Expect(page.Locator("#where")).ToContainTextAsync("43.80100° N");
        await Expect(doubt).ToHaveCountAsync(0);
        await page.Locator("[data-place-clear]").TapAsync();
        await Expect(page.Locator("#where .place")).ToHaveCountAsync(0);
        await Expect(page.Locator("#lat")).ToHaveValueAsync("");
    }

    [Test]
    public async Task The_citys_own_map_is_fetched_where_its_tiles_are_set_and_from_nowhere_else()
    {
        var folder = Directory.CreateTempSubdirectory("gridcases-map-").FullName;
        await using var city = await LocatedAsync(await ServerProcess.StartAsync(folder,
            ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"), ("GridCases__Map__Tiles", "https://tiles.city.example/{z}/{x}/{y}.png"), ("GridCases__Map__Attribution", "某市自然资源局")));
        var id = await RegisterAsync(city, "grid1", First, 43.803, 125.304);
        var village = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        var asked = new List<string>();
        await village.Page.RouteAsync("https://tiles.city.example/**", route =>
        {
            lock (asked)
                asked.Add(route.Request.Url);
            return route.FulfillAsync(new() { ContentType = "image/png", BodyBytes = Files.Png });
        });
        var answer = await village.Page.GotoAsync($"/cases/{id}");
        Assert.That(answer!.Headers["content-security-policy"], Does.Contain("img-src 'self' data: blob: https://tiles.city.example;"));
        await village.Page.Locator(".place-map").ScrollIntoViewIfNeededAsync();
        await Expect(village.Page.Locator(".place-map .leaflet-tile-loaded").First).ToBeVisibleAsync();
        await Expect(village.Page.Locator(".place-map")).ToContainTextAsync("某市自然资源局");
        await Expect(village.Page.Locator(".place-map path.leaflet-interactive")).ToHaveCountAsync(3);
        await Expect(village.Page.Locator("svg.sketch")).ToHaveCountAsync(0);
        lock (asked)
            Assert.That(asked, Is.Not.Empty);
        await village.Page.ScreenshotAsync(new() { Path = Path.Combine(Results, "map.png") });
    }

    [Test]
    public async Task Where_no_tile_can_be_had_the_sketch_stays()
    {
        var folder = Directory.CreateTempSubdirectory("gridcases-map-").FullName;
        await using var city = await LocatedAsync(await ServerProcess.StartAsync(folder,
            ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"), ("GridCases__Map__Tiles", "https://tiles.city.example/{z}/{x}/{y}.png")));
        var id = await RegisterAsync(city, "grid1", First, 43.803, 125.304);
        var village = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        await village.Page.RouteAsync("https://tiles.city.example/**", route => route.AbortAsync());
        await village.Page.GotoAsync($"/cases/{id}");
        await village.Page.Locator(".place-map").ScrollIntoViewIfNeededAsync();
        await Expect(village.Page.Locator(".place-map.leaflet-container")).ToHaveCountAsync(0);
        await Expect(village.Page.Locator("svg.sketch")).ToBeVisibleAsync();
        await village.Page.WaitForTimeoutAsync(1500);
        await Expect(village.Page.Locator("svg.sketch")).ToBeVisibleAsync();
        village.Complaints.RemoveAll(c => c.Contains("net::ERR_FAILED", StringComparison.Ordinal));
    }

    /// <summary>A city of which two grids have five located disputes each.</summary>
    private static async Task<ServerProcess> LocatedAsync(ServerProcess city)
    {
        for (var i = 0; i < 5; i++)
        {
            await RegisterAsync(city, "grid1", First, 43.8, 125.3);
            await RegisterAsync(city, "grid2", Second, 43.8, 125.32);
        }

        return city;
    }

    private static async Task<Guid> RegisterAsync(ServerProcess city, string user, string unit, double latitude, double longitude)
    {
        using var grid = await city.SignInAsync(user);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases");
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        request.Content = JsonContent.Create(new
        {
            title = "院墙滴水",
            category = "Neighbours",
            source = "Patrol",
            place = new { unitCode = unit, latitude, longitude },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "刘桂兰" } },
            submit = true,
        });
        using var answer = await grid.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetGuid();
    }
}
