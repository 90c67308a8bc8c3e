using System.Globalization;
using System.Text;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Imports;
using GridCases.Features.People;
using GridCases.Features.Users;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using static GridCases.Tests.Features.Imports.Workbooks;

namespace GridCases.Tests.Features.Imports;

/// <summary>A city comes in by a workbook: looked at first, then as a whole or not at all.</summary>
[OnBothDatabases]
public class ImportTests(Store store)
{
    private const string Village = "990101001009", Grid = "990101001009001", Committee = "新村人民调解委员会";

    private static readonly Sql CountAll = new("SELECT (SELECT COUNT(*) FROM Unit) + (SELECT COUNT(*) FROM AppUser) + (SELECT COUNT(*) FROM RoleAssignment) + (SELECT COUNT(*) FROM Organisation)");
    private static readonly Sql FindUser = new("SELECT DisplayName, PhoneCipher, PasswordHash, PasswordChangeRequired FROM AppUser WHERE UserName = @userName");
    private static readonly Sql FindRoles = new("SELECT CONCAT(r.Role, ' ', r.UnitCode, ' ', r.FromDate, ' ', r.ToDate) FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = @userName ORDER BY r.UnitCode");
    private static readonly Sql FindSecrets = new("SELECT COUNT(*) FROM CityImport WHERE SecretCipher IS NOT NULL");
    private static readonly Sql FindChanges = new("SELECT DetailJson FROM AuditEntry WHERE Kind = 'Change' ORDER BY Id");
    private static readonly Sql CloseUnit = new("UPDATE Unit SET ClosedOn = @day, SuccessorCode = '990101001002' WHERE Code = '990101001001'");
    private static readonly Sql Deactivate = new("UPDATE AppUser SET DeactivatedAt = @now WHERE UserName = 'grid2'");
    private static readonly Sql CountImports = new("SELECT (SELECT COUNT(*) FROM CityImport) + (SELECT COUNT(*) FROM ImportFault) + (SELECT COUNT(*) FROM ImportUser) + (SELECT COUNT(*) FROM ImportChange)");

    private City _city = null!;

    // The grid stands before its village.
    private static byte[] NewVillage(string villageName = "新村", string head = "新网格长", string? until = null) => Of(
        UnitRows([Grid, "新村第一网格"], [Village, villageName]),
        OrganisationRows([Committee, "人民调解委员会", "Peoples", Village]),
        PersonRows(["new.head", head, "13912345678"], ["new.mediator", "新调解员", null]),
        RoleRows(["new.head", "网格长", Grid, null, "2026-01-01", until], ["new.mediator", "mediator", Village, Committee]));

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_village_comes_in_with_its_people_and_they_have_temporary_passwords_once()
    {
        var check = await UploadAsync(NewVillage());
        Assert.That(Told(check), Is.EqualTo("Checked 7/7 added 7 changed 0 unchanged 0"));
        Assert.That(check.Errors, Is.Empty);
        Assert.That(check.Rows.Select(r => r.Subject), Does.Contain($"{Village} 新村").And.Contain($"new.head {Grid} 网格长"));

        var done = await ApplyAsync(check.Id);
        Assert.That(Told(done), Is.EqualTo("Applied 7/7 added 7 changed 0 unchanged 0"));
        Assert.That(done.HasCredentials);
        Assert.That(await RolesAsync("new.head"), Is.EqualTo(new[] { $"GridHead {Grid} 2026-01-01 " }));
        Assert.That(await RolesAsync("new.mediator"), Is.EqualTo(new[] { $"Mediator {Village} 2026-02-02 " }), "from today on, unless said");
        var head = await UserAsync("new.head");
        Assert.That((_city.Application.Reveal(head.PhoneCipher), head.PasswordChangeRequired), Is.EqualTo(("13912345678", true)));

        var passwords = (await _city.AsAsync("admin", new TakeCredentials.Command(done.Id))).Credentials;
        Assert.That(passwords.Select(c => $"{c.DisplayName} {c.UnitCode} {c.UnitName} {c.UserName}"), Is.EqualTo(new[] { $"新调解员 {Village} 新村 new.mediator", $"新网格长 {Grid} 新村第一网格 new.head" }));
        Assert.That(Passwords.Verify(head.PasswordHash, passwords[1].TemporaryPassword));
        Assert.That(Passwords.Verify(head.PasswordHash, passwords[0].TemporaryPassword), Is.False);
        Assert.That(Rows(CityWorkbook.Credentials(passwords))[2], Is.EqualTo(new[] { "新网格长", Grid, "新村第一网格", "new.head", passwords[1].TemporaryPassword }));
        Assert.ThrowsAsync<Gone>(() => _city.AsAsync("admin", new TakeCredentials.Command(done.Id)));
        Assert.That(await _city.Application.NewDb().QuerySingleAsync<int>(FindSecrets), Is.Zero);
        Assert.That(string.Concat(await _city.Application.NewDb().QueryAsync<string>(FindChanges)), Does.Contain("GrantRole").And.Not.Contain("13912345678"));
        Assert.That(Directory.EnumerateFiles(_city.Application.AttachmentFiles), Is.Empty, "the file was needed once");
    }

