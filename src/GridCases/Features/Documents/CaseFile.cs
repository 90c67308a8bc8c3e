using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GridCases.Attachments;
using GridCases.Domain;
using GridCases.Features.Documents.Forms;
using GridCases.Pipeline;

namespace GridCases.Features.Documents;

/// <summary>
/// A case file ready to be written: index, every form that the record fills, the attachments, the journal, and last a manifest with the length and SHA-256 of each entry,
/// so that anybody can tell later whether one was changed. It is made while it is written; one document is in memory at a time.
/// </summary>
public sealed class CaseFile
{
    private readonly CaseRecord _record;
    private readonly object _journal;
    private readonly AttachmentFolder _folder;

    /// <summary>A file of this record with this journal, its attachments from the folder.</summary>
    internal CaseFile(CaseRecord record, object journal, AttachmentFolder folder) => (_record, _journal, _folder) = (record, journal, folder);

    /// <summary>A name for the download; it names nobody.</summary>
    public string FileName => $"{_record.Case.Number} {(_record.IsForCourt ? "卷宗（提供法院）" : "卷宗")}.zip";

    /// <summary>Writes the zip from its beginning to its end; the stream need not be able to seek.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var waiting = new WaitingStream(stream);
        await using (var zip = await ZipArchive.CreateAsync(waiting, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken))
            await WriteAsync(zip, cancellationToken);
        await waiting.FlushAsync(cancellationToken);
    }

    private async Task WriteAsync(ZipArchive zip, CancellationToken cancellationToken)
    {
        var entries = new List<ManifestEntry>();

        async Task AddAsync(string path, Func<Stream, Task> write)
        {
            var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
            entry.LastWriteTime = _record.Now.ToOffset(LocalTime.Offset);
            await using var content = await entry.OpenAsync(cancellationToken);
            await using var measured = new MeasuringStream(content);
            await write(measured);
            entries.Add(new ManifestEntry(path, measured.Sha256, measured.Length));
        }

        Task AddBytesAsync(string path, byte[] bytes) => AddAsync(path, to => to.WriteAsync(bytes, cancellationToken).AsTask());

        await AddBytesAsync($"00 {DocumentBuilder.NameOf(DocumentForm.Index)}.docx", Word(DocumentForm.Index));
        var number = 0;
        foreach (var form in _record.Forms.Where(f => f is not DocumentForm.Index))
            await AddBytesAsync($"{++number:00} {DocumentBuilder.NameOf(form)}.docx", Word(form));

        var (missing, withheld) = (new List<string>(), new List<string>());
        List<string> damaged = [.. _record.Signatures.Values.Where(s => s.IsDamaged).Select(s => $"签名图像 {Phrases.SignerOf(_record, s.Signer)}")];
        foreach (var (i, attachment) in _record.Attachments.Index())
        {
            var path = PathOf(attachment, i + 1);
            if (attachment.Kind is AttachmentKind.IdentityPaper && !_record.IsRevealed)
            {
                // It shows the number that stands masked everywhere else.
                withheld.Add(path);
                continue;
            }

            // An entry that has been begun cannot be taken back, so the file is read twice.
            if (await _folder.LookAsync(attachment.Id, attachment.SealedKey, attachment.Sha256, cancellationToken) is var state and not StoredFileState.Intact)
            {
                (state is StoredFileState.Missing ? missing : damaged).Add(path);
                continue;
            }

            await using var content = await _folder.OpenAsync(attachment.Id, attachment.SealedKey, cancellationToken);
            await AddAsync(path, to => content.CopyToAsync(to, cancellationToken));
        }

        await AddAsync("journal.json", to => JsonSerializer.SerializeAsync(to, _journal, Json.Options, cancellationToken));

        var manifest = new Manifest(_record.Case.Number, _record.Case.Id, _record.Case.Version, _record.Now, _record.IsForCourt, [.. entries], missing, withheld, damaged);
        await AddBytesAsync("manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest, Json.Options));
        await AddBytesAsync("manifest.txt", Encoding.UTF8.GetBytes(Readable(manifest)));
    }

    /// <summary>Numbered, so that two files of one name do not meet; no part of it is a folder.</summary>
    private static string PathOf(Attachment attachment, int number) =>
        $"附件/{number:00} {string.Concat(attachment.Name.Select(c => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(c) ? '_' : c))}";

    private byte[] Word(DocumentForm form) => WordWriter.Write(DocumentBuilder.Build(form, _record));

    private static string Readable(Manifest manifest)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"卷宗清单\r\n案件编号：{manifest.CaseNumber}\r\n案件版本：{manifest.Version}\r\n制作时间：{ChineseDate.WithTime(manifest.MadeAt)}\r\n");
        if (manifest.ForCourt)
            text.Append("用途：提供给人民法院。不含当事人在调解中所作的让步；流程记录中的文字说明已略去。\r\n");
        text.Append("以下为各文件的 SHA-256 校验值、长度（字节）和名称：\r\n\r\n");
        foreach (var entry in manifest.Entries)
            text.Append(CultureInfo.InvariantCulture, $"{entry.Sha256}  {entry.Length,10}  {entry.Path}\r\n");
        foreach (var path in manifest.Missing)
            text.Append(CultureInfo.InvariantCulture, $"缺失（登记在案，但文件已不在）：{path}\r\n");
        foreach (var path in manifest.Damaged)
            text.Append(CultureInfo.InvariantCulture, $"损坏（登记在案，但内容已无法读取或者与登记时不一致）：{path}\r\n");
        foreach (var path in manifest.Withheld)
            text.Append(CultureInfo.InvariantCulture, $"未放入（身份证件须说明用途后方可取得）：{path}\r\n");
        return text.ToString();
    }

    /// <summary>What <c>manifest.json</c> says. Missing: attachments on record whose file is gone. Withheld: identity papers, unless it was made in full for a purpose. Damaged: what is there and not what was put in.</summary>
    public sealed record Manifest(
        string CaseNumber, Guid CaseId, int Version, DateTimeOffset MadeAt, bool ForCourt, IReadOnlyList<ManifestEntry> Entries, IReadOnlyList<string> Missing, IReadOnlyList<string> Withheld,
        IReadOnlyList<string> Damaged);

    /// <summary>An entry of the zip: its path, the lower-case hex SHA-256 of its content, its length in bytes.</summary>
    public sealed record ManifestEntry(string Path, string Sha256, long Length);
}
