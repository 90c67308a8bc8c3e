using GridCases.Data;
using GridCases.Features.Audit;
using GridCases.Features.Backups;
using GridCases.Features.Cases;
using GridCases.Security;
using GridCases.Tests.Attachments;
using GridCases.Tests.Data;
using GridCases.Tests.Security;

namespace GridCases.Tests.Features.Backups;

/// <summary>What a backup of the embedded database is good for, and what is never taken for one.</summary>
public sealed class BackupTests
{
    private City _city = null!;
    private CaseView _case = null!;
    private Guid _file;
    private string _place = "";

    private string Backup => Path.Combine(_place, "backup");

    private string Target => Path.Combine(_place, "data");

    [SetUp]
    public async Task A_city_with_a_case_and_a_file()
    {
        _place = Directory.CreateTempSubdirectory("gridcases-").FullName;
        _city = await City.NewAsync();
        _case = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
        _file = await _city.AttachAsync("village1", _case.Id, Files.Png);
    }

    [TearDown]
    public async Task Remove()
    {
        await _city.DisposeAsync();
        Directory.Delete(_place, recursive: true);
    }

    [Test]
    public async Task A_backup_restored_into_an_empty_folder_is_the_same_city()
    {
        var made = await BackUpAsync(withKeys: true);
        await _city.SubmittedAsync(); // after it

        var restored = await RestoreAsync();

        Assert.That((restored.Faults, restored.Keys), Is.EqualTo((Array.Empty<string>(), BackupRestore.KeyFit.Fit)));
        Assert.That(made.Files.Select(f => f.Path), Is.SupersetOf(new[] { "gridcases.db", $"attachments/{_file}", "keys/personal-data.json" }));
        await using var application = await StartedApplication.OnFolderAsync(Target, _city.Now);
        var audit = await application.SendAsync(new VerifyAudit.Query());
        Assert.That((audit.Cases, audit.Files, audit.Faults), Is.EqualTo((1, 1L, 0L)));
        Assert.That((await application.SendAsync(new GetCase.Query(_case.Id), await _city.PersonAsync("village1"))).Version, Is.EqualTo((await _city.LookAsync("village1", _case.Id)).Version));
    }

    [Test]
    public async Task The_keys_are_not_in_it_unless_asked_for_and_a_restore_says_which_keys_do_not_fit()
    {
        var made = await BackUpAsync();
        Assert.That(made.Files.Select(f => f.Path), Has.None.StartsWith("keys"));
        Assert.That(Directory.Exists(Path.Combine(Backup, "keys")), Is.False);

        Assert.That((await RestoreAsync()).Keys, Is.EqualTo(BackupRestore.KeyFit.None));

        Directory.Delete(Target, recursive: true);
        new PersonalDataKeyStore(new DatabaseOptions { Folder = Target }).Save(PersonalDataKeys.Create());
        Assert.That((await RestoreAsync()).Keys, Is.EqualTo(BackupRestore.KeyFit.Others));
        Assert.That(() => StartedApplication.OnFolderAsync(Target, _city.Now), Throws.TypeOf<PersonalDataKeyLost>());

        Directory.Delete(Target, recursive: true);
        var own = new PersonalDataKeyStore(new DatabaseOptions { Folder = _city.Application.Folder });
        new PersonalDataKeyStore(new DatabaseOptions { Folder = Target }).Save(Keys.With(own.Load(), "k2"));
        Assert.That((await RestoreAsync()).Keys, Is.EqualTo(BackupRestore.KeyFit.Fit), "a key that was added later does no harm");
    }

    [Test]
    public async Task Every_changed_byte_and_every_missing_file_is_named_and_nothing_is_restored()
    {
        await BackUpAsync();
        foreach (var path in new[] { "gridcases.db", $"attachments/{_file}" })
        {
            var file = Path.Combine(Backup, path);
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
            Assert.That((await RestoreAsync()).Faults, Is.EqualTo(new[] { $"{path}: not what was backed up" }));
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }

        File.Delete(Path.Combine(Backup, "attachments", _file.ToString()));
        Assert.That((await RestoreAsync()).Faults, Is.EqualTo(new[] { $"attachments/{_file}: missing" }));
        Assert.That(DataFolder.HoldsDatabase(Target), Is.False);
    }

