using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>Likely duplicates: found by person, place, time and words, and only where the caller sees.</summary>
[OnBothDatabases]
public class DuplicateTests(Store store)
{
    private const string SameTown = "990101001002001", OtherDistrict = "990102001001001";
    private static readonly Sql Audited = new("SELECT DetailJson FROM AuditEntry WHERE Kind = 'FindDuplicates' AND UserName = @user");
    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [TestCase("220102199001011234", null, "某人", DuplicateReason.IdNumber)]
    [TestCase("2201 0219 9001 0112 34", null, "某人", DuplicateReason.IdNumber)]
    [TestCase("２２０１０２１９９００１０１１２３４", null, "某人", DuplicateReason.IdNumber)]
    [TestCase(null, "139-1234-5678", "某人", DuplicateReason.Phone)]
    [TestCase(null, "+86 139 1234 5678", "某人", DuplicateReason.Phone)]
    [TestCase(null, null, "刘桂兰", DuplicateReason.Name)]
    public async Task The_same_person_is_found_by_paper_phone_or_name(string? idNumber, string? phone, string name, DuplicateReason why)
    {
        var known = await RegisteredAsync("楼上漏水", "刘桂兰", "220102199001011234", "13912345678");
        var found = await FindAsync("grid1", "拖欠工资三个月", name, idNumber, phone);

        Assert.That(found.Select(d => (d.Id, d.Number, d.Title, d.State, d.RegisteredOn)), Is.EqualTo(new[] { (known.Id, known.Number, "楼上漏水", CaseState.Registered, new DateOnly(2026, 2, 2)) }));
        Assert.That(found[0].Why, Is.EqualTo(new[] { why }));
    }

    [TestCase("阿凡提·买买提", "阿凡提•买买提")]
    [TestCase("阿凡提・买买提", "阿凡提 · 买买提")]
    [TestCase("张 三", "张\u200B三")]
    [TestCase("ＺＨＡＮＧ三", "Zhang三")]
    [TestCase("葛\U000E0100城", "葛城")]
    public async Task A_name_is_the_same_however_it_is_written(string onFile, string typed)
    {
        var known = await RegisteredAsync("楼上漏水", onFile);
        Assert.That((await FindAsync("grid1", "拖欠工资三个月", typed)).Select(d => (d.Id, d.Why.Single())), Is.EqualTo(new[] { (known.Id, DuplicateReason.Name) }));
        Assert.That(await FindAsync("grid1", "拖欠工资三个月", typed[..1]), Is.Empty, "part of a name is another one");
    }

    [Test]
    public async Task A_name_that_only_the_words_of_a_case_mention_is_no_party_of_it()
    {
        await RegisteredAsync("刘桂兰家漏水", "周海生");
        Assert.That(await FindAsync("grid1", "拖欠工资三个月", "刘桂兰"), Is.Empty);
    }

    [TestCase("220199850712002", "220199198507120023")]
    [TestCase("220199198507120023", "220199850712002")]
    public async Task The_old_and_the_new_form_of_an_id_number_are_one_person(string onFile, string typed)
    {
        var known = await RegisteredAsync("楼上漏水", "刘桂兰", onFile, "+8613912345678");
        Assert.That((await FindAsync("grid1", "拖欠工资三个月", "某人", typed)).Select(d => (d.Id, d.Why.Single())), Is.EqualTo(new[] { (known.Id, DuplicateReason.IdNumber) }));
        Assert.That((await FindAsync("grid1", "拖欠工资三个月", "某人", phone: "13912345678")).Select(d => d.Why.Single()), Is.EqualTo(new[] { DuplicateReason.Phone }));
    }

    [Test]
    public async Task About_the_same_words_in_the_same_village_are_found_as_long_as_the_case_is_open_and_sixty_days_more()
    {
        var known = await RegisteredAsync("楼上漏水", "刘桂兰");
        Assert.That((await FindAsync("grid1", "楼上漏水淹了厨房", "某人")).Select(d => d.Why.Single()), Is.EqualTo(new[] { DuplicateReason.Text }));
        Assert.That(await FindAsync("grid1", "拖欠工资", "某人"), Is.Empty);

        _city.At(6, 1);
        Assert.That(await FindAsync("grid1", "楼上漏水淹了厨房", "某人"), Has.Count.EqualTo(1), "still open");
        await _city.ActAsync("grid1", known, new ResolveOnSpot("握手言和"));
        await _city.ActAsync("village1", known, new VerifyCase(true, 5, null));
        Assert.That(await FindAsync("grid1", "楼上漏水淹了厨房", "某人"), Is.Empty, "ended, and registered more than sixty days ago");
    }

