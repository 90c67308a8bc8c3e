using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>A case is found by the phone or the ID number of a party, whatever way it is written, and only where the searcher sees; the number stands nowhere.</summary>
[OnBothDatabases]
public sealed class NumberSearchTests(Store store)
{
    private const string OtherDistrict = "990102001001001";
    private static readonly Sql Audited = new("SELECT DetailJson FROM AuditEntry WHERE Kind = 'SearchCases'");
    private City _city = null!;
    private CaseView _leak = null!, _wages = null!, _elsewhere = null!;

    [OneTimeSetUp]
    public async Task Register()
    {
        _city = await City.NewAsync(store);
        _leak = await RegisteredAsync("楼上漏水", 500, Party("刘桂兰", "220199198507120023", "13912345678"), Party("周海生", null, "+86 (0431) 8123-4567", PartyRole.Respondent));
        _wages = await RegisteredAsync("拖欠工资 三个月", 12_000, Party("阿凡提•买买提", "220199850712002", null), Party("四平建筑队", "91220101MA0Y4K8X7J", "0431-81234567", PartyRole.Respondent, PartyKind.Organisation));
        _elsewhere = await _city.AsAsync("grid9", Dispute("厨房漏水", null, OtherDistrict, Party("刘桂兰", "220199198507120023", "13912345678")));
    }

