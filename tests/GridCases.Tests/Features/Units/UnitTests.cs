using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Units;

/// <summary>Units come, are renamed, and say whom they lack.</summary>
[OnBothDatabases]
public class UnitTests(Store store)
{
    private static readonly Sql FindAudit = new("SELECT DetailJson FROM AuditEntry WHERE Kind = 'Change' ORDER BY [At] DESC, Id DESC");
    private static readonly UnitCode Village = new("990101001001"), NewGrid = new("990101001001004");

    private City _city = null!;

    [OneTimeSetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [OneTimeTearDown]
    public async Task Remove() => await _city.DisposeAsync();

    [Test, Order(1)]
    public async Task A_unit_is_added_below_the_one_its_code_names_and_renamed_and_each_change_is_audited_with_old_and_new()
    {
        var added = await _city.AsAsync("admin", new CreateUnit.Command(NewGrid, " 桂香社区第四网格 "));
        Assert.That((added.Code, added.Name, added.Level, added.ParentCode, added.ClosedOn), Is.EqualTo((NewGrid, "桂香社区第四网格", UnitLevel.Grid, (UnitCode?)Village, (DateOnly?)null)));

        _city.Application.Machine.Now += TimeSpan.FromMinutes(1);
        var renamed = await _city.AsAsync("admin", new RenameUnit.Command("桂香四网格") { Unit = NewGrid });
        Assert.That(renamed.Name, Is.EqualTo("桂香四网格"));
        await using var db = _city.Application.NewDb();
        var audit = await db.QueryAsync<string>(FindAudit);
        Assert.That(audit[0], Does.Contain("RenameUnit").And.Contain("990101001001004").And.Contain("before"));

        var shown = await _city.AsAsync("admin", new GetUnit.Query(NewGrid));
        Assert.That(shown.Changes.Select(c => c.What), Is.EqualTo(new[] { "RenameUnit", "CreateUnit" }));
        Assert.That((shown.Changes[0].Before["name"], shown.Changes[0].After["name"]), Is.EqualTo(("桂香社区第四网格", "桂香四网格")));
        Assert.That(shown.Unit.Gaps, Is.EqualTo(new[] { UnitGap.GridHead }));
    }

    [Test, Order(2)]
    public async Task A_code_that_is_taken_has_no_parent_or_lies_elsewhere_is_refused()
    {
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync("admin", new CreateUnit.Command(Village, "again")))!.Code, Is.EqualTo("UnitExists"));
        Assert.That(Refused(new CreateUnit.Command(new UnitCode("990109001"), "nowhere")), Does.ContainKey("code"));
        Assert.That(Refused(new CreateUnit.Command(null, null)).Keys, Is.EquivalentTo(new[] { "code", "name" }).Or.EquivalentTo(new[] { "name" }));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("admin", new CreateUnit.Command(new UnitCode("9902"), "another city")));
        Assert.That(Refused(new CreateUnit.Command(new UnitCode("9901"), "the city")), Does.ContainKey("code"));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("admin", new RenameUnit.Command("x") { Unit = new UnitCode("990101009") }));
        var officer = await _city.PersonAsync("town1");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new CreateUnit.Command(NewGrid, "x"), officer));

        Dictionary<string, string[]> Refused(CreateUnit.Command command) => new(Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("admin", command))!.Errors);
    }

    [Test]
    public async Task Units_are_listed_by_parent_and_words_page_by_page()
    {
        var first = await _city.AsAsync("town1", new ListUnits.Query { Parent = new UnitCode("990101001"), Limit = 2 });
        var second = await _city.AsAsync("town1", new ListUnits.Query { Parent = new UnitCode("990101001"), Limit = 2, Cursor = first.Next!.Value.Value });
        Assert.That(first.Items.Concat(second.Items).Select(u => u.Code.Value), Is.EqualTo(new[] { "990101001001", "990101001002", "990101001003" }));
        Assert.That(second.Next, Is.Null);
        Assert.That((await _city.AsAsync("town1", new ListUnits.Query { Q = "望湖" })).Items, Has.Count.EqualTo(4));
        Assert.That(Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("town1", new ListUnits.Query { Cursor = "x" }))!.Errors, Does.ContainKey("cursor"));
    }

    [Test]
    public async Task Each_unit_says_whom_it_lacks_and_where_an_overdue_case_would_go()
    {
        var all = (await _city.AsAsync("admin", new ListUnits.Query { Under = new UnitCode("990101001"), WithGaps = true })).Items.ToDictionary(u => u.Code.Value);
        Assert.That(all["990101001001"].Gaps, Is.Empty);
        Assert.That((all["990101001002"].Gaps, all["990101001002"].EscalatesTo), Is.EqualTo((new[] { UnitGap.Supervisor }, all["990101001"].Name)));
        Assert.That(all["990101001001001"].Gaps, Is.Empty);

        await _city.LeftAsync("grid2");
        await _city.LeftAsync("village1");
        var gaps = (await _city.AsAsync("admin", new ListUnits.Query { Under = new UnitCode("990101001001"), OnlyGaps = true })).Items.ToDictionary(u => u.Code.Value, u => u.Gaps);
        Assert.That(gaps["990101001001"], Is.EqualTo(new[] { UnitGap.Officer }));
        Assert.That(gaps["990101001001002"], Is.EqualTo(new[] { UnitGap.GridHead }));
        Assert.That(gaps, Does.Not.ContainKey("990101001001001"));
        await _city.CameBackAsync("grid2");
        await _city.CameBackAsync("village1");
    }
}
