using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>What somebody draws on a phone is what is kept, however the phone is held meanwhile.</summary>
public class SignatureTests : BrowserTest
{
    private const string Mediator = "mediator.p1";
    private static readonly (int Width, int Height) Upright = (390, 844), Sideways = (844, 390);

    /// <summary>
    /// Two pictures' ink, each cut to its own extent and laid over each other: how alike the extents are, and how much of either's ink has none of the other's beside it; and how near the picture's edge its ink comes.
    /// </summary>
    private const string Compare = """
        async ([drawn, kept]) => {
          const ink = async url => {
            const image = new Image(); image.src = url; await image.decode();
            const whole = document.createElement('canvas'); [whole.width, whole.height] = [image.naturalWidth, image.naturalHeight];
            const context = whole.getContext('2d'); context.drawImage(image, 0, 0);
            const data = context.getImageData(0, 0, whole.width, whole.height).data;
            let [l, t, r, b, dots] = [1e9, 1e9, -1, -1, 0];
            for (let y = 0; y < whole.height; y++) for (let x = 0; x < whole.width; x++) if (data[(y * whole.width + x) * 4 + 3] > 40) { dots++; l = Math.min(l, x); t = Math.min(t, y); r = Math.max(r, x); b = Math.max(b, y); }
            if (!dots) return { dots };
            const small = document.createElement('canvas'); [small.width, small.height] = [80, 80];
            small.getContext('2d').drawImage(whole, l, t, r - l + 1, b - t + 1, 0, 0, 80, 80);
            const cells = small.getContext('2d').getImageData(0, 0, 80, 80).data;
            return { dots, ratio: (r - l + 1) / (b - t + 1), edge: Math.min(l, t, whole.width - 1 - r, whole.height - 1 - b), at: (x, y) => x >= 0 && y >= 0 && x < 80 && y < 80 && cells[(y * 80 + x) * 4 + 3] > 60 };
          };
          const [a, b] = [await ink(drawn), await ink(kept)];
          if (!a.dots || !b.dots) return { dots: [a.dots, b.dots] };
          const lost = (one, other) => { let [all, gone] = [0, 0]; for (let y = 0; y < 80; y++) for (let x = 0; x < 80; x++) if (one.at(x, y)) { all++; let near = false; for (let i = -2; i <= 2 && !near; i++) for (let j = -2; j <= 2 && !near; j++) near = other.at(x + i, y + j); if (!near) gone++; } return gone / all; };
          return { dots: [a.dots, b.dots], ratio: b.ratio / a.ratio, edge: b.edge, lost: lost(a, b), added: lost(b, a) };
        }
        """;

    private static IEnumerable<TestCaseData> Hands()
    {
        yield return new TestCaseData("in the middle", Name(0.2f, 0.3f, 0.6f, 0.4f), 1);
        yield return new TestCaseData("at the left edge", Name(0.003f, 0.3f, 0.3f, 0.3f), 1);
        yield return new TestCaseData("at the right edge", Name(0.69f, 0.3f, 0.307f, 0.3f), 1);
        yield return new TestCaseData("at the top", Name(0.3f, 0.003f, 0.4f, 0.2f), 1);
        yield return new TestCaseData("at the bottom", Name(0.3f, 0.79f, 0.4f, 0.207f), 1);
        yield return new TestCaseData("thirty strokes", Name(0.05f, 0.1f, 0.9f, 0.8f), 30);
        yield return new TestCaseData("one stroke, as of the name 一", new[] { (0.3f, 0.5f), (0.6f, 0.5f) }, 1);
    }

