using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Jobs;
using GridCases.Security;
using GridCases.Tests.Attachments;
using GridCases.Tests.Data;
using GridCases.Tests.Security;
using Microsoft.Extensions.Options;

namespace GridCases.Tests.Features.Audit;

/// <summary>Somebody with the disk, or with the database's password, changes what was put into a case.</summary>
[OnBothDatabases]
public class VerifyAttachmentTests(Store store)
{
    private static readonly Sql ChangeHash = new("UPDATE CaseAttachment SET Sha256 = REPLACE(Sha256, SUBSTRING(Sha256, 1, 1), 'x') WHERE Id = @id");
    private static readonly Sql ChangeKind = new("UPDATE CaseAttachment SET Kind = 'Other' WHERE Id = @id");
    private static readonly Sql ChangeKey = new("UPDATE CaseAttachment SET KeyCipher = 'k1:AAAA' WHERE Id = @id");
    private static readonly Sql Withdraw = new("UPDATE CaseAttachment SET WithdrawnBy = 'x', WithdrawnAt = @now, WithdrawnReason = 'x' WHERE Id = @id");
    private static readonly Sql Remove = new("DELETE FROM CaseAttachment WHERE Id = @id");
    private static readonly Sql KeyOf = new("SELECT KeyCipher FROM CaseAttachment WHERE Id = @id");

    private City _city = null!;
    private CaseView _case = null!;
    private Guid _file;

    private string FilePath => Path.Combine(_city.Application.Folder, "attachments", _file.ToString());

    [SetUp]
    public async Task A_case_with_a_file()
    {
        _city = await City.NewAsync(store);
        _case = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
        await using var received = await Folder().ReceiveAsync(Guid.CreateVersion7(_city.Now), new MemoryStream(Files.Png), 1024, CancellationToken.None);
        _file = received.Id;
        _case = await _city.AsAsync("village1", new AttachFile.Command
        {
            CaseId = _case.Id,
            Kind = AttachmentKind.Photo,
            Name = "a.png",
            File = new AttachFile.StoredFile(received.Id, received.Type!.MediaType, received.Length, received.Sha256, received.KeyCipher),
        });
        await received.KeepAsync(CancellationToken.None);
    }

    [TearDown]
    public async Task Leave() => await _city.DisposeAsync();

    [Test]
    public async Task An_untouched_file_has_no_findings()
    {
        var result = await _city.Application.SendAsync(new VerifyAudit.Query());

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Files, Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_of_which_any_byte_was_changed_is_named()
    {
        var stored = await File.ReadAllBytesAsync(FilePath);
        foreach (var at in new[] { 0, 10, stored.Length - 1 })
        {
            stored[at] ^= 1;
            await File.WriteAllBytesAsync(FilePath, stored);
            await FoundAsync(VerifyAudit.Fault.FileChanged);
            stored[at] ^= 1;
        }

        await File.WriteAllBytesAsync(FilePath, stored[..20]);
        await FoundAsync(VerifyAudit.Fault.FileChanged);
    }

    [Test]
    public async Task A_file_that_is_gone_is_named()
    {
        File.Delete(FilePath);

        await FoundAsync(VerifyAudit.Fault.FileMissing);
    }

    [Test]
    public async Task A_row_that_says_something_else_than_the_journal_is_named()
    {
        await ChangeAsync(ChangeKind);

        await FoundAsync(VerifyAudit.Fault.Changed);
    }

    [Test]
    public async Task Another_hash_is_named()
    {
        await ChangeAsync(ChangeHash);

        await FoundAsync(VerifyAudit.Fault.Changed);
    }

    [Test]
    public async Task A_key_that_opens_nothing_is_named()
    {
        await ChangeAsync(ChangeKey);

        await FoundAsync(VerifyAudit.Fault.FileChanged);
    }

    [Test]
    public async Task A_withdrawal_nobody_wrote_down_is_named()
    {
        await ChangeAsync(Withdraw);

        await FoundAsync(VerifyAudit.Fault.Changed);
    }

    [Test]
    public async Task A_row_that_was_removed_is_missed()
    {
        await ChangeAsync(Remove);

        await FoundAsync(VerifyAudit.Fault.Missing);
    }

    [Test]
    public async Task After_a_change_of_keys_the_files_key_lies_under_the_new_one_and_the_file_is_untouched()
    {
        var before = await File.ReadAllBytesAsync(FilePath);
        var store = new PersonalDataKeyStore(new DatabaseOptions { Folder = _city.Application.Folder });
        store.Save(Keys.With(store.Load(), "k2"));
        await using var restarted = await _city.Application.RestartedAsync();

        await restarted.SendAsync(new ReencryptPersonalData.Command());

        Assert.That(await restarted.NewDb().QuerySingleAsync<string>(KeyOf, new { id = _file }), Does.StartWith("k2:"));
        Assert.That(await File.ReadAllBytesAsync(FilePath), Is.EqualTo(before));
        Assert.That((await restarted.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);
    }

    private AttachmentFolder Folder()
    {
        var options = new DatabaseOptions { Folder = _city.Application.Folder };
        return new AttachmentFolder(new FolderStore(options, Options.Create(new AttachmentSettings())), new PersonalData(new PersonalDataKeyStore(options)));
    }

    private async Task ChangeAsync(Sql change) => Assert.That(await _city.Application.NewDb().ExecuteAsync(change, new { id = _file, now = _city.Now }), Is.EqualTo(1));

    private async Task FoundAsync(VerifyAudit.Fault what)
    {
        var result = await _city.Application.SendAsync(new VerifyAudit.Query());

        Assert.That(result.Findings, Is.EqualTo(new[] { new VerifyAudit.Finding(_case.Number, "CaseAttachment", _file.ToString(), what) }));
    }
}