    [OneTimeTearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [TestCase("13912345678", "leak")]
    [TestCase("+86 139 1234 5678", "leak")]
    [TestCase("００８６－１３９１２３４５６７８", "leak")]
    [TestCase("139\u200B12345678", "leak")]
    [TestCase("0431-81234567", "wages leak", Description = "+86 stands in place of the 0")]
    [TestCase("＋８６ ４３１ ８１２３４５６７", "wages leak")]
    [TestCase("13912345679", "")]
    [TestCase("1391234567", "", Description = "exact, or not at all")]
    public async Task By_phone(string phone, string found)
    {
        Assert.That(await FoundAsync("grid1", new() { Phone = phone }), Is.EqualTo(found));
        if (found.Length > 0)
            Assert.That(await FoundAsync("grid1", new() { Q = phone }), Is.EqualTo(found), "among the words it is taken for what it is");
    }

    [TestCase("220199198507120023", "wages leak")]
    [TestCase("220199850712002", "wages leak", Description = "the old form of fifteen digits")]
    [TestCase("２２０１９９ １９８５０７１２ ００２３", "wages leak")]
    [TestCase("220199198507120040", "")]
    public async Task By_id_number(string idNumber, string found)
    {
        Assert.That(await FoundAsync("grid1", new() { IdNumber = idNumber }), Is.EqualTo(found));
        Assert.That(await FoundAsync("grid1", new() { Q = idNumber }), Is.EqualTo(found));
    }

    [Test]
    public async Task By_an_organisations_code() =>
        Assert.That(await FoundAsync("grid1", new() { IdNumber = "91220101ma0y4k8x7j" }), Is.EqualTo("wages"));

    [Test]
    public async Task A_number_and_words_and_conditions_hold_together()
    {
        Assert.That(await FoundAsync("grid1", new() { Q = "漏水 13912345678" }), Is.EqualTo("leak"));
        Assert.That(await FoundAsync("grid1", new() { Q = "工资 13912345678" }), Is.Empty);
        Assert.That(await FoundAsync("grid1", new() { Q = "220199198507120023 刘桂兰" }), Is.EqualTo("leak"));
        Assert.That(await FoundAsync("grid1", new() { IdNumber = "220199198507120023", Phone = "13912345678" }), Is.EqualTo("leak"));
        Assert.That(await FoundAsync("grid1", new() { IdNumber = "220199198507120023", AmountFrom = 501 }), Is.EqualTo("wages"));
        Assert.That(await FoundAsync("grid1", new() { Phone = "13912345678", Mine = true }), Is.EqualTo("leak"));
        Assert.That(await FoundAsync("grid1", new() { IdNumber = "220199198507120023", Sort = ListCases.Order.Amount }), Is.EqualTo("wages leak"));
    }

    [Test]
    public async Task Outside_of_what_somebody_sees_there_is_nothing()
    {
        Assert.That(await FoundAsync("grid9", new() { Phone = "13912345678" }), Is.EqualTo("elsewhere"));
        Assert.That(await FoundAsync("grid2", new() { Phone = "13912345678" }), Is.Empty);
        Assert.That(await FoundAsync("mediator.p1", new() { IdNumber = "220199198507120023" }), Is.Empty);
        Assert.That(await FoundAsync("admin", new() { Phone = "13912345678" }), Is.Empty);
        Assert.That(await FoundAsync("city.lead", new() { Phone = "13912345678" }), Is.EqualTo("elsewhere leak"));
    }

    [Test]
    public async Task Several_words_must_all_be_found_each_anywhere()
    {
        Assert.That(await FoundAsync("grid1", new() { Q = "工资 买买提" }), Is.EqualTo("wages"));
        Assert.That(await FoundAsync("grid1", new() { Q = "买买提　阿凡提 三个月" }), Is.EqualTo("wages"));
        Assert.That(await FoundAsync("grid1", new() { Q = "工资 漏水" }), Is.Empty);
        Assert.That(await FoundAsync("grid1", new() { Q = "阿凡提・买买提" }), Is.EqualTo("wages"), "one middle dot");
        Assert.That(await FoundAsync("grid1", new() { Q = "桂 水" }), Is.EqualTo("leak"), "single characters too");
        Assert.That(await FoundAsync("grid1", new() { Q = "刘桂兰 漏水", Sort = ListCases.Order.Amount }), Is.EqualTo("leak"));
        Assert.That(await FoundAsync("grid1", new() { Q = "刘桂兰", Category = Category.Neighbours }), Is.EqualTo("leak"), "applicant and category");
        Assert.That(await FoundAsync("grid1", new() { Q = "刘桂兰", Category = Category.Labour }), Is.Empty);
    }

    [Test]
    public async Task By_registrar_and_amount()
    {
        Assert.That(await FoundAsync("village1", new() { RegisteredBy = "GRID1" }), Is.EqualTo("wages leak"));
        Assert.That(await FoundAsync("village1", new() { RegisteredBy = "village1" }), Is.Empty);
        Assert.That(await FoundAsync("village1", new() { AmountFrom = 500, AmountTo = 500 }), Is.EqualTo("leak"));
        Assert.That(await FoundAsync("village1", new() { AmountFrom = 500.01m }), Is.EqualTo("wages"));
        Assert.That(await FoundAsync("village1", new() { Mediator = "mediator.p1" }), Is.Empty);
    }

    [Test]
    public async Task The_audit_says_that_a_number_was_looked_for_and_nothing_of_it()
    {
        await FoundAsync("grid1", new() { Q = "漏水 139-1234-5678" });
        await FoundAsync("grid1", new() { IdNumber = "220199198507120023" });
        await using var db = _city.Application.NewDb();
        var kept = await db.QueryAsync<string>(Audited);
        Assert.That(kept, Is.SupersetOf(new[] { """{"text":"漏水","phone":true,"idNumber":false,"found":1}""", """{"text":"","phone":false,"idNumber":true,"found":2}""" }));
        Assert.That(kept, Has.None.Contains("1391").And.None.Contains("2201").And.None.Contains("5678"));
    }

    private async Task<string> FoundAsync(string user, ListCases.Query query)
    {
        var names = new Dictionary<Guid, string> { [_leak.Id] = "leak", [_wages.Id] = "wages", [_elsewhere.Id] = "elsewhere" };
        return string.Join(' ', (await _city.AsAsync(user, query)).Items.Select(row => names[row.Id]));
    }

    private async Task<CaseView> RegisteredAsync(string title, decimal amount, params RegisterCase.PartyInput[] parties)
    {
        var view = await _city.AsAsync("grid1", Dispute(title, amount, "990101001001001", parties));
        _city.Application.Machine.Now += TimeSpan.FromSeconds(1);
        return view;
    }

    private static RegisterCase.Command Dispute(string title, decimal? amount, string unit, params RegisterCase.PartyInput[] parties) => new()
    {
        Title = title,
        Category = Category.Neighbours,
        AmountInDispute = amount,
        Place = new RegisterCase.PlaceInput(new UnitCode(unit), null, null, null),
        Parties = parties,
    };

    private static RegisterCase.PartyInput Party(string name, string? idNumber, string? phone, PartyRole role = PartyRole.Applicant, PartyKind kind = PartyKind.Person) =>
        new(role, kind, name, idNumber, phone, null, null);
}