    [Test]
    public async Task What_broke_off_is_no_backup()
    {
        await BackUpAsync();
        File.Move(Path.Combine(Backup, BackupManifest.Name), Path.Combine(Backup, "elsewhere.json"));

        Assert.That(RestoreAsync, Throws.TypeOf<BackupRefused>().With.Message.Contains("no whole backup"));
    }

    [Test]
    public async Task A_backup_that_is_cancelled_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        var command = new MakeBackup.Command(Backup, false) { Progress = new Cancelling(cancelled) };

        Assert.That(() => _city.Application.SendAsync(command, cancellationToken: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFileSystemEntries(_place), Is.Empty);
        await BackUpAsync();
    }

    [Test]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        Directory.CreateDirectory(Backup);
        await File.WriteAllTextAsync(Path.Combine(Backup, "mine.txt"), "mine");
        Assert.That(() => BackUpAsync(), Throws.TypeOf<BackupRefused>().With.Message.Contains("not empty"));

        File.Delete(Path.Combine(Backup, "mine.txt"));
        await BackUpAsync();
        Assert.That(() => BackUpAsync(), Throws.TypeOf<BackupRefused>(), "a backup is not overwritten either");
    }

    [Test]
    public async Task A_backup_that_is_under_way_or_broke_off_is_not_mixed_with_another()
    {
        Directory.CreateDirectory(Backup + BackupManifest.PartEnding);

        Assert.That(() => BackUpAsync(), Throws.TypeOf<BackupRefused>().With.Message.Contains("broke off"));
        await Task.CompletedTask;
    }

    [TestCase("gridcases.db")]
    [TestCase("gridcases.db-wal")]
    public async Task A_folder_that_holds_a_database_or_the_log_of_one_is_not_restored_into(string file)
    {
        await BackUpAsync();
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, file), "");

        Assert.That(RestoreAsync, Throws.TypeOf<BackupRefused>().With.Message.Contains("There is a database"));
    }

    [Test]
    public async Task A_folder_on_which_a_server_works_is_not_restored_into()
    {
        await BackUpAsync();
        using var server = new FolderLock(new DatabaseOptions { Folder = Target }, TimeProvider.System);
        server.Take();

        Assert.That(RestoreAsync, Throws.TypeOf<FolderInUse>().With.Message.Contains($"process {Environment.ProcessId} on {Environment.MachineName}"));
    }

    [Test]
    public async Task A_manifest_writes_nowhere_but_into_the_data_folder()
    {
        await BackUpAsync();
        var manifest = Path.Combine(Backup, BackupManifest.Name);
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace($"attachments/{_file}", "attachments/../../elsewhere", StringComparison.Ordinal));

        Assert.That(RestoreAsync, Throws.TypeOf<BackupRefused>().With.Message.Contains("damaged"));
    }

    [Test]
    public async Task An_attachment_that_is_not_there_any_more_is_named_and_the_backup_is_whole_all_the_same()
    {
        File.Delete(_city.Application.FileOf(_file));

        Assert.That((await BackUpAsync()).Missing, Is.EqualTo(new[] { _file }));
        Assert.That((await RestoreAsync()).Faults, Is.Empty);
    }

    [Test]
    public async Task A_file_that_has_not_got_its_name_yet_is_backed_up_under_it()
    {
        var path = _city.Application.FileOf(_file);
        File.Move(path, path + ".part");

        Assert.That((await BackUpAsync(withKeys: true)).Missing, Is.Empty);
        await RestoreAsync();
        await using var application = await StartedApplication.OnFolderAsync(Target, _city.Now);
        Assert.That((await application.SendAsync(new VerifyAudit.Query())).Faults, Is.Zero);
    }

    [Test]
    public async Task Nobody_else_reads_a_backup()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("On Windows files inherit the access list of the folder above.");
        await BackUpAsync(withKeys: true);
        await RestoreAsync();

        Modes.DemandClosed(Backup);
        Modes.DemandClosed(Target);
    }

    private Task<BackupManifest> BackUpAsync(bool withKeys = false) => _city.Application.SendAsync(new MakeBackup.Command(Backup, withKeys));

    private async Task<BackupRestore.Result> RestoreAsync()
    {
        var options = new DatabaseOptions { Folder = Target };
        using var folderLock = new FolderLock(options, TimeProvider.System);
        return await new BackupRestore(options, folderLock, new PersonalDataKeyStore(options)).RunAsync(Backup, null, CancellationToken.None);
    }

    /// <summary>Somebody stops it when it tells of its first step.</summary>
    private sealed class Cancelling(CancellationTokenSource source) : IProgress<string>
    {
        public void Report(string value) => source.Cancel();
    }
}

