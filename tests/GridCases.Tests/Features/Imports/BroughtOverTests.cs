using GridCases.Data;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Features.Imports;
using GridCases.Jobs;
using GridCases.Tests.Data;
using GridCases.Tests.Features.Statistics;

namespace GridCases.Tests.Features.Imports;

/// <summary>Disputes that were open in an earlier system go on here, from their own days.</summary>
[OnBothDatabases]
public class BroughtOverTests(Store store)
{
    private const string Grid = "990101001001001";

    private static readonly string[] Headings =
    [
        "number", "title", "category", "registeredOn", "state", "unitCode", "since", "heldBy", "organisation", "mediator", "applicant", "applicantPhone", "applicantIdNumber", "respondent",
    ];

    private static readonly Sql CountCases = new("SELECT COUNT(*) FROM DisputeCase");
    private static readonly Sql FindOrganisation = new("SELECT o.Name FROM Organisation o JOIN RoleAssignment r ON r.OrganisationId = o.Id JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = 'mediator.p1'");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task Open_disputes_stand_where_they_stood_with_clocks_from_their_own_days()
    {
        var organisation = await _city.Application.NewDb().QuerySingleAsync<string>(FindOrganisation);
        var check = await UploadAsync(
            ["旧-1", "登记中的", "Neighbours", "2026-01-26", "已登记", Grid, null, null, null, null, "甲", "13912345678", "220102199001011234", "乙"],
            ["旧-2", "等受理的", "Housing", "2025-11-20", "AwaitingAcceptance", Grid, "2026-01-28", null, null, null, "丙", null, null, null],
            ["旧-3", "镇里办的", "Labour", "2025-11-15", "Accepted", Grid, "2026-01-29", "990101001", null, null, "丁", null, null, "戊"],
            ["旧-4", "调解中的", "Contract", "2025-12-01", "调解中", Grid, "2026-01-20", "990101001", organisation, "mediator.p1", "己", null, null, "庚"]);
        Assert.That(check.Errors, Is.Empty);
        Assert.That(check.Changes.Added, Is.EqualTo(4));
        Assert.That(await _city.Application.NewDb().QuerySingleAsync<int>(CountCases), Is.Zero, "a check stores nothing");

        await ApplyAsync(check.Id);

        var cases = new Dictionary<string, CaseView>();
        foreach (var row in (await _city.AsAsync("city.lead", new ListCases.Query())).Items)
            cases[row.Title] = await _city.LookAsync("city.lead", row.Id);
        Assert.That(cases.Values.Select(c => c.State), Is.EquivalentTo(new[] { CaseState.Registered, CaseState.AwaitingAcceptance, CaseState.Accepted, CaseState.InMediation }));
        Assert.That(cases.Values.Select(c => c.Number).Order(), Is.EqualTo(Enumerable.Range(1, 4).Select(i => $"9901012026-{i:000000}")), "numbers of ours, without gaps");

        var mediated = cases["调解中的"];
        Assert.That((mediated.Holder.UnitCode.Value, mediated.Holder.Mediator, LocalTime.Day(mediated.RegisteredAt)), Is.EqualTo(("990101001", "mediator.p1", new DateOnly(2025, 12, 1))));
        Assert.That(mediated.Clocks.Select(c => (c.Kind, LocalTime.Day(c.StartedAt))), Is.EquivalentTo(new[] { (ClockKind.Case, new DateOnly(2025, 12, 1)), (ClockKind.Mediation, new DateOnly(2026, 1, 20)) }));
        Assert.That(mediated.Light, Is.EqualTo(Light.Red), "sixty days from the first of December are over");

        var line = (await _city.AsAsync("auditor", new GetJournal.Query(mediated.Id))).Single();
        Assert.That((line.Kind, line.By), Is.EqualTo((CaseEventKind.BringOver, "admin")));
        Assert.That(line.DataJson, Does.Contain("旧-4").And.Contain("InMediation").And.Not.Contain("己"));

        // Everybody goes on from there.
        await _city.ActAsync("grid1", cases["登记中的"], new SubmitCase());
        await _city.ActAsync("village1", cases["等受理的"], new AcceptCase());
        var returned = await _city.ActAsync("town1", cases["镇里办的"], new ReturnCase("由村里先谈"));
        Assert.That(returned.Holder.UnitCode.Value, Is.EqualTo("990101001001"), "the way up that it must have come");
        await RecountedStatistics.CompareAsync(_city.Application.NewDb(), _city.Application.Time, [.. new UnitCode(Grid).SelfAndAncestors], "brought over");
        Assert.That((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);
    }

    [Test]
    public async Task The_same_list_again_brings_nothing_and_the_number_of_another_district_is_another()
    {
        string?[] one = ["旧-1", "登记中的", "Neighbours", "2026-01-26", "Registered", Grid, null, null, null, null, "甲", null, null, null];
        await ApplyAsync((await UploadAsync(one)).Id);

        var again = await UploadAsync(one, ["旧—1", "另一件", "Neighbours", "2026-01-26", "Registered", "990102001001001", null, null, null, null, "甲", null, null, null]);

        Assert.That((again.Changes.Unchanged, again.Changes.Added), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_cannot_be_brought_over_is_told_at_its_cell()
    {
        var check = await UploadAsync(
            ["1", "结了的", "Neighbours", "2026-01-26", "Closed", Grid, null, null, null, null, "甲", null, null, null],
            ["2", "将来的", "Neighbours", "2026-03-01", "Registered", Grid, null, null, null, null, "甲", null, null, null],
            ["3", "倒着的", "Neighbours", "2026-01-26", "Accepted", Grid, "2026-01-20", null, null, null, "甲", null, null, null],
            ["4", "别村的", "Neighbours", "2026-01-26", "Accepted", Grid, null, "990101002", null, null, "甲", null, null, null],
            ["5", "没人调的", "Neighbours", "2026-01-26", "InMediation", Grid, null, null, null, null, "甲", null, null, null],
            ["6", "无名的", "Neighbours", "2026-01-26", "Registered", Grid, null, null, null, null, null, null, null, null],
            ["7", "遮了的", "Neighbours", "2026-01-26", "Registered", Grid, null, null, null, null, "甲", "139****5678", null, null],
            ["8", "一次", "Neighbours", "2026-01-26", "Registered", Grid, null, null, null, null, "甲", null, null, null],
            ["８", "两次", "Neighbours", "2026-01-26", "Registered", Grid, null, null, null, null, "甲", null, null, null]);

        Assert.That(check.Errors.Select(e => e.Cell), Is.EqualTo(new[] { "E2", "D3", "G4", "H5", "I6", "K7", "L8", "A10" }), string.Join('\n', check.Errors));
        Assert.That(check.Errors.Select(e => e.Message), Is.All.Not.Contain("Fault.").And.All.Not.Contain("{"));
    }

    private async Task<GetImport.Result> UploadAsync(params string?[][] rows)
    {
        var id = Guid.CreateVersion7(_city.Now);
        await using var file = await _city.Application.Attachments.ReceiveAsync(id, new MemoryStream(TableFile.Workbook([new TableSheet("cases", Headings, rows)])), 1 << 24, CancellationToken.None);
        await _city.AsAsync("admin", new StartImport.Command { Id = id, FileName = "cases.xlsx", SealedKey = file.KeyCipher });
        await file.KeepAsync(CancellationToken.None);
        await _city.Application.SendAsync(new ContinueImports.Command());
        return await _city.AsAsync("admin", new GetImport.Query(id));
    }

    private async Task ApplyAsync(Guid id)
    {
        await _city.AsAsync("admin", new ApplyImport.Command(id));
        await _city.Application.SendAsync(new ContinueImports.Command());
        Assert.That((await _city.AsAsync("admin", new GetImport.Query(id))).State, Is.EqualTo(ImportState.Applied));
    }
}
