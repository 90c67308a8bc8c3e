using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Documents;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Documents;

/// <summary>Every form is printed from the record, opens in Word and says what was recorded.</summary>
[OnBothDatabases]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class DocumentTests(Store store)
{
    private static readonly Sql FindReads = new("SELECT Kind FROM AuditEntry WHERE CaseId = @id ORDER BY [At], Id");
    private City _city = null!;
    private CaseView _closed = null!, _oral = null!, _declined = null!, _referred = null!;

    [OneTimeSetUp]
    public async Task SeedAsync()
    {
        _city = await City.NewAsync(store);
        var cases = new RichCase(_city);
        _closed = await cases.ClosedAsync();
        _oral = await cases.OralAsync();
        _declined = await cases.DeclinedAsync();
        _referred = await cases.ReferredAsync();
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _city.DisposeAsync();

    [Test]
    public async Task Between_them_the_cases_fill_every_form()
    {
        var printed = new HashSet<string>();
        foreach (var c in new[] { _closed, _oral, _declined, _referred })
            printed.UnionWith((await _city.AsAsync("district1", new ListDocuments.Query(c.Id))).Where(r => r.Available).Select(r => r.Form));
        Assert.That(printed, Is.EquivalentTo(Enum.GetValues<DocumentForm>().Select(DocumentBuilder.KeyOf)));
    }

    [TestCase("cover", "矛盾纠纷调解卷宗", "围墙越界", "张三", "李四", "已化解")]
    [TestCase("index", "卷内目录", "调解协议书", "以上材料共")]
    [TestCase("application", "调解申请书", "申请人：张三，男，证件号码220***********1234", "2026年1月31日", "20,000.05元（人民币贰万元零伍分）")]
    [TestCase("intake-form", "矛盾纠纷登记表", "来访", "139****5678", "示范市东一区******")]
    [TestCase("rights-notice", "权利义务告知书", "不收取任何费用", "同意", "当面同意")]
    [TestCase("power-of-attorney", "授权委托书", "王五", "特别代理")]
    [TestCase("investigation-record", "调查笔录", "测得围墙越界零点三米。", "被申请人李四、村民小组长")]
    [TestCase("mediation-record", "调解笔录", "同意现场丈量。", "线上调解", RichCase.Concession, "不得在诉讼中提出")]
    [TestCase("agreement", "调解协议书", "被申请人拆除越界围墙。", "12,300.00元（人民币壹万贰仟叁佰元整）", "2026年2月12日", "已按指印", "纸质文本已签名", "已盖章", "SHA-256")]
    [TestCase("confirmation-application", "司法确认申请书", "东一区人民法院", "没有恶意串通", "（2026）东一调确字第7号")]
    [TestCase("performance-proof", "履行情况记录", "2026年2月2日已履行", "尚未履行", "现金交付，有收条。")]
    [TestCase("police-notice", "通报函", "第二十五条", "已安排网格长每日走访，分开双方。")]
    [TestCase("supervision-notice", "督办通知书", "黄牌督办", "注意防止激化", "2026年2月7日")]
    [TestCase("supervision-reply", "督办回复", "已安排第二次调解")]
    [TestCase("follow-up-record", "回访记录", "上门", "围墙已拆，双方和好。", "5分")]
    [TestCase("closing-report", "结案报告", "签了协议，赔偿款已付。", "已履行1项", "核查")]
    public async Task A_form_of_a_closed_case_says(string form, params string[] texts) => await SaysAsync(_closed, form, texts);

    [TestCase("oral-agreement", "口头协议登记表", "鸡舍六点前不开门。", "自当事人达成协议之日起生效")]
    public async Task A_form_of_an_oral_agreement_says(string form, params string[] texts) => await SaysAsync(_oral, form, texts);

    [TestCase("decline-notice", "不予受理告知书", "甲、乙：", "法院已经立案。", "可以在诉讼中请求法院调解。", "综治中心")]
    public async Task A_form_of_a_declined_case_says(string form, params string[] texts) => await SaysAsync(_declined, form, texts);

    /// <summary>People's Mediation Law art. 26: the parties are told their other remedies.</summary>
    [TestCase("termination-notice", "终止调解告知书", "责任比例分歧过大。", "申请仲裁", "行政机关", "提起诉讼")]
    [TestCase("referral-letter", "移送函", "东一区人民法院：", "双方要求诉讼解决。", "曾由")]
    public async Task A_form_of_a_case_that_was_referred_says(string form, params string[] texts) => await SaysAsync(_referred, form, texts);

    [Test]
    public async Task Numbers_phones_and_addresses_are_masked_in_every_form()
    {
        foreach (var row in (await _city.AsAsync("grid1", new ListDocuments.Query(_closed.Id))).Where(r => r.Available))
        {
            var document = await _city.AsAsync("grid1", new GetDocument.Query(_closed.Id, row.Form));
            var text = string.Join('\n', document.Texts);
            foreach (var secret in new[] { RichCase.IdNumber, RichCase.Phone, RichCase.Address })
                Assert.That(text, Does.Not.Contain(secret), row.Form);
            Assert.That(document.Footnote is not null, Is.EqualTo(text.Contains("***", StringComparison.Ordinal)), $"{row.Form}: says that it is masked when it is");
        }
    }

    [Test]
    public async Task With_a_purpose_on_record_they_are_printed_in_full()
    {
        var full = await _city.AsAsync("mediator.p1", new UnmaskParties.Command("申请司法确认") { CaseId = _oral.Id });
        Assert.That(full.Parties, Is.Not.Empty);
        full = await _city.AsAsync("grid1", new UnmaskParties.Command("补正登记表") { CaseId = _closed.Id });
        var document = await _city.AsAsync("grid1", new GetDocument.Query(_closed.Id, "intake-form") { InFull = full });
        var text = string.Join('\n', document.Texts);
        Assert.That(text, Does.Contain(RichCase.IdNumber).And.Contain(RichCase.Phone).And.Contain(RichCase.Address).And.Not.Contain("***"));
        Assert.That(document.Footnote, Is.Null);
        Assert.That((await _city.AsAsync("grid1", new GetJournal.Query(_closed.Id)))[^1].Action, Is.EqualTo("Unmask"));
    }

    [Test]
    public async Task A_drawn_signature_is_a_picture_in_the_agreement()
    {
        using var word = Open(await _city.AsAsync("grid1", new GetDocument.Query(_closed.Id, "agreement")));
        var image = word.MainDocumentPart!.ImageParts.Single();
        await using var stream = image.GetStream();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        Assert.That(bytes.ToArray(), Is.EqualTo(RichCase.Png));
    }

    [Test]
    public async Task One_meeting_can_be_printed_alone()
    {
        var held = (await _city.AsAsync("grid1", new ListSessions.Query(_closed.Id))).Sessions;
        var one = await _city.AsAsync("grid1", new GetDocument.Query(_closed.Id, "mediation-record", held.Single(s => s.Concession).Id));
        Assert.That(one.Texts, Has.None.Contains("现场丈量"));
        Assert.That(one.Texts, Has.Some.EqualTo(RichCase.Concession));
    }

    [Test]
    public void A_form_the_record_does_not_fill_is_refused_in_words() =>
        Assert.That(
            async () => await _city.AsAsync("grid1", new GetDocument.Query(_oral.Id, "agreement")),
            Throws.InstanceOf<RuleViolation>().With.Property("Code").EqualTo("DocumentNotInRecord"));

    [TestCase("nothing")]
    [TestCase("Cover")]
    public void A_form_that_does_not_exist_is_not_there(string form) =>
        Assert.That(async () => await _city.AsAsync("grid1", new GetDocument.Query(_closed.Id, form)), Throws.InstanceOf<NotFound>());

    [Test]
    public void Outside_a_cases_scope_there_are_no_documents()
    {
        Assert.That(async () => await _city.AsAsync("grid9", new ListDocuments.Query(_closed.Id)), Throws.InstanceOf<NotFound>());
        Assert.That(async () => await _city.AsAsync("village9", new GetDocument.Query(_closed.Id, "cover")), Throws.InstanceOf<NotFound>());
        Assert.That(async () => await _city.AsAsync("mediator.p9", new GetCaseFile.Query(_closed.Id)), Throws.InstanceOf<NotFound>());
    }

    [Test]
    public async Task Reading_a_document_and_taking_the_file_are_audited()
    {
        ReadKind[] kinds = [ReadKind.ReadDocument, ReadKind.DownloadCaseFile, ReadKind.DownloadCourtPacket];
        var before = await _city.Application.NewDb().QueryAsync<ReadKind>(FindReads, new { id = _declined.Id });
        await _city.AsAsync("grid1", new GetDocument.Query(_declined.Id, "cover"));
        await _city.AsAsync("grid1", new GetCaseFile.Query(_declined.Id));
        await _city.AsAsync("grid1", new GetCaseFile.Query(_declined.Id, ForCourt: true));
        var reads = await _city.Application.NewDb().QueryAsync<ReadKind>(FindReads, new { id = _declined.Id });
        Assert.That(kinds.Select(k => reads.Count(r => r == k) - before.Count(r => r == k)), Is.EqualTo(new[] { 1, 1, 1 }));
    }

    [Test]
    public async Task Documents_are_Chinese_whatever_the_readers_language()
    {
        var (before, chinese) = (CultureInfo.CurrentUICulture, await TextAsync());
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            Assert.That(await TextAsync(), Is.EqualTo(chinese));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        async Task<string> TextAsync() => string.Join('\n', (await _city.AsAsync("grid1", new GetDocument.Query(_closed.Id, "closing-report"))).Texts);
    }

    [Test]
    public void Characters_that_a_file_cannot_hold_are_left_out()
    {
        var document = new CaseDocument(DocumentForm.Cover, "题", null, [new Block.Paragraph("前\u0001后\uD800、\uFFFE末")]);
        using var word = Open(document);
        Assert.That(word.MainDocumentPart!.Document.Body!.InnerText, Does.Contain("前后、末"));
    }

    /// <summary>The Word file of a document; it must be valid.</summary>
    internal static WordprocessingDocument Open(CaseDocument document) => Open(WordWriter.Write(document));

    /// <summary>A Word file from its bytes; it must be valid.</summary>
    internal static WordprocessingDocument Open(byte[] file)
    {
        var word = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}").ToList();
        Assert.That(errors, Is.Empty);
        return word;
    }

    private async Task SaysAsync(CaseView c, string form, string[] texts)
    {
        var document = await _city.AsAsync("district1", new GetDocument.Query(c.Id, form));
        using var word = Open(document);
        var main = word.MainDocumentPart!;
        var text = string.Join('\n', main.Document.Body!.Descendants<Paragraph>().Select(p => p.InnerText));
        using var all = Assert.EnterMultipleScope();
        foreach (var expected in texts)
            Assert.That(text, Does.Contain(expected));
        Assert.That(text, Does.Contain(c.Number));
        Assert.That(text, Does.Not.Contain("  ").And.Not.Contain("，。").And.Not.Contain("。。"));
        Assert.That(main.Document.Body!.Descendants<PageSize>().Single().Width!.Value, Is.EqualTo(11906), "A4");
        Assert.That(main.FooterParts.Single().Footer.Descendants<SimpleField>().Select(f => f.Instruction!.Value!.Trim()), Is.EqualTo(new[] { "PAGE", "NUMPAGES" }));
        Assert.That(main.FontTablePart!.Fonts!.Elements<Font>().Select(f => f.Name!.Value), Does.Contain("仿宋").And.Contain("宋体"));
    }
}