/// <summary>Beside a SQL Server: its database is backed up by its own means, the attachments after it. They may be newer or older than the database then.</summary>
[OnBothDatabases]
public sealed class AttachmentsAndDatabaseTests(Store store)
{
    private City _city = null!;
    private Guid _caseId;
    private string _backup = "";

    [SetUp]
    public async Task A_city_with_a_case()
    {
        _backup = Path.Combine(Directory.CreateTempSubdirectory("gridcases-").FullName, "backup");
        _city = await City.NewAsync(store);
        _caseId = (await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase())).Id;
    }

    [TearDown]
    public async Task Remove()
    {
        await _city.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_backup)!, recursive: true);
    }

    [Test]
    public async Task Attachments_newer_than_the_database_do_no_harm()
    {
        await _city.AttachAsync("village1", _caseId, Files.Png);
        var surplus = _city.Application.FileOf(Guid.CreateVersion7(_city.Now));
        await File.WriteAllBytesAsync(surplus, Files.Png);

        Assert.That((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);
    }

    [Test]
    public async Task Attachments_older_than_the_database_are_missed_one_by_one_until_they_are_restored()
    {
        var files = new[] { await _city.AttachAsync("village1", _caseId, Files.Png), await _city.AttachAsync("village1", _caseId, Files.Pdf) };
        var made = await _city.Application.SendAsync(new MakeBackup.Command(_backup, false));
        Assert.That(made.HoldsDatabase, Is.EqualTo(store is Store.Sqlite));
        foreach (var file in files)
            File.Delete(_city.Application.FileOf(file));

        var missed = await _city.Application.SendAsync(new VerifyAudit.Query());
        Assert.That(missed.Findings.Select(f => (f.Row, f.What)), Is.EquivalentTo(files.Select(f => (f.ToString(), VerifyAudit.Fault.FileMissing))));

        foreach (var file in files)
            File.Copy(Path.Combine(_backup, "attachments", file.ToString()), _city.Application.FileOf(file));
        Assert.That((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);
    }

    [Test]
    public async Task The_restore_beside_a_SQL_Server_brings_the_attachments_back_and_the_keys_are_compared()
    {
        if (store is Store.Sqlite)
            Assert.Ignore("An embedded database is restored with them: see BackupTests.");
        var file = await _city.AttachAsync("village1", _caseId, Files.Png);
        await _city.Application.SendAsync(new MakeBackup.Command(_backup, false));
        File.Delete(_city.Application.FileOf(file));
        var options = new DatabaseOptions { Folder = _city.Application.Folder, SqlServer = "not asked" };

        var restored = await new BackupRestore(options, new FolderLock(options, TimeProvider.System), new PersonalDataKeyStore(options)).RunAsync(_backup, null, CancellationToken.None);

        Assert.That(restored.Keys, Is.EqualTo(BackupRestore.KeyFit.Fit));
        Assert.That((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);
        var embedded = new DatabaseOptions { Folder = _city.Application.Folder };
        Assert.That(() => new BackupRestore(embedded, new FolderLock(embedded, TimeProvider.System), new PersonalDataKeyStore(embedded)).RunAsync(_backup, null, CancellationToken.None),
            Throws.TypeOf<BackupRefused>().With.Message.Contains("holds no database"));
    }
}