    [Test]
    public async Task The_same_file_again_changes_nothing_also_on_a_later_day()
    {
        await ApplyAsync((await UploadAsync(NewVillage())).Id);
        _city.At(5, 5);

        var again = await UploadAsync(NewVillage());

        Assert.That(Told(again), Is.EqualTo("Checked 7/7 added 0 changed 0 unchanged 7"));
        Assert.That(again.Changes.Missing, Is.GreaterThan(50), "what the file does not name is counted, and stays");
        var before = await AllAsync();
        var done = await ApplyAsync(again.Id);
        Assert.That(await AllAsync(), Is.EqualTo(before));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("admin", new TakeCredentials.Command(done.Id)), "nobody is new");
    }

    [Test]
    public async Task A_changed_file_shows_its_difference_and_makes_it()
    {
        await ApplyAsync((await UploadAsync(NewVillage())).Id);

        var check = await UploadAsync(NewVillage("新村社区", "改名网格长", "2026-06-30"));

        Assert.That(Told(check), Is.EqualTo("Checked 7/7 added 0 changed 3 unchanged 4"));
        Assert.That(check.Rows.Select(r => $"{r.Sheet} {r.Row} {r.Column}: {r.Old} > {r.New}"),
            Is.EqualTo(new[] { "units 3 name: 新村 > 新村社区", "users 2 displayName: 新网格长 > 改名网格长", "roles 2 to:  > 2026-06-30" }));
        await ApplyAsync(check.Id);
        Assert.That((await UserAsync("new.head")).DisplayName, Is.EqualTo("改名网格长"));
        Assert.That(await RolesAsync("new.head"), Is.EqualTo(new[] { $"GridHead {Grid} 2026-01-01 2026-06-30" }));
    }

    [Test]
    public async Task A_deputy_holds_what_a_file_gives_the_colleague()
    {
        var day = LocalTime.Day(_city.Now);
        await _city.AsAsync("admin", new AppointDeputy.Command("grid1", "grid2", day, day.AddDays(3)));

        await ApplyAsync((await UploadAsync(Of(RoleRows(["grid1", "GovernanceAssistant", "990101001001003"])))).Id);

        Assert.That(await RolesAsync("grid2"), Has.Some.EqualTo($"GovernanceAssistant 990101001001003 {day:yyyy-MM-dd} {day.AddDays(3):yyyy-MM-dd}"));
    }

    [Test]
    public async Task A_phone_that_changes_is_said_to_have_changed_and_an_empty_one_leaves_the_old()
    {
        await ApplyAsync((await UploadAsync(NewVillage())).Id);

        var check = await UploadAsync(Of(PersonRows(["NEW.head", "新网格长", "13700000000"], ["new.mediator", "新调解员", ""])));

        Assert.That(Told(check), Is.EqualTo("Checked 2/2 added 0 changed 1 unchanged 1"));
        Assert.That(check.Rows.Single(), Is.EqualTo(new GetImport.Change("users", 2, "new.head", "phone", null, null)));
        await ApplyAsync(check.Id);
        Assert.That(_city.Application.Reveal((await UserAsync("new.head")).PhoneCipher), Is.EqualTo("13700000000"));
    }

    [Test]
    public async Task Every_fault_is_told_at_its_cell()
    {
        await _city.Application.NewDb().ExecuteAsync(CloseUnit, new { day = LocalTime.Day(_city.Now) });
        await _city.Application.NewDb().ExecuteAsync(Deactivate, new { now = _city.Now });

        var check = await UploadAsync(Of(
            UnitRows(["9902", "别的市"], ["99010100x", "错码"], ["990101008001", "无上级"], ["990101009", null], ["990101009", "又一次"], ["990101001001", "已撤"], ["990103", new string('长', 201)]),
            OrganisationRows(["甲", "法院", "Judicial", "990101"], ["乙", "PeoplesMediationCommittee", "Judicial", "990101"], ["丙", "Volunteers", "Peoples", "990199"], ["丁", "Volunteers", "Peoples", "990101"], [" 丁 ", "Volunteers", "Peoples", "990101"]),
            PersonRows(["has blank", "甲", null], ["u1", "乙", "138****0000"], ["u2", "丙", "call me"], ["u3", "丁", null], ["Ｕ3", "戊", null], ["grid2", "己", null], ["u4", "#REF!", null], ["System", "庚", null], ["u5", "两\n行", null]),
            RoleRows(
                ["nobody", "GridHead", "990101001002001"],
                ["u3", "King", "990101001002001"],
                ["u3", "GridHead", "990101001002"],
                ["u3", "Mediator", "990101001002"],
                ["u3", "Mediator", "990101001002", "没有的组织"],
                ["u3", "GridHead", "990101001002001", "丁"],
                ["u3", "GridHead", "990101001002001", null, "2026-13-01"],
                ["u3", "GridHead", "990101001002001", null, "2026-03-02", "2026-03-01"],
                ["u3", "GridHead", "990101001002002", null, "2026-03-01", "2026-03-31"],
                ["u3", "GridHead", "990101001002002", null, "2026-03-31"],
                ["u3", "Auditor", "990101001001"],
                ["grid1", "GridHead", "990101001002003", null, "2026-01-01", "2025-12-31"],
                ["village1.lead", "Supervisor", "990101001", null, "2026-01-01"],
                ["town1.lead", "Supervisor", "990101001", null, "2026-01-01"],
                ["admin", "Auditor", "9901"],
                ["u3", "Mediator", "990101001002", "丁"])));

        Assert.That(check.Errors.Select(e => $"{e.Sheet} {e.Cell} {e.Column}"), Is.EquivalentTo(new[]
        {
            "units A2 code", "units A3 code", "units A4 code", "units B5 name", "units A6 code", "units A7 code", "units B8 name",
            "organisations B2 kind", "organisations C3 track", "organisations D4 unitCode", "organisations A6 name",
            "users A2 userName", "users C3 phone", "users C4 phone", "users A6 userName", "users A7 userName", "users B8 displayName", "users A9 userName", "users B10 displayName",
            "roles A2 userName", "roles B3 role", "roles C4 unitCode", "roles D5 organisation", "roles D6 organisation", "roles D7 organisation", "roles E8 from", "roles F9 to", "roles E11 from",
            "roles C12 unitCode", "roles F13 to", "roles E15 from", "roles A16 userName", "roles C17 unitCode",
        }), string.Join('\n', check.Errors));
        Assert.That(check.Errors.Select(e => e.Message), Is.All.Not.Empty.And.All.Not.Contain("Fault.").And.All.Not.Contain("{"));
        Assert.That(check.Errors.Single(e => e is { Sheet: "units", Cell: "A7" }).Message, Does.Contain("990101001002"), "the successor");
        var before = await AllAsync();
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync("admin", new ApplyImport.Command(check.Id)))!.Code, Is.EqualTo("ImportHasFaults"));
        await ContinueAsync();
        Assert.That(await AllAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Five_hundred_faults_are_told_whole_and_of_thousands_the_number()
    {
        var five = await UploadAsync(Of(UnitRows([.. Enumerable.Range(0, 500).Select(i => new[] { $"99{i:000}", "错" })])));
        Assert.That(five.Errors.Select(e => e.Cell), Is.EqualTo(Enumerable.Range(2, 500).Select(i => $"A{i}")));

        var many = await UploadAsync(Of(UnitRows([.. Enumerable.Range(0, 2300).Select(i => new[] { "x", "错" })])));
        Assert.That((many.Errors.Count, many.MoreErrors), Is.EqualTo((2000, 300)));
    }

    [Test]
    public async Task What_a_sheet_lacks_is_told()
    {
        var check = await UploadAsync(Of(("units", "代码 备注", [["990101", "x"]]), ("用户", "账号 姓 名 phone", [["a", "b", null, null]])));
        Assert.That(check.Errors.Select(e => $"{e.Sheet} {e.Row} {e.Column}"), Is.EqualTo(new[] { "units 1 name", "users 1 displayName" }));
        Assert.That((await UploadAsync(Of(("Sheet1", "a b", [["1", "2"]])))).Errors.Single().Message, Does.Contain("units"));
        Assert.That((await UploadAsync([1, 2, 3])).Errors.Single().Message, Does.Contain(".xlsx"));
    }

    [Test]
    public async Task Headings_words_and_days_are_read_as_people_write_them()
    {
        var good = await UploadAsync(TableFile.Workbook(
        [
            new TableSheet("人员", [" 用 户 名", "姓名"], [["  a.b ", " 甲 "]]),
            new TableSheet("角色", ["用户名", "角色", "单位代码", "开始日期", "结束日期"], [["A.B", "综治中心 工作人员", "９９０１０１", "46023", "2026年12月31日"]]),
        ]));
        Assert.That(good.Errors, Is.Empty);
        await ApplyAsync(good.Id);
        Assert.That(await RolesAsync("a.b"), Is.EqualTo(new[] { "CentreOfficer 990101 2026-01-01 2026-12-31" }));
    }

    [Test]
    public async Task A_list_in_GB18030_comes_in()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var check = await UploadAsync(Encoding.GetEncoding("GB18030").GetBytes("代码,名称\r\n990101001009,囍庆村\r\n"), ImportSheet.Units);

        Assert.That(check.Rows.Single().Subject, Is.EqualTo("990101001009 囍庆村"));
    }

    [Test]
    public async Task An_administrator_of_a_district_changes_nothing_outside_of_it_and_raises_nobody()
    {
        await ApplyAsync((await UploadAsync(Of(
            PersonRows(["county", "县管理员", null], ["second", "另一位", null]),
            RoleRows(["county", "Administrator", "990101"], ["second", "Auditor", "9901"], ["second", "Auditor", "990101"])))).Id);

        var check = await UploadAsync(
            Of(
                UnitRows(["9901", "夺来的市"], ["990102", "邻县"], ["990101", "本县"]),
                PersonRows(["grid9", "抢来的人", null], ["second", "改名", null], ["grid1", "可以改", null]),
                RoleRows(["county", "Administrator", "9901"], ["grid1", "Supervisor", "990102"], ["county", "Supervisor", "990101"], ["second", "Supervisor", "990101"], ["grid9", "GridHead", "990101001001002"])),
            by: "county");

        Assert.That(check.Errors.Select(e => $"{e.Sheet} {e.Cell}"), Is.EqualTo(new[]
        {
            "units A2", "units A3", "users A2", "users B3", "roles C2", "roles C3", "roles A4", "roles A5", "roles A6",
        }));
        Assert.That(check.Changes.Changed, Is.EqualTo(2), "its own district, its own grid head");
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("admin", new GetImport.Query(check.Id)), "an import is its owner's");
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("admin", new ApplyImport.Command(check.Id)));
    }

    [Test]
    public async Task What_is_taken_out_changes_nothing_when_it_comes_in_again()
    {
        await ApplyAsync((await UploadAsync(NewVillage())).Id);
        var whole = await _city.AsAsync("admin", new ExportCity.Query { ForPeople = true });

        var again = await UploadAsync(TableFile.Workbook(whole.Sheets));
        Assert.That(again.Errors, Is.Empty);
        Assert.That((again.Changes.Added, again.Changes.Changed, again.Changes.Missing), Is.EqualTo((0, 0, 0)));
        Assert.That(again.Changes.Unchanged, Is.GreaterThan(60));

        foreach (var sheet in (await _city.AsAsync("admin", new ExportCity.Query())).Sheets)
        {
            var one = await UploadAsync(TableFile.Csv(sheet), CityWorkbook.SheetNamed(sheet.Name));
            Assert.That((one.Errors.Count, one.Changes.Added, one.Changes.Changed, one.Changes.Missing), Is.EqualTo((0, 0, 0, 0)), sheet.Name);
        }
    }

    [Test]
    public async Task No_value_becomes_a_formula()
    {
        await ApplyAsync((await UploadAsync(Of(UnitRows([Village, "=HYPERLINK(\"x\")"]), PersonRows(["plus", "+1", "+86 139"]), RoleRows(["plus", "Auditor", Village])))).Id);

        var csv = TableFile.Csv((await _city.AsAsync("admin", new ExportCity.Query { Sheet = ImportSheet.Users })).Sheets[0]);
        Assert.That(Encoding.UTF8.GetString(csv), Does.Contain("plus,'+1,'+86 139"));
        Assert.That(Told(await UploadAsync(csv, ImportSheet.Users)), Does.EndWith("added 0 changed 0 unchanged " + (Encoding.UTF8.GetString(csv).Count(c => c == '\n') - 1)));
        var xlsx = TableFile.Workbook((await _city.AsAsync("admin", new ExportCity.Query { Sheet = ImportSheet.Units })).Sheets);
        Assert.That(Rows(xlsx, ImportSheet.Units).Select(r => r[1]), Does.Contain("=HYPERLINK(\"x\")"));
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(xlsx));
        using var sheet = new StreamReader(archive.Entries.First(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open());
        Assert.That(await sheet.ReadToEndAsync(), Does.Not.Contain("<f>").And.Not.Contain("<x:f"));
    }

    [Test]
    public async Task What_became_wrong_since_the_check_leaves_everything_as_it_was()
    {
        var check = await UploadAsync(Of(UnitRows(["990101001002009", "新网格"], ["990101001001009", "新网格"]), PersonRows(["late", "晚来", null]), RoleRows(["late", "GridHead", "990101001001009"])));
        Assert.That(check.Errors, Is.Empty);
        await _city.Application.NewDb().ExecuteAsync(CloseUnit, new { day = LocalTime.Day(_city.Now) });
        var before = await AllAsync();

        var failed = await ApplyAsync(check.Id);

        Assert.That((failed.State, failed.Errors.Single().Cell), Is.EqualTo((ImportState.Failed, "A3")));
        Assert.That(await AllAsync(), Is.EqualTo(before));
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync("admin", new ApplyImport.Command(check.Id)))!.Code, Is.EqualTo("ImportHasFaults"));
    }

    [Test]
    public async Task A_server_that_dies_in_the_middle_leaves_nothing_half_and_another_one_does_it_whole()
    {
        var check = await UploadAsync(NewVillage());
        var before = await AllAsync();
        await _city.AsAsync("admin", new ApplyImport.Command(check.Id));

        // The last time it is asked what time it is, everything is written and not yet committed.
        using var killed = new CancellationTokenSource();
        var asked = 0;
        _city.Application.Machine.Asked = () =>
        {
            if (++asked == 5)
                killed.Cancel();
        };
        Assert.CatchAsync<OperationCanceledException>(() => _city.Application.SendAsync(new ContinueImports.Command(), cancellationToken: killed.Token));
        _city.Application.Machine.Asked = null;
        Assert.That(await AllAsync(), Is.EqualTo(before));
        Assert.That((await GetAsync(check.Id)).State, Is.EqualTo(ImportState.Applying));

        await ContinueAsync();
        Assert.That(await AllAsync(), Is.EqualTo(before), "it may still be alive");
        await _city.ClaimsRunOutAsync("CityImport");
        await ContinueAsync();
        Assert.That(await AllAsync(), Is.EqualTo(before + 7));
        Assert.That((await GetAsync(check.Id)).State, Is.EqualTo(ImportState.Applied));
    }

    [Test]
    public async Task After_a_week_nothing_is_left_of_an_import()
    {
        await ApplyAsync((await UploadAsync(NewVillage())).Id);
        await UploadAsync(Of(UnitRows(["x", "y"])));
        Assert.That(await _city.Application.NewDb().QuerySingleAsync<int>(CountImports), Is.GreaterThan(5));

        _city.At(2, 10);
        await _city.Application.SendAsync(new PurgeExpired.Command());

        Assert.That(await _city.Application.NewDb().QuerySingleAsync<int>(CountImports), Is.Zero);
        Assert.That(Directory.EnumerateFiles(_city.Application.AttachmentFiles), Is.Empty);
    }

    [Test]
    public void The_template_is_read_as_an_empty_file_in_every_language()
    {
        foreach (var (language, forPeople) in new[] { ("zh-CN", true), ("en", true), ("zh-CN", false) })
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            using var file = ImportFile.Open(new MemoryStream(TemplateWorkbook.Make(forPeople)), null);
            Assert.That(file.Sheets, Is.EqualTo(ImportSheets.All), language);
            foreach (var sheet in file.Sheets)
                Assert.That(file.Rows(sheet).Single().Cells.Select(h => sheet.ColumnOf(h)), Is.EqualTo(sheet.Columns));
        }
    }

    private static string Told(GetImport.Result import) =>
        $"{import.State} {import.Done}/{import.Total} added {import.Changes.Added} changed {import.Changes.Changed} unchanged {import.Changes.Unchanged}";

    private static List<IReadOnlyList<string>> Rows(byte[] workbook, ImportSheet sheet = ImportSheet.Users)
    {
        // Only the import's own sheets are known by name; the passwords' stands in the place of one.
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(workbook));
        using var part = new StreamReader(archive.Entries.First(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open());
        var data = System.Xml.Linq.XDocument.Parse(part.ReadToEnd());
        return [.. data.Descendants().Where(e => e.Name.LocalName == "row").Select(row => (IReadOnlyList<string>)[.. row.Elements().Select(c => c.Value)])];
    }

    private async Task<GetImport.Result> UploadAsync(byte[] content, ImportSheet? sheet = null, string by = "admin")
    {
        var id = Guid.CreateVersion7(_city.Now);
        await using var file = await _city.Application.Attachments.ReceiveAsync(id, new MemoryStream(content), 1 << 24, CancellationToken.None);
        await _city.AsAsync(by, new StartImport.Command { Id = id, FileName = "city.xlsx", Sheet = sheet, SealedKey = file.KeyCipher });
        await file.KeepAsync(CancellationToken.None);
        await ContinueAsync();
        return await GetAsync(id, by);
    }

    private async Task<GetImport.Result> ApplyAsync(Guid id, string by = "admin")
    {
        await _city.AsAsync(by, new ApplyImport.Command(id));
        await ContinueAsync();
        return await GetAsync(id, by);
    }

    private Task<ContinueImports.Result> ContinueAsync() => _city.Application.SendAsync(new ContinueImports.Command());

    private Task<GetImport.Result> GetAsync(Guid id, string by = "admin") => _city.AsAsync(by, new GetImport.Query(id));

    private Task<int> AllAsync() => _city.Application.NewDb().QuerySingleAsync<int>(CountAll);

    private Task<User> UserAsync(string userName) => _city.Application.NewDb().QuerySingleAsync<User>(FindUser, new { userName });

    private Task<IReadOnlyList<string>> RolesAsync(string userName) => _city.Application.NewDb().QueryAsync<string>(FindRoles, new { userName });

    private sealed class User
    {
        public string DisplayName { get; init; } = "";
        public string? PhoneCipher { get; init; }
        public string PasswordHash { get; init; } = "";
        public bool PasswordChangeRequired { get; init; }
    }
}
