using System.Text;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Features.Documents;
using GridCases.Features.Statistics;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>What a correction does beyond the case itself: search, statistics, duplicates, documents, and what must not be found anywhere.</summary>
[OnBothDatabases]
public class CorrectionTests(Store store)
{
    private const string OldPhone = "13912345678", NewPhone = "13587654321", OldId = "220102199001011234", NewId = "220102198505054321", OldAddress = "示范市东一区柳树胡同三号院二单元", NewAddress = "示范市东一区杨树胡同九号院四单元";

    private static readonly Sql Marks = new("SELECT UserName FROM AuditEntry WHERE CaseId = @id");
    private static readonly Sql Ciphers = new("SELECT PhoneCipher FROM SignedParty WHERE PhoneCipher IS NOT NULL");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_case_is_found_by_its_new_words_and_no_longer_by_the_old()
    {
        var known = await RegisteredAsync();
        await _city.ActAsync("grid1", known, new CorrectCase.Command(Title: "围墙占道", Summary: "新砌的围墙挡住通道", Reason: "听错了"));
        await _city.ActAsync("grid1", known, new CorrectParty.Command(known.Parties[0].Id, Name: "章珊", Reason: "写错字"));
        await _city.ActAsync("grid1", known, new AddParty.Command(PartyRole.Respondent, PartyKind.Person, "欧阳雪"));

        foreach (var words in new[] { "围墙占道", "挡住", "章珊", "欧阳雪", "雪", known.Number })
            Assert.That(await FoundAsync(words), Is.EqualTo(new[] { known.Id }), words);
        foreach (var words in new[] { "楼上漏水", "漏水", "张三", "漏" })
            Assert.That(await FoundAsync(words), Is.Empty, words);

        var other = await RegisteredAsync();
        Assert.That(await FoundAsync("楼上漏水"), Is.EqualTo(new[] { other.Id }), "the index holds the others as before");

        async Task<IEnumerable<Guid>> FoundAsync(string words) => (await _city.AsAsync("town1", new ListCases.Query { Q = words })).Items.Select(i => i.Id);
    }

    [Test]
    public async Task Another_category_and_source_move_what_the_case_counts()
    {
        var known = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
        _city.At(2, 20);
        known = await _city.ActAsync("village1", known, new CorrectCase.Command(Category: Category.Housing, Source: Source.Hotline, Reason: "是房子的事"));
        await _city.Application.SendAsync(new FoldTallies.Command());

        var rows = (await _city.AsAsync("village1", new GetSummary.Query { From = new DateOnly(2026, 1, 1), To = new DateOnly(2026, 2, 28), GroupBy = GetSummary.Grouping.Category })).Rows;
        Assert.That(rows.Where(r => r.Registered > 0).Select(r => r.Key), Is.EqualTo(new[] { "Housing" }));
        var recount = await _city.Application.SendAsync(new RecountStatistics.Command(Repair: false));
        Assert.That((recount.Sums.Count, recount.Gaps.Count), Is.EqualTo((0, 0)), "kept sums are what a recount finds");
        Assert.That(known.Clocks.Single(c => c.Kind is ClockKind.Handling).StartedAt, Is.LessThan(_city.Now), "its clocks run on");
    }