    [TestCaseSource(nameof(Hands))]
    public async Task What_is_drawn_is_what_is_kept(string where, (float X, float Y)[] points, int strokes)
    {
        var (phone, pad) = await AtThePadAsync($"签名 {where}");
        await DrawAsync(phone.Page, pad, points, strokes);
        await KeptAsDrawnAsync(phone, pad, await SeenAsync(pad));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Turning_the_phone_cuts_nothing_of_what_was_drawn_before_or_is_drawn_after(bool beginsUpright)
    {
        var (first, second) = beginsUpright ? (Upright, Sideways) : (Sideways, Upright);
        var (phone, pad) = await AtThePadAsync($"转动手机 {beginsUpright}", first);
        // Where the other way of holding it has no room: far right, or far down.
        await DrawAsync(phone.Page, pad, beginsUpright ? Name(0.3f, 0.7f, 0.65f, 0.28f) : Name(0.7f, 0.2f, 0.29f, 0.7f), 4);
        var drawn = await SeenAsync(pad);

        await TurnAsync(phone.Page, second);
        await PlausiblyTheSameAsync(phone.Page, drawn, await SeenAsync(pad), "it is all in sight");
        await phone.Page.ScreenshotAsync(new() { Path = Path.Combine(Results, $"turned-{beginsUpright}.png") });
        await TurnAsync(phone.Page, first);
        await PlausiblyTheSameAsync(phone.Page, drawn, await SeenAsync(pad), "and where it was");
        await TurnAsync(phone.Page, second);
        await DrawAsync(phone.Page, pad, Name(0.05f, 0.1f, 0.2f, 0.5f), 2);
        await KeptAsDrawnAsync(phone, pad, await SeenAsync(pad));
    }

    [Test]
    public async Task Turning_between_drawing_and_confirming_keeps_what_was_drawn_on_the_right_half()
    {
        var (phone, pad) = await AtThePadAsync("转了再确认", Sideways);
        await DrawAsync(phone.Page, pad, Name(0.6f, 0.2f, 0.39f, 0.6f), 3);
        var drawn = await SeenAsync(pad);
        await pad.GetByRole(AriaRole.Button, new() { Name = "写好了" }).TapAsync();
        await phone.Page.SetViewportSizeAsync(Upright.Width, Upright.Height);
        await Expect(pad.Locator("[data-pad-kept]")).ToBeVisibleAsync();
        await SendAsync(phone, pad, drawn);
    }

    [Test]
    public async Task An_empty_pad_and_a_dot_are_no_signature_and_a_closed_pad_forgets_nothing()
    {
        var (phone, pad) = await AtThePadAsync("空白和一点");
        await pad.GetByRole(AriaRole.Button, new() { Name = "写好了" }).TapAsync();
        await Expect(pad.GetByRole(AriaRole.Alert)).ToHaveTextAsync("还没有签名，请先手写");
        await DrawAsync(phone.Page, pad, [(0.5f, 0.5f), (0.503f, 0.5f)], 1);
        await Expect(pad.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        await pad.GetByRole(AriaRole.Button, new() { Name = "写好了" }).TapAsync();
        await Expect(pad.GetByRole(AriaRole.Alert)).ToHaveTextAsync("笔画太少，看不出是签名，请再写一次");

        await pad.Locator("[data-pad-step=draw] [data-pad-clear]").TapAsync();
        await DrawAsync(phone.Page, pad, Name(0.2f, 0.3f, 0.6f, 0.4f), 2);
        var drawn = await SeenAsync(pad);
        await phone.Page.Keyboard.PressAsync("Escape");
        await Expect(pad).ToBeHiddenAsync();
        await phone.Page.Locator("[data-draw]").First.TapAsync();
        await KeptAsDrawnAsync(phone, pad, drawn);
    }

    [Test]
    public async Task The_record_of_a_meeting_is_read_large_and_signed_on_the_screen()
    {
        var city = await Stage.CityAsync();
        var id = await Mediating.BeginAsync(city, "笔录在屏幕上签");
        var phone = await VisitAsync(Visitor.OnPhoneAsync(city, Mediator));
        await phone.Page.GotoAsync($"/cases/{id}");
        await new CasePage(phone).OpenPartAsync("#sessions");
        await phone.GoAsync(() => phone.Page.Locator("#sessions").GetByRole(AriaRole.Link, new() { Name = "签调解笔录" }).TapAsync());
        await phone.Page.ScreenshotAsync(new() { Path = Path.Combine(Results, "record-phone.png"), FullPage = true });
        foreach (var name in new[] { "刘桂兰", "周海生", "调解员" })
        {
            await phone.Page.Locator(".signers > li").Filter(new() { HasText = name }).Locator("[data-draw]").TapAsync();
            var pad = phone.Page.Locator("dialog[data-pad]");
            if (name != "调解员")
            {
                await Expect(pad.Locator(".pad-read")).ToContainTextAsync("第一次谈，双方都到了。");
                await pad.GetByRole(AriaRole.Button, new() { Name = "看完了，去签名" }).TapAsync();
            }

            await DrawAsync(phone.Page, pad, Name(0.2f, 0.3f, 0.6f, 0.3f), 2);
            await pad.GetByRole(AriaRole.Button, new() { Name = "写好了" }).TapAsync();
            await phone.GoAsync(() => pad.Locator("[data-pad-send]").TapAsync());
            await Expect(phone.Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("笔录签名已记录。");
        }

        // When all have signed, back to the case, where the drawings stand beside the record, and on the printed form.
        await Expect(phone.Page.Locator("#sessions img.drawn")).ToHaveCountAsync(3);
        await Expect(new CasePage(phone).Timeline.First).ToContainTextAsync("在调解笔录上签名");
        await phone.Page.GotoAsync($"/cases/{id}/documents/mediation-record");
        await Expect(phone.Page.Locator(".signatures img")).ToHaveCountAsync(3);
        await Expect(phone.Page.Locator(".signatures img").First).ToHaveJSPropertyAsync("complete", true);
    }

    [Test]
    public async Task A_signature_recorded_by_mistake_is_taken_back_on_the_page_and_the_journal_says_so()
    {
        var city = await Stage.CityAsync();
        var id = await Mediating.BeginAsync(city, "记错的指印");
        await Mediating.AgreeAsync(city, id);
        await Mediating.TellAsync(city, Mediator, id, "sign", new { signer = "seal" });
        var mediator = await VisitAsync(Visitor.OnDesktopAsync(city, Mediator));
        await mediator.Page.GotoAsync($"/cases/{id}");
        var desk = new CasePage(mediator);
        await mediator.Page.Locator("#agreement").GetByRole(AriaRole.Link, new() { Name = "记错了，撤回" }).ClickAsync();
        var panel = mediator.Page.Locator("#do-withdraw-signature");
        await panel.Locator("[name=reason]").FillAsync("章盖在另一份上了");
        await desk.SendAsync(panel);
        await Expect(desk.Notice).ToHaveTextAsync("已撤回，请重新签。");
        await Expect(desk.Timeline.First).ToContainTextAsync("章盖在另一份上了");
        Assert.That((await Mediating.CaseAsync(city, Mediator, id)).GetProperty("agreement").GetProperty("signatures").GetArrayLength(), Is.Zero);
    }

    /// <summary>Points of a hand within a part of the pad.</summary>
    private static (float X, float Y)[] Name(float x, float y, float width, float height) =>
        [.. new[] { (0f, 0.5f), (0.2f, 0f), (0.35f, 1f), (0.5f, 0.2f), (0.7f, 0.9f), (1f, 0.4f) }.Select(p => (x + (p.Item1 * width), y + (p.Item2 * height)))];

    private async Task<(Visitor Phone, ILocator Pad)> AtThePadAsync(string title, (int Width, int Height)? held = null)
    {
        var city = await Stage.CityAsync();
        var id = await Mediating.BeginAsync(city, title);
        await Mediating.AgreeAsync(city, id);
        var phone = await VisitAsync(Visitor.OnPhoneAsync(city, Mediator));
        if (held is { } size)
            await phone.Page.SetViewportSizeAsync(size.Width, size.Height);
        await phone.Page.GotoAsync($"/cases/{id}?do=sign#do-sign");
        await phone.Page.Locator("[data-draw]").First.TapAsync();
        var pad = phone.Page.Locator("dialog[data-pad]");
        await pad.GetByRole(AriaRole.Button, new() { Name = "看完了，去签名" }).TapAsync();
        await Expect(pad.Locator("canvas")).ToBeVisibleAsync();
        return (phone, pad);
    }

    private static async Task DrawAsync(IPage page, ILocator pad, (float X, float Y)[] points, int strokes)
    {
        var box = (await pad.Locator("canvas").BoundingBoxAsync())!;
        for (var stroke = 0; stroke < strokes; stroke++)
        {
            // Each a little shorter and lower than the one before.
            var (shrink, drop) = (1 - (stroke * 0.02f), stroke * 0.012f);
            (float X, float Y) At((float X, float Y) p) => (box.X + (box.Width * p.X * shrink), box.Y + Math.Min(box.Height - 1, box.Height * (p.Y + (points.Length > 2 ? drop * 0.2f : 0))));
            var (x, y) = At(points[0]);
            await page.Mouse.MoveAsync(x, y);
            await page.Mouse.DownAsync();
            foreach (var point in points[1..])
            {
                (x, y) = At(point);
                await page.Mouse.MoveAsync(x, y, new() { Steps = 8 });
            }

            await page.Mouse.UpAsync();
        }
    }

    private static async Task TurnAsync(IPage page, (int Width, int Height) size)
    {
        await page.SetViewportSizeAsync(size.Width, size.Height);
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>The pad as the signer sees it.</summary>
    private static Task<string> SeenAsync(ILocator pad) => pad.Locator("canvas").EvaluateAsync<string>("canvas => canvas.toDataURL('image/png')");

    private static async Task KeptAsDrawnAsync(Visitor phone, ILocator pad, string drawn)
    {
        await pad.GetByRole(AriaRole.Button, new() { Name = "写好了" }).TapAsync();
        await Expect(pad.Locator("[data-pad-kept]")).ToBeVisibleAsync();
        await SendAsync(phone, pad, drawn);
    }

    private static async Task SendAsync(Visitor phone, ILocator pad, string drawn)
    {
        var shown = await pad.Locator("[data-pad-kept]").GetAttributeAsync("src");
        await phone.GoAsync(() => pad.Locator("[data-pad-send]").TapAsync());
        await Expect(new CasePage(phone).Notice).ToHaveTextAsync("签字已记录。");
        var stored = await phone.Page.EvaluateAsync<string>("async () => { const blob = await (await fetch(document.querySelector('#agreement img.drawn').src)).blob(); return await new Promise(done => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(blob); }); }");
        Assert.That(stored, Is.EqualTo(shown), "what was shown before is what is stored");
        await PlausiblyTheSameAsync(phone.Page, drawn, stored, "the stored picture");
    }

    private static async Task PlausiblyTheSameAsync(IPage page, string drawn, string kept, string what)
    {
        var found = await page.EvaluateAsync<JsonElement>(Compare, new[] { drawn, kept });
        TestContext.Out.WriteLine($"{what}: {found}");
        Assert.That(found.TryGetProperty("ratio", out var ratio), Is.True, $"{what} holds ink: {found}");
        Assert.That(ratio.GetDouble(), Is.InRange(0.85, 1.18), $"{what} has its form: {found}");
        Assert.That(found.GetProperty("lost").GetDouble(), Is.LessThan(0.05), $"{what} lacks nothing: {found}");
        Assert.That(found.GetProperty("added").GetDouble(), Is.LessThan(0.05), $"{what} has nothing beside: {found}");
        if (what == "the stored picture")
            Assert.That(found.GetProperty("edge").GetInt32(), Is.GreaterThanOrEqualTo(6), "with a margin all around");
    }
}
