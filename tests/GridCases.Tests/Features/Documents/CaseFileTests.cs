using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Documents;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Documents;

/// <summary>The whole file of a case as one zip, and what of it a court may see.</summary>
[OnBothDatabases]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class CaseFileTests(Store store)
{
    private static readonly Sql FindDrawing = new("SELECT ImageSealed FROM AgreementSignature WHERE CaseId = @Id AND ImageSealed IS NOT NULL");
    private static readonly Sql SetDrawing = new("UPDATE AgreementSignature SET ImageSealed = @drawing WHERE CaseId = @Id AND ImageSealed IS NOT NULL");

    private City _city = null!;
    private CaseView _case = null!;
    private int _minute;

    [OneTimeSetUp]
    public async Task SeedAsync()
    {
        _city = await City.NewAsync(store);
        _case = await new RichCase(_city).ClosedAsync();
        _case = await _city.ActAsync("grid1", _case, new CommentOnCase($"补充：{RichCase.Concession}。"));
        _case = await _city.ActAsync("grid1", _case, new CommentOnCase("听说只要当面道歉就肯让步"));
        await AttachAsync("收条/照片.png", AttachmentKind.ProofOfPerformance, concession: false, RichCase.Png);
        await AttachAsync("让步说明.pdf", AttachmentKind.Other, concession: true, Encoding.UTF8.GetBytes($"%PDF-1.4 {RichCase.Concession}"));
        var withdrawn = await AttachAsync("传错的.png", AttachmentKind.Photo, concession: false, RichCase.Png);
        _case = await _city.ActAsync("grid1", _case, new WithdrawAttachment(withdrawn, "传错了"));
        var gone = await AttachAsync("丢失的.png", AttachmentKind.Photo, concession: false, RichCase.Png);
        File.Delete(_city.Application.FileOf(gone));
        await AttachAsync("身份证.png", AttachmentKind.IdentityPaper, concession: false, RichCase.Png);
        _case = await _city.LookAsync("grid1", _case.Id);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _city.DisposeAsync();

    [Test]
    public async Task The_file_holds_the_index_every_form_that_applies_and_the_journal()
    {
        using var zip = await TakeAsync(forCourt: false);
        Assert.That(zip.Entries.Select(e => e.FullName), Is.EqualTo(new[]
        {
            "00 卷内目录.docx", "01 卷宗封面.docx", "02 调解申请书.docx", "03 矛盾纠纷登记表.docx", "04 权利义务告知书.docx", "05 授权委托书.docx", "06 调查笔录.docx",
            "07 调解笔录.docx", "08 调解协议书.docx", "09 司法确认申请书.docx", "10 履行情况记录.docx", "11 通报公安机关函.docx", "12 督办通知书.docx", "13 督办回复.docx",
            "14 回访记录.docx", "15 结案报告.docx", "附件/01 收条_照片.png", "附件/02 让步说明.pdf", "journal.json", "manifest.json", "manifest.txt",
        }));
        foreach (var entry in zip.Entries.Where(e => e.FullName.EndsWith(".docx", StringComparison.Ordinal)))
            DocumentTests.Open(await BytesAsync(entry)).Dispose();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_manifest_names_every_entry_with_its_length_and_hash(bool forCourt)
    {
        using var zip = await TakeAsync(forCourt);
        var manifest = JsonDocument.Parse(await BytesAsync(zip.GetEntry("manifest.json")!)).RootElement;
        Assert.That(manifest.GetProperty("caseNumber").GetString(), Is.EqualTo(_case.Number));
        Assert.That(manifest.GetProperty("version").GetInt32(), Is.EqualTo(_case.Version));
        Assert.That(manifest.GetProperty("madeAt").GetString(), Is.EqualTo("2026-02-02T01:05:00.000Z"));
        Assert.That(manifest.GetProperty("forCourt").GetBoolean(), Is.EqualTo(forCourt));
        var told = manifest.GetProperty("entries").EnumerateArray()
            .Select(e => (e.GetProperty("path").GetString(), e.GetProperty("length").GetInt64(), e.GetProperty("sha256").GetString())).ToList();
        var found = new List<(string?, long, string?)>();
        foreach (var entry in zip.Entries.Where(e => !e.FullName.StartsWith("manifest.", StringComparison.Ordinal)))
        {
            var bytes = await BytesAsync(entry);
            found.Add((entry.FullName, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }

        Assert.That(told, Is.EqualTo(found));
        Assert.That(manifest.GetProperty("missing").EnumerateArray().Select(m => m.GetString()), Is.EqualTo(new[] { forCourt ? "附件/02 丢失的.png" : "附件/03 丢失的.png" }), "a file that is gone is told");
        var readable = Encoding.UTF8.GetString(await BytesAsync(zip.GetEntry("manifest.txt")!));
        Assert.That(found.Select(f => f.Item3), Is.All.Matches<string>(hash => readable.Contains(hash, StringComparison.Ordinal)));
    }

    [Test]
    public async Task The_journal_is_the_one_the_API_gives_and_its_chain_can_be_computed()
    {
        using var zip = await TakeAsync(forCourt: false);
        var text = Encoding.UTF8.GetString(await BytesAsync(zip.GetEntry("journal.json")!));
        Assert.That(text, Is.EqualTo(JsonSerializer.Serialize(await _city.AsAsync("grid1", new GetJournal.Query(_case.Id)), Json.Options)));
        foreach (var line in JsonDocument.Parse(text).RootElement.EnumerateArray())
        {
            var hash = CaseJournal.Hash(line.GetProperty("previousHash").GetString()!, _case.Id, line.GetProperty("sequence").GetInt32(), line.GetProperty("at").GetDateTimeOffset(),
                line.GetProperty("by").GetString()!, line.GetProperty("action").GetString()!, line.GetProperty("dataJson").GetString()!);
            Assert.That(line.GetProperty("hash").GetString(), Is.EqualTo(hash));
        }
    }

    /// <summary>SPC, court-invited mediation, art. 22; online mediation, art. 18.</summary>
    [Test]
    public async Task No_byte_of_a_concession_enters_a_court_packet()
    {
        using var zip = await TakeAsync(forCourt: true);
        var clauses = CourtPacket.QuotesOf(RichCase.Concession).ToList();
        Assert.That(clauses, Has.Count.GreaterThan(1));
        foreach (var entry in zip.Entries)
        {
            foreach (var (name, text) in await TextsAsync(entry))
            {
                foreach (var clause in clauses.Append("当面道歉"))
                    Assert.That(text, Does.Not.Contain(clause), name);
            }
        }

        using var whole = await TakeAsync(forCourt: false);
        Assert.That(string.Concat((await TextsAsync(whole.GetEntry("07 调解笔录.docx")!)).Select(t => t.Text)), Does.Contain(RichCase.Concession), "it is found where it stands");
    }

    [Test]
    public async Task A_court_packet_holds_what_was_said_without_concession_and_nothing_of_the_houses_own()
    {
        using var zip = await TakeAsync(forCourt: true);
        Assert.That(zip.Entries.Select(e => e.FullName), Is.EqualTo(new[]
        {
            "00 卷内目录.docx", "01 卷宗封面.docx", "02 调解申请书.docx", "03 矛盾纠纷登记表.docx", "04 权利义务告知书.docx", "05 授权委托书.docx", "06 调查笔录.docx",
            "07 调解笔录.docx", "08 调解协议书.docx", "09 司法确认申请书.docx", "10 履行情况记录.docx", "附件/01 收条_照片.png", "journal.json", "manifest.json", "manifest.txt",
        }));
        Assert.That(string.Concat((await TextsAsync(zip.GetEntry("07 调解笔录.docx")!)).Select(t => t.Text)), Does.Contain("同意现场丈量。"));
    }

    [Test]
    public async Task The_journal_of_a_court_packet_keeps_the_chain_and_no_sentence()
    {
        using var zip = await TakeAsync(forCourt: true);
        var lines = JsonDocument.Parse(await BytesAsync(zip.GetEntry("journal.json")!)).RootElement.EnumerateArray().ToList();
        var stored = await _city.AsAsync("grid1", new GetJournal.Query(_case.Id));
        Assert.That(lines.Select(l => l.GetProperty("hash").GetString()), Is.EqualTo(stored.Select(s => s.Hash)));
        Assert.That(lines.Select(l => l.GetProperty("previousHash").GetString()), Is.EqualTo(stored.Select(s => s.PreviousHash)));
        Assert.That(lines.Select(l => l.ToString()), Is.All.Not.Matches<string>(l => l.Any(c => c > '\u2E80')));
        Assert.That(lines[0].GetProperty("data").GetProperty("number").GetString(), Is.EqualTo(_case.Number));
    }

    [Test]
    public async Task An_attachment_is_in_the_file_as_it_came_and_in_the_index()
    {
        using var zip = await TakeAsync(forCourt: false);
        Assert.That(await BytesAsync(zip.GetEntry("附件/01 收条_照片.png")!), Is.EqualTo(RichCase.Png));
        var index = string.Concat((await TextsAsync(zip.GetEntry("00 卷内目录.docx")!)).Select(t => t.Text));
        Assert.That(index, Does.Contain("收条/照片.png").And.Not.Contain("传错的"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Copies_of_identity_papers_are_in_the_file_only_if_it_was_made_in_full_for_a_purpose(bool forCourt)
    {
        using (var masked = await TakeAsync(forCourt))
        {
            Assert.That(masked.Entries.Select(e => e.FullName), Has.None.Contains("身份证"));
            var manifest = JsonDocument.Parse(await BytesAsync(masked.GetEntry("manifest.json")!)).RootElement;
            Assert.That(manifest.GetProperty("withheld").EnumerateArray().Select(w => w.GetString()), Is.EqualTo(new[] { forCourt ? "附件/03 身份证.png" : "附件/04 身份证.png" }));
        }

        using var full = await TakeAsync(forCourt, await _city.AsAsync("grid1", new UnmaskParties.Command("提交法院立案") { CaseId = _case.Id }));
        Assert.That(await BytesAsync(full.Entries.Single(e => e.FullName.Contains("身份证"))), Is.EqualTo(RichCase.Png));
        _case = await _city.LookAsync("grid1", _case.Id); // unmasking is on record
    }

    [Test]
    public async Task A_damaged_attachment_and_a_damaged_signature_are_named_and_the_rest_of_the_file_is_there()
    {
        var id = _case.Attachments.Single(a => a.Name == "收条/照片.png").Id;
        var path = _city.Application.FileOf(id);
        var (intact, db) = (await File.ReadAllBytesAsync(path), _city.Application.NewDb());
        var drawing = await db.QuerySingleAsync<byte[]>(FindDrawing, new { _case.Id });
        try
        {
            await File.WriteAllBytesAsync(path, [.. intact[..^1], (byte)(intact[^1] ^ 1)]);
            await db.ExecuteAsync(SetDrawing, new { _case.Id, drawing = drawing[..^1] });

            using var zip = await TakeAsync(forCourt: false);

            var manifest = JsonDocument.Parse(await BytesAsync(zip.GetEntry("manifest.json")!)).RootElement;
            Assert.That(manifest.GetProperty("damaged").EnumerateArray().Select(d => d.GetString()), Is.EqualTo(new[] { $"签名图像 {_case.Parties[0].Name}", "附件/01 收条_照片.png" }));
            Assert.That(zip.Entries.Select(e => e.FullName), Has.None.Contains("收条_照片").And.Member("附件/02 让步说明.pdf").And.Member("manifest.txt"));
            Assert.That(Encoding.UTF8.GetString(await BytesAsync(zip.GetEntry("manifest.txt")!)), Does.Contain("损坏"));
            Assert.That(string.Concat((await TextsAsync(zip.GetEntry("08 调解协议书.docx")!)).Select(t => t.Text)), Does.Contain("签名图像已损坏"));
        }
        finally
        {
            await File.WriteAllBytesAsync(path, intact);
            await db.ExecuteAsync(SetDrawing, new { _case.Id, drawing });
        }
    }

    private async Task<Guid> AttachAsync(string name, AttachmentKind kind, bool concession, byte[] content)
    {
        // One after another: files of one instant have no order.
        _city.At(2, 2, 9, ++_minute);
        var id = Guid.CreateVersion7(_city.Now);
        await using var received = await _city.Application.Attachments.ReceiveAsync(id, new MemoryStream(content), 1_000_000, CancellationToken.None);
        await _city.AsAsync("grid1", new AttachFile.Command
        {
            CaseId = _case.Id,
            Kind = kind,
            Name = name,
            Concession = concession,
            File = new AttachFile.StoredFile(id, "image/png", received.Length, received.Sha256, received.KeyCipher),
        });
        await received.KeepAsync(CancellationToken.None);
        return id;
    }

    private async Task<ZipArchive> TakeAsync(bool forCourt, UnmaskParties.Result? full = null)
    {
        var file = await _city.AsAsync("grid1", new GetCaseFile.Query(_case.Id, forCourt) { InFull = full });
        var stream = new MemoryStream();
        await file.WriteAsync(new ForwardOnly(stream), CancellationToken.None);
        stream.Position = 0;
        return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
    }

    private static async Task<byte[]> BytesAsync(ZipArchiveEntry entry)
    {
        await using var from = await entry.OpenAsync();
        using var bytes = new MemoryStream();
        await from.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>All that an entry says: its own text, or that of each part of a Word file.</summary>
    private static async Task<IReadOnlyList<(string Name, string Text)>> TextsAsync(ZipArchiveEntry entry)
    {
        var bytes = await BytesAsync(entry);
        var texts = new List<(string, string)> { (entry.FullName, Encoding.UTF8.GetString(bytes)) };
        if (entry.FullName.EndsWith(".docx", StringComparison.Ordinal))
        {
            using var word = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            foreach (var part in word.Entries)
                texts.Add(($"{entry.FullName}/{part.FullName}", Encoding.UTF8.GetString(await BytesAsync(part))));
        }

        return texts;
    }

    /// <summary>A response: written from its beginning to its end, and never in the way of a thread.</summary>
    private sealed class ForwardOnly(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => throw new InvalidOperationException("Synchronous.");

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous.");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
