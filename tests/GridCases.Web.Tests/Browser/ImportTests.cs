using System.IO.Compression;
using System.Xml.Linq;
using GridCases.Features;
using GridCases.Features.Imports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>A city that is empty at eight has grid heads at work at nine.</summary>
public class ImportTests : BrowserTest
{
    private const string Password = "云川市第一个管理员的口令";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // A job takes it up within seconds, and the page asks every two.
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 60_000 };

    private static readonly TableSheet Units = new("单位", ["代码", "名称"], [["9905", "云川市"], ["990501", "东岭县"], ["990501001", "红旗镇"], ["990501001001", "新民村"], ["990501001001001", "新民村第一网格"]]);

    private static readonly TableSheet People = new("人员", ["用户名", "姓名", "电话"], [["village", "何静", "13800000001"], ["head", "林秋月", "13800000002"]]);

    private static TableSheet Roles(string role = "网格长") => new("角色", ["用户名", "角色", "单位代码"], [["village", "综治中心工作人员", "990501001001"], ["head", role, "990501001001001"]]);

    [Test]
    public async Task An_empty_installation_is_set_up_from_a_workbook_until_a_grid_head_logs_a_dispute_on_a_phone()
    {
        await using var place = new ServerPlace(Store.Sqlite);
        await using var server = await ServerProcess.StartAsync(
            place, ("GridCases__Demo", "false"), ("GridCases__Jobs", "Timer"), ("GridCases__FirstAdministrator__UserName", "first"), ("GridCases__FirstAdministrator__Password", Password),
            ("GridCases__FirstAdministrator__CityCode", "9905"), ("GridCases__FirstAdministrator__CityName", "云川市"));
        var admin = await VisitAsync(Visitor.OnDesktopAsync(server));
        await admin.Page.GotoAsync("/sign-in");
        await admin.SignInAsync("first", Password);
        var page = admin.Page;
        await page.GotoAsync("/admin/import");
        var template = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "下载模板" }).ClickAsync());
        Assert.That(template.SuggestedFilename, Is.EqualTo("导入模板.xlsx"));

        await UploadAsync(admin, Roles("网格员"));
        await Expect(page.Locator("[data-import=Checked]")).ToBeVisibleAsync(Patiently);
        await Expect(page.Locator(".faults tbody tr")).ToContainTextAsync(["B3角色请填写其中之一：网格长"]);

        await page.GotoAsync("/admin/import");
        await UploadAsync(admin, Roles());
        await admin.GoAsync(() => admin.Button("导入：新增 8 条，更改 0 条").ClickAsync());
        await Expect(page.Locator("[data-import=Applied]")).ToBeVisibleAsync(Patiently);
        var passwords = await page.RunAndWaitForDownloadAsync(() => admin.Button("下载初始密码").ClickAsync());
        var password = PasswordOf("head", await passwords.PathAsync());
        await page.ReloadAsync();
        await Expect(page.GetByText("初始密码已于")).ToBeVisibleAsync();

        var head = await VisitAsync(Visitor.OnPhoneAsync(server));
        await head.Page.GotoAsync("/sign-in");
        await head.SignInAsync("head", password);
        await head.Page.GetByLabel("临时密码").FillAsync(password);
        await head.Page.GetByLabel("新密码", new() { Exact = true }).FillAsync(Password + "2");
        await head.Page.GetByLabel("再输入一次新密码").FillAsync(Password + "2");
        await head.GoAsync(() => head.Button("保存并继续").TapAsync());
        await head.Page.GotoAsync("/cases/new");
        await head.Page.GetByLabel("什么事").FillAsync("两家共用的水渠堵了");
        await head.Page.GetByLabel("类别").SelectOptionAsync("Neighbours");
        await head.Page.GetByLabel("姓名或单位名称").First.FillAsync("何长庚");
        await head.GoAsync(() => head.Button("登记并上报").TapAsync());
        await Expect(head.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("两家共用的水渠堵了");
    }

    /// <summary>Uploads a list from the page that is shown, and waits until it has been looked at.</summary>
    internal static async Task UploadAsync(Visitor admin, string name, string list)
    {
        await admin.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(list) });
        await admin.GoAsync(() => admin.Page.Locator("form[data-upload] button").ClickAsync());
        await Expect(admin.Page.Locator("[data-import=Checked]")).ToBeVisibleAsync(Patiently);
    }

    private static async Task UploadAsync(Visitor admin, TableSheet roles)
    {
        await admin.Page.GetByLabel("文件", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "云川市.xlsx", MimeType = Xlsx, Buffer = TableFile.Workbook([Units, People, roles]) });
        await admin.GoAsync(() => admin.Button("上传并检查").ClickAsync());
    }

    private static string PasswordOf(string userName, string workbook)
    {
        using var archive = ZipFile.OpenRead(workbook);
        using var sheet = archive.Entries.First(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open();
        return XDocument.Load(sheet).Descendants().Where(e => e.Name.LocalName == "row").Select(row => row.Elements().Select(c => c.Value).ToList()).Single(cells => cells[3] == userName)[4];
    }
}
