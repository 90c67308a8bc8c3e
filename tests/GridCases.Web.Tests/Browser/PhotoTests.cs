using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Photos as a phone's camera takes them: large, lying on their side, with the place in them.</summary>
public class PhotoTests : BrowserTest
{
    /// <summary>A photo's left half red and right half blue, as the sensor saw it.</summary>
    private const string Paint = """
        ([width, height]) => {
          const canvas = document.createElement('canvas'); [canvas.width, canvas.height] = [width, height];
          const context = canvas.getContext('2d'); context.fillStyle = '#d02020'; context.fillRect(0, 0, width / 2, height); context.fillStyle = '#2020d0'; context.fillRect(width / 2, 0, width / 2, height);
          return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
        }
        """;

    /// <summary>What the form would send: name, size in dots, whether anything of Exif is in it, and which colours its upper and lower half have.</summary>
    private const string Chosen = """
        async input => await Promise.all([...input.files].map(async file => {
          const picture = await createImageBitmap(file); const canvas = document.createElement('canvas'); [canvas.width, canvas.height] = [picture.width, picture.height];
          const context = canvas.getContext('2d', { willReadFrequently: true }); context.drawImage(picture, 0, 0);
          const colour = y => { const [r, , b] = context.getImageData(picture.width / 2, y, 1, 1).data; return r > b ? 'red' : 'blue'; };
          const text = new TextDecoder('latin1').decode(await file.arrayBuffer());
          return { name: file.name, type: file.type, width: picture.width, height: picture.height, exif: text.includes('Exif'), upper: colour(picture.height / 4), lower: colour(picture.height * 3 / 4) };
        }))
        """;