    [Test]
    public async Task Outside_the_callers_scope_there_is_nothing_and_the_centre_above_sees_both()
    {
        var mine = await RegisteredAsync("楼上漏水", "刘桂兰", "220102199001011234");
        var theirs = await RegisteredAsync("厨房漏水", "周海生", "220102199001011234", head: "grid9", unit: OtherDistrict);

        Assert.That((await FindAsync("grid1", "漏水", "某人", "220102199001011234")).Select(d => d.Id), Is.EqualTo(new[] { mine.Id }));
        Assert.That((await FindAsync("grid9", "漏水", "某人", "220102199001011234", unit: OtherDistrict)).Select(d => d.Id), Is.EqualTo(new[] { theirs.Id }));
        Assert.That(await FindAsync("grid2", "楼上漏水", "刘桂兰", "220102199001011234"), Is.Empty, "the neighbouring grid");
        Assert.That(await _city.AsAsync("grid1", new GetDuplicates.Query(mine.Id)), Is.Empty);
        Assert.That((await _city.AsAsync("city.lead", new GetDuplicates.Query(mine.Id))).Select(d => (d.Id, d.Why[0])), Is.EqualTo(new[] { (theirs.Id, DuplicateReason.IdNumber) }));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("grid9", new GetDuplicates.Query(mine.Id)));
        Assert.ThrowsAsync<AccessDenied>(() => FindAsync("town1.lead", "楼上漏水", "刘桂兰"));
    }

    [Test]
    public async Task A_name_or_words_of_another_village_are_no_hint_but_a_paper_is()
    {
        var known = await RegisteredAsync("楼上漏水", "刘桂兰", "220102199001011234", head: "town1", unit: SameTown);
        Assert.That(await FindAsync("town1", "楼上漏水", "刘桂兰"), Is.Empty);
        Assert.That((await FindAsync("town1", "楼上漏水", "刘桂兰", "220102199001011234")).Select(d => d.Id), Is.EqualTo(new[] { known.Id }));
    }

    [Test]
    public async Task What_was_merged_or_withdrawn_is_no_duplicate_and_neither_is_a_lawyer_who_serves_both()
    {
        var withdrawn = await RegisteredAsync("楼上漏水", "刘桂兰");
        await _city.ActAsync("grid1", withdrawn, new WithdrawCase("登记有误"));
        Assert.That(await FindAsync("grid1", "楼上漏水", "刘桂兰"), Is.Empty);

        await _city.AsAsync("grid1", Dispute("噪音扰民", "990101001001001", Party("何长庚", null, null), Party("王律师", "110101198001010011", null, PartyRole.Representative)));
        Assert.That(await FindAsync("grid1", "占道堆物", "王律师", "110101198001010011"), Is.Empty);
    }

    [Test]
    public async Task The_search_is_audited_and_keeps_nothing_of_the_parties()
    {
        await FindAsync("grid1", "楼上漏水 13912345678", "刘桂兰", "220102199001011234");
        var kept = await _city.Application.NewDb().QuerySingleAsync<string>(Audited, new { user = "grid1" });
        Assert.That(kept, Does.Contain("楼上漏水").And.Not.Contain("13912345678").And.Not.Contain("刘桂兰").And.Not.Contain("220102199001011234"));
    }

    private Task<IReadOnlyList<Duplicate>> FindAsync(string user, string title, string name, string? idNumber = null, string? phone = null, string unit = "990101001001001") =>
        _city.AsAsync(user, new FindDuplicates.Query
        {
            Title = title,
            Place = new RegisterCase.PlaceInput(new UnitCode(unit), null, null, null),
            Parties = [Party(name, idNumber, phone)],
        });

    private Task<CaseView> RegisteredAsync(string title, string name, string? idNumber = null, string? phone = null, string head = "grid1", string unit = "990101001001001") =>
        _city.AsAsync(head, Dispute(title, unit, Party(name, idNumber, phone)));

    private static RegisterCase.Command Dispute(string title, string unit, params RegisterCase.PartyInput[] parties) => new()
    {
        Title = title,
        Category = Category.Neighbours,
        Place = new RegisterCase.PlaceInput(new UnitCode(unit), null, null, null),
        Parties = parties,
    };

    private static RegisterCase.PartyInput Party(string name, string? idNumber, string? phone, PartyRole role = PartyRole.Applicant) =>
        new(role, PartyKind.Person, name, idNumber, phone, null, null);
}