    [Test]
    public async Task Nothing_of_a_corrected_value_is_found_in_the_database_or_the_journal()
    {
        var known = await RegisteredAsync();
        var party = known.Parties[0].Id;
        await _city.ActAsync("grid1", known, new CorrectParty.Command(party, Phone: NewPhone, IdNumber: NewId, Address: NewAddress, Reason: "电话写错"));
        await _city.ActAsync("grid1", known, new CorrectCase.Command(Place: new(null, NewAddress, null, null), Reason: "地点写错"));
        await _city.ActAsync("grid1", known, new AddParty.Command(PartyRole.ThirdParty, PartyKind.Person, "王五", Phone: "13700001111", IdNumber: "220102197001011111", Address: "示范市东一区松树胡同一号"));

        var journal = string.Concat((await _city.AsAsync("grid1", new GetJournal.Query(known.Id))).Select(line => line.DataJson));
        string[] secrets = [OldPhone, NewPhone, OldId, NewId, OldAddress, NewAddress, "13700001111", "220102197001011111", "松树胡同", "柳树胡同", "杨树胡同"];
        foreach (var secret in secrets)
            Assert.That(journal, Does.Not.Contain(secret));
        Assert.That(journal, Does.Contain("\"changed\":[\"IdNumber\",\"Phone\",\"Address\"]").And.Contain("\"changed\":[\"Address\"]"));
        Assert.That(await _city.Application.NewDb().QueryAsync<string>(Marks, new { id = known.Id }), Is.Not.Empty, "there is an audit to look into");

        if (store is Store.Sqlite)
        {
            foreach (var file in Directory.EnumerateFiles(_city.Application.Folder, "*.db*", SearchOption.AllDirectories))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes);
                foreach (var secret in secrets)
                    Assert.That(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)), Is.Negative, $"{secret} in {file}");
            }
        }

        var full = await _city.AsAsync("grid1", new UnmaskParties.Command("核对") { CaseId = known.Id });
        Assert.That((full.Parties[0].Phone, full.Parties[0].IdNumber, full.Parties[0].Address, full.Place.Address), Is.EqualTo((NewPhone, NewId, NewAddress, NewAddress)));
    }

    [Test]
    public async Task A_reason_does_not_tell_what_the_journal_keeps_silent()
    {
        var known = await RegisteredAsync();
        foreach (var reason in new[] { $"不是{OldPhone}", $"应为{NewPhone}" })
        {
            var refused = Assert.ThrowsAsync<InvalidInput>(() => _city.ActAsync("grid1", known, new CorrectParty.Command(known.Parties[0].Id, Phone: NewPhone, Reason: reason)))!;
            Assert.That(refused.Errors.Keys, Is.EqualTo(new[] { "reason" }));
        }
    }

    [Test]
    public async Task What_was_wrong_and_has_no_right_value_is_cleared()
    {
        var known = await RegisteredAsync();
        var after = await _city.ActAsync("grid1", known, new CorrectParty.Command(known.Parties[0].Id, Clear: [PartyFact.Phone, PartyFact.IdNumber], Address: "", Reason: "都是别人的"));
        Assert.That((after.Parties[0].Phone, after.Parties[0].IdNumber, after.Parties[0].Address, after.Parties[0].Name), Is.EqualTo(((string?)null, (string?)null, (string?)null, "张三")));
        after = await _city.ActAsync("grid1", known, new CorrectCase.Command(Clear: [DisputeFact.AmountInDispute, DisputeFact.Address], Summary: " ", Reason: "没有金额"));
        Assert.That((after.AmountInDispute, after.Summary, after.Place.Address, after.Title), Is.EqualTo(((decimal?)null, (string?)null, (string?)null, "楼上漏水")));
        Assert.That(await DuplicatesAsync("grid1", after.Id), Is.Empty, "the person is found by the number no more");
    }

    [Test]
    public async Task Duplicates_are_looked_for_with_what_is_on_record_now()
    {
        var known = await RegisteredAsync();
        var other = await RegisteredAsync("拖欠工资", "李四", null, null);
        Assert.That(await DuplicatesAsync("village1", other.Id), Is.Empty);

        await _city.ActAsync("grid1", other, new CorrectParty.Command(other.Parties[0].Id, Phone: OldPhone, Reason: "补电话"));
        Assert.That((await DuplicatesAsync("village1", other.Id)).Select(d => (d.Id, d.Why[0])), Is.EqualTo(new[] { (known.Id, DuplicateReason.Phone) }));

        var added = await _city.ActAsync("grid1", known, new AddParty.Command(PartyRole.Respondent, PartyKind.Person, "赵六", IdNumber: NewId));
        await _city.ActAsync("grid1", known, new WithdrawParty(added.Parties[^1].Id, "无关"));
        var third = await RegisteredAsync("丢了羊", "孙七", NewId, null);
        Assert.That(await DuplicatesAsync("grid1", third.Id), Is.Empty, "a withdrawn party is not compared");
    }

    [Test]
    public async Task A_withdrawn_party_is_in_the_view_and_in_no_document()
    {
        var known = await RegisteredAsync();
        var added = (await _city.ActAsync("grid1", known, new AddParty.Command(PartyRole.Respondent, PartyKind.Person, "赵六"))).Parties[^1].Id;
        var after = await _city.ActAsync("grid1", known, new WithdrawParty(added, "走错门"));
        Assert.That(after.Parties[^1].Withdrawn, Is.EqualTo(new Withdrawal("grid1", _city.Now, "走错门")));
        var intake = await _city.AsAsync("grid1", new GetDocument.Query(known.Id, "intake-form"));
        Assert.That(intake.Texts, Has.None.Contains("赵六").And.Some.Contains("张三"));
        Assert.That((await _city.AsAsync("grid1", new ListCases.Query())).Items.Single().Respondent, Is.Null);
    }

    [Test]
    public async Task Documents_print_the_new_value_and_an_agreement_in_force_keeps_what_was_signed()
    {
        var known = await AgreedAsync(await RegisteredAsync(submit: true), AgreementForm.Oral);
        var before = await PrintedAsync(known.Id, "oral-agreement");
        Assert.That(before, Does.Contain("楼上漏水").And.Contain(OldPhone[..3]).And.Contain("水漏了一地"));

        await _city.ActAsync("grid1", known, new CorrectParty.Command(known.Parties[0].Id, Phone: NewPhone, IdNumber: NewId, Address: NewAddress, Reason: "电话写错"));
        await _city.ActAsync("grid1", known, new CorrectCase.Command(Title: "围墙占道", Summary: "挡住通道", Reason: "听错了"));
        await _city.ActAsync("grid1", known, new AddParty.Command(PartyRole.Respondent, PartyKind.Person, "赵六"));

        Assert.That(await PrintedAsync(known.Id, "oral-agreement"), Is.EqualTo(before));
        Assert.That(await PrintedAsync(known.Id, "intake-form"), Does.Contain("围墙占道").And.Contain("赵六").And.Not.Contain("楼上漏水"));
        var full = await _city.AsAsync("mediator.p1", new UnmaskParties.Command("打印") { CaseId = known.Id });
        Assert.That(await PrintedAsync(known.Id, "oral-agreement", full), Does.Contain(OldPhone).And.Contain(OldId).And.Not.Contain(NewPhone));
        Assert.That(await PrintedAsync(known.Id, "intake-form", full), Does.Contain(NewPhone).And.Not.Contain(OldPhone));
        Assert.That((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);

        var cipher = await _city.Application.NewDb().QueryAsync<string>(Ciphers);
        Assert.That(cipher.Select(_city.Application.Reveal), Is.EqualTo(new[] { OldPhone }), "once, under the same keys as the rest");
    }

    [Test]
    public async Task Another_name_makes_a_new_version_that_the_audit_finds_in_the_journal()
    {
        var known = await AgreedAsync(await RegisteredAsync(submit: true), AgreementForm.Written);
        known = await _city.ActAsync("mediator.p1", known, new SignAgreement(known.Parties[0].Id.ToString(), null));
        known = await _city.ActAsync("grid1", known, new CorrectParty.Command(known.Parties[0].Id, Name: "章珊", Reason: "写错字"));

        Assert.That((known.Agreement!.Version, known.Agreement.Signatures.Count, known.Agreement.Obligations.Count), Is.EqualTo((2, 0, 1)));
        Assert.That(await PrintedAsync(known.Id, "agreement"), Does.Contain("章珊").And.Not.Contain("张三"));
        Assert.That((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);
    }

    [Test]
    public async Task The_place_is_a_unit_of_the_cases_district()
    {
        var known = await RegisteredAsync();
        foreach (var unit in new[] { "990102001001001", "990101001001999", "9901" })
        {
            var refused = Assert.ThrowsAsync<InvalidInput>(() => _city.ActAsync("grid1", known, new CorrectCase.Command(Place: new(new UnitCode(unit), null, null, null), Reason: "x")))!;
            Assert.That(refused.Errors.Keys, Is.EqualTo(new[] { "place.unitCode" }), unit);
        }

        var after = await _city.ActAsync("grid1", known, new CorrectCase.Command(Place: new(new UnitCode("990101001001002"), null, null, null), Reason: "隔壁网格"));
        Assert.That((after.Place.UnitCode.Value, after.Place.UnitName, after.OriginUnitCode.Value), Is.EqualTo(("990101001001002", after.Place.UnitName, "990101001001001")));
        Assert.That(after.Place, Is.EqualTo((await _city.LookAsync("grid1", known.Id)).Place), "the answer names the new place");
    }

    private async Task<string> PrintedAsync(Guid id, string form, UnmaskParties.Result? full = null) =>
        string.Join('\n', (await _city.AsAsync("mediator.p1", new GetDocument.Query(id, form) { InFull = full })).Texts);

    private async Task<IReadOnlyList<Duplicate>> DuplicatesAsync(string user, Guid id) => await _city.AsAsync(user, new GetDuplicates.Query(id));

    private async Task<CaseView> AgreedAsync(CaseView c, AgreementForm form)
    {
        c = await _city.ActAsync("village1", c, new AcceptCase());
        var committee = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        c = await _city.ActAsync("village1", c, new AssignMediation.Command(MediationTrack.Peoples, committee, "mediator.p1", null));
        c = await _city.ActAsync("mediator.p1", c, new StartMediation([.. c.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "当面"))]));
        return await _city.ActAsync("mediator.p1", c, new ReachAgreement(form, "修好水管。", 200m, [new AgreementInput.Promise(c.Parties[0].Id, "修水管", new DateOnly(2026, 3, 10), 200m)]));
    }

    private Task<CaseView> RegisteredAsync(string title = "楼上漏水", string name = "张三", string? idNumber = OldId, string? phone = OldPhone, bool submit = false) => _city.AsAsync("grid1", new RegisterCase.Command
    {
        Title = title,
        Summary = title == "楼上漏水" ? "水漏了一地" : null,
        Category = Category.Neighbours,
        AmountInDispute = 300,
        Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), OldAddress, null, null),
        Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, name, idNumber, phone, Sex.Male, OldAddress)],
        Submit = submit,
    });
}