    [Test]
    public async Task Photos_go_along_with_a_new_dispute_small_upright_and_without_their_place_unless_it_is_taken_over()
    {
        var city = await Stage.CityAsync();
        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1"));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.Locator("summary").Filter(new() { HasText = "照片" }).TapAsync();
        var input = page.Locator("#photos");
        await input.SetInputFilesAsync(new FilePayload { Name = "IMG_1.jpeg", MimeType = "image/jpeg", Buffer = AsOfCamera(await PhotoAsync(page, 3000, 2000), 43.816667, 125.323611) });
        await Expect(page.Locator("[data-photos-state]")).ToHaveTextAsync("已选 1 张");

        // Choosing again adds.
        await input.SetInputFilesAsync(new FilePayload { Name = "IMG_2.jpeg", MimeType = "image/jpeg", Buffer = await PhotoAsync(page, 800, 600) });
        await Expect(page.Locator("[data-photos-list] > li")).ToHaveCountAsync(2);
        var chosen = await input.EvaluateAsync<JsonElement>(Chosen);
        TestContext.Out.WriteLine(chosen);
        var first = chosen[0];
        Assert.That((first.GetProperty("width").GetInt32(), first.GetProperty("height").GetInt32()), Is.EqualTo((1333, 2000)), "at most 2,000 dots, upright");
        Assert.That((first.GetProperty("upper").GetString(), first.GetProperty("lower").GetString()), Is.EqualTo(("red", "blue")), "turned as it was held");
        Assert.That(first.GetProperty("exif").GetBoolean(), Is.False, "nothing of the camera's is left");
        Assert.That(chosen[1].GetProperty("width").GetInt32(), Is.EqualTo(800), "what is small stays as it is");

        await page.GetByRole(AriaRole.Button, new() { Name = "用作纠纷发生的位置" }).TapAsync();
        await Expect(page.Locator("#lat")).ToHaveValueAsync("43.816667");
        await Expect(page.Locator("#lng")).ToHaveValueAsync("125.323611");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "photos-phone.png"), FullPage = true });

        await page.Locator("#title").FillAsync("阳台渗水两张照片");
        await page.Locator("#cat").SelectOptionAsync("Housing");
        await page.Locator("#p0n").FillAsync("孙桂芳");
        await grid.GoAsync(() => page.Locator(".submit-bar .btn-primary").TapAsync());
        await Expect(page.Locator("#files .files > li")).ToHaveCountAsync(2);
        using var api = await city.SignInAsync("grid1");
        var view = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{new CasePage(grid).Id}");
        var files = view.GetProperty("attachments").EnumerateArray().ToList();
        Assert.That(files.Select(f => (f.GetProperty("kind").GetString(), f.GetProperty("name").GetString())), Is.EqualTo(new[] { ("Photo", "IMG_1.jpg"), ("Photo", "IMG_2.jpeg") }));
        Assert.That(view.GetProperty("place").GetProperty("latitude").GetDouble(), Is.EqualTo(43.816667));
        var stored = await api.GetByteArrayAsync($"/api/v1/cases/{view.GetProperty("id").GetGuid()}/attachments/{files[0].GetProperty("id").GetGuid()}");
        Assert.That(Encoding.Latin1.GetString(stored), Does.Not.Contain("Exif"));
    }

    [Test]
    public async Task A_form_that_comes_back_with_errors_has_its_photos_still_and_they_are_registered()
    {
        var city = await Stage.CityAsync();
        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1"));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.Locator("summary").Filter(new() { HasText = "照片" }).TapAsync();
        await page.Locator("#photos").SetInputFilesAsync(new FilePayload { Name = "IMG_3.jpeg", MimeType = "image/jpeg", Buffer = await PhotoAsync(page, 800, 600) });
        await Expect(page.Locator("[data-photos-list] > li")).ToHaveCountAsync(1);
        await page.Locator("#title").FillAsync("缺类别的一张照片");
        await page.Locator("#p0n").FillAsync("鲁大海");
        await grid.GoAsync(() => page.Locator(".submit-bar .btn-primary").TapAsync());

        await Expect(page.Locator("#cat")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("[data-photos-list] > li")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-photos-lost]")).ToHaveCountAsync(0);
        await page.Locator("#cat").SelectOptionAsync("Housing");
        await grid.GoAsync(() => page.Locator(".submit-bar .btn-primary").TapAsync());
        await Expect(page.Locator("#files .files > li")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Whoever_else_fills_the_field_sees_the_photos_and_what_is_removed_goes()
    {
        var grid = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync(), "grid1"));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.Locator("summary").Filter(new() { HasText = "照片" }).TapAsync();
        var photo = Convert.ToBase64String(await PhotoAsync(page, 400, 300));
        await page.EvaluateAsync("""
            photo => {
              const holder = new DataTransfer();
              for (const name of ['a.jpg', 'b.jpg']) holder.items.add(new File([Uint8Array.from(atob(photo), c => c.charCodeAt(0))], name, { type: 'image/jpeg' }));
              const input = document.querySelector('#photos'); input.files = holder.files; input.dispatchEvent(new Event('change', { bubbles: true }));
            }
            """, photo);
        var list = page.Locator("[data-photos-list] > li");
        await Expect(list).ToHaveCountAsync(2);
        await list.First.GetByRole(AriaRole.Button).TapAsync();
        await Expect(list).ToHaveCountAsync(1);
        Assert.That(await page.Locator("#photos").EvaluateAsync<string[]>("input => [...input.files].map(f => f.name)"), Is.EqualTo(new[] { "b.jpg" }));
    }

    [Test]
    public async Task Several_files_are_put_into_a_case_one_by_one_and_the_page_stays_where_it_is()
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, "一次传三张");
        var village = await VisitAsync(Visitor.OnPhoneAsync(city, "village1"));
        var page = village.Page;
        await page.GotoAsync($"/cases/{id}");
        var files = page.Locator("#files");
        await new CasePage(village).OpenPartAsync("#files");
        await files.Locator("#attach > summary").TapAsync();
        var photo = await PhotoAsync(page, 2400, 1200);
        await files.Locator("[name=file]").SetInputFilesAsync([.. new[] { "一.jpeg", "二.jpeg", "三.jpeg" }.Select(name => new FilePayload { Name = name, MimeType = "image/jpeg", Buffer = photo })]);
        await Expect(files.Locator("[data-photos-list] > li")).ToHaveCountAsync(3);
        await Expect(files.Locator("[name=kind]")).ToHaveValueAsync("Photo");

        // The second one does not get through at first.
        var sent = 0;
        await page.RouteAsync("**/attach", route => ++sent == 2 ? route.AbortAsync() : route.ContinueAsync());
        await page.EvaluateAsync("() => { window.stays = true; }");
        await files.GetByRole(AriaRole.Button, new() { Name = "添加材料", Exact = true }).TapAsync();
        await Expect(files.Locator("[data-photos-list] > li")).ToHaveCountAsync(1);
        await Expect(files.Locator("[data-photos-list] > li")).ToContainTextAsync("二");
        await Expect(files.Locator("[data-upload-problem]")).ToBeVisibleAsync();
        village.Complaints.RemoveAll(c => c.Contains("net::ERR_FAILED", StringComparison.Ordinal));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "retry-phone.png"), FullPage = true });
        var at = await page.EvaluateAsync<int>("() => scrollY");
        await files.GetByRole(AriaRole.Button, new() { Name = "重试" }).TapAsync();

        await Expect(files.Locator(".files > li")).ToHaveCountAsync(3);
        await Expect(files.GetByRole(AriaRole.Status).First).ToHaveTextAsync("已添加 1 份材料。");
        Assert.That(await page.EvaluateAsync<bool>("() => window.stays === true"), Is.True, "the page was not loaded anew");
        Assert.That(await page.EvaluateAsync<int>("() => scrollY"), Is.GreaterThan(200).And.GreaterThan(at / 2), "and does not jump to its top");
        using var api = await city.SignInAsync("village1");
        var view = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}");
        Assert.That(view.GetProperty("attachments").EnumerateArray().Select(f => f.GetProperty("name").GetString()), Is.EquivalentTo(new[] { "一.jpg", "二.jpg", "三.jpg" }));
    }

    [Test]
    public async Task A_photo_registers_without_script_and_what_is_none_registers_nothing()
    {
        var city = await Stage.CityAsync();
        var grid = await VisitAsync(Visitor.OnDesktopAsync(city, "grid1", script: false));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        for (var folded = page.Locator("form details:not([open]) > summary"); await folded.CountAsync() > 0;)
            await folded.First.ClickAsync();
        await page.Locator("#title").FillAsync("没有脚本也带照片");
        await page.Locator("#cat").SelectOptionAsync("Housing");
        await page.Locator("#p0n").FillAsync("吴秀英");
        await page.Locator("#photos").SetInputFilesAsync(new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = "<script>1</script>"u8.ToArray() });
        await grid.GoAsync(() => page.Locator(".submit-bar .btn-primary").ClickAsync());
        await Expect(page.Locator("#photos ~ .invalid-feedback, #photos-error")).ToContainTextAsync("“a.png”不是照片");
        await Expect(page.GetByText("刚才选的 1 张照片请再选一次。")).ToBeVisibleAsync();

        await page.Locator("#photos").SetInputFilesAsync(new FilePayload { Name = "墙.png", MimeType = "image/png", Buffer = Files.Png });
        await grid.GoAsync(() => page.Locator(".submit-bar .btn-primary").ClickAsync());
        await Expect(page.Locator("#files .files > li")).ToHaveCountAsync(1);
        await Expect(page.Locator("#files")).ToContainTextAsync("墙.png");
    }

    private static async Task<byte[]> PhotoAsync(IPage page, int width, int height) => Convert.FromBase64String(await page.EvaluateAsync<string>(Paint, new[] { width, height }));

    /// <summary>The picture with what a camera writes into it: held upright (turn it by ninety degrees), and the place.</summary>
    private static byte[] AsOfCamera(byte[] jpeg, double latitude, double longitude)
    {
        const int OrientationAt = 10, GpsAt = 38, NumbersAt = 92;
        var tiff = new byte[NumbersAt + 48];
        "MM\0*"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(8), 2);
        Entry(OrientationAt, 0x0112, 3, 1, 6u << 16);
        Entry(OrientationAt + 12, 0x8825, 4, 1, GpsAt);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(GpsAt), 4);
        Entry(GpsAt + 2, 1, 2, 2, (uint)'N' << 24);
        Entry(GpsAt + 14, 2, 5, 3, NumbersAt);
        Entry(GpsAt + 26, 3, 2, 2, (uint)'E' << 24);
        Entry(GpsAt + 38, 4, 5, 3, NumbersAt + 24);
        Numbers(NumbersAt, latitude);
        Numbers(NumbersAt + 24, longitude);
        byte[] content = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content, .. jpeg[2..]];

        void Entry(int at, ushort tag, ushort type, uint count, uint value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), tag);
            BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at + 2), type);
            BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at + 4), count);
            BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at + 8), value);
        }

        void Numbers(int at, double degrees)
        {
            var (whole, minutes) = (Math.Floor(degrees), (degrees - Math.Floor(degrees)) * 60);
            var parts = new[] { ((uint)whole, 1u), ((uint)Math.Floor(minutes), 1u), ((uint)Math.Round((minutes - Math.Floor(minutes)) * 60 * 10000), 10000u) };
            foreach (var (i, (number, of)) in parts.Index())
            {
                BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at + (8 * i)), number);
                BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at + (8 * i) + 4), of);
            }
        }
    }
}
