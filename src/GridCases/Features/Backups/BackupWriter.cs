using GridCases.Attachments;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Features.Backups;

/// <summary>
/// Writes a backup beside a running server. The database goes first, as of one moment, and the attachments that it has on record after it: they are on the disk before
/// their row is committed and never change, so that every row finds its file. Until it is whole it is called <c>name.part</c>.
/// </summary>
/// <remarks>The database of a SQL Server is backed up by its own means; the backup made here, after that, holds the attachments.</remarks>
public sealed class BackupWriter(
    Database database, DatabaseOptions options, Db db, AttachmentFolder attachments, PersonalDataKeyStore keys, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time)
{
    private const int PageSize = 500;

    private static readonly Sql LastSchema = new("SELECT MAX(Name) FROM SchemaScript");
    private static readonly Sql AllKeys = new("SELECT KeyId, CheckValue FROM PersonalDataKey ORDER BY KeyId");
    private static readonly Sql NextAttachments = new("SELECT Id FROM CaseAttachment WHERE Id > @after ORDER BY Id {page}");
    private static readonly Sql NextImports = new("SELECT Id FROM CityImport WHERE Id > @after ORDER BY Id {page}");

    /// <summary>Writes a backup.</summary>
    /// <param name="folder">Its folder, which is not there or empty.</param>
    /// <param name="withKeys">Whether the keys go with it; whoever has both can read everything.</param>
    /// <param name="progress">Is told in words how far it is.</param>
    /// <param name="cancellationToken">Ends it; nothing is left of it then.</param>
    /// <exception cref="BackupRefused">There is something in the folder, or nothing to back up.</exception>
    public async Task<BackupManifest> WriteAsync(string folder, bool withKeys, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var part = folder + BackupManifest.PartEnding;
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new BackupRefused($"{folder} is there and not empty. Name a folder that is not there yet.");
        if (Path.Exists(part))
            throw new BackupRefused($"{part} is there: a backup that broke off, or one that is being made. Remove it if nobody is at it.");
        if (!options.IsSqlServer && !File.Exists(Path.Combine(options.Folder, DataFolder.DatabaseFile)))
            throw new BackupRefused($"There is no database in {options.Folder} (GRIDCASES_DATA).");
        PrivateFiles.CreateFolder(part);
        try
        {
            var manifest = await FillAsync(part, withKeys, progress, cancellationToken);
            await manifest.WriteAsync(part, cancellationToken);
            if (Directory.Exists(folder))
                Directory.Delete(folder);
            Directory.Move(part, folder);
            return manifest;
        }
        catch
        {
            Directory.Delete(part, recursive: true);
            throw;
        }
    }

    private async Task<BackupManifest> FillAsync(string part, bool withKeys, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var madeAt = time.GetUtcNow();
        if (options.IsSqlServer)
            return await FillAsync(db, part, madeAt, [], withKeys, progress, cancellationToken);

        var copy = Path.Combine(part, DataFolder.DatabaseFile);
        PrivateFiles.Create(copy).Dispose();
        await SqliteCopy.WriteAsync(database, copy, progress is null ? null : new Percent(progress), cancellationToken);
        BackupManifest manifest;
        using (var copied = new Database(options with { Folder = part }))
        {
            await using var of = new Db(copied);
            manifest = await FillAsync(of, part, madeAt, [await BackupFile.MeasureAsync(DataFolder.DatabaseFile, copy, cancellationToken)], withKeys, progress, cancellationToken);
        }

        return manifest;
    }

    /// <summary>Adds what the database has on record.</summary>
    private async Task<BackupManifest> FillAsync(
        Db of, string part, DateTimeOffset madeAt, List<BackupFile> files, bool withKeys, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var known = await of.QueryAsync<KeyRow>(AllKeys, null, cancellationToken);
        var schema = await of.QuerySingleAsync<string>(LastSchema, null, cancellationToken);
        var missing = new List<Guid>();
        PrivateFiles.CreateFolder(Path.Combine(part, DataFolder.Attachments));
        await foreach (var id in IdsAsync(of, NextAttachments, cancellationToken))
        {
            if (await CopyAsync(id, part, cancellationToken) is { } file)
                files.Add(file);
            else
                missing.Add(id);
            if (files.Count % PageSize == 0)
                progress?.Report($"attachments: {files.Count:N0}");
        }

        // The file of an import that is over may go at any time.
        await foreach (var id in IdsAsync(of, NextImports, cancellationToken))
        {
            if (await CopyAsync(id, part, cancellationToken) is { } file)
                files.Add(file);
        }

        if (withKeys)
            files.AddRange(await CopyKeysAsync(part, cancellationToken));
        return new BackupManifest(madeAt, BackupManifest.ThisProgram, schema, [.. known.Select(k => new BackupKey(k.KeyId, k.CheckValue))], files, missing);
    }

    private static async IAsyncEnumerable<Guid> IdsAsync(Db of, Sql next, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = Guid.Empty; ;)
        {
            var ids = await of.QueryAsync<Guid>(next, new { after, limit = PageSize }, cancellationToken);
            foreach (var id in ids)
                yield return id;
            if (ids.Count < PageSize)
                yield break;
            after = ids[^1];
        }
    }

    /// <summary>Copies a file under the name it has, or will have; null when it is not there.</summary>
    private async Task<BackupFile?> CopyAsync(Guid id, string part, CancellationToken cancellationToken)
    {
        var path = $"{DataFolder.Attachments}/{id}";

        try
        {
            await using var sealedFile = await attachments.OpenSealedAsync(id, cancellationToken);
            return await BackupFile.CopyAsync(path, sealedFile, Path.Combine(part, DataFolder.Attachments, id.ToString()), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private async Task<List<BackupFile>> CopyKeysAsync(string part, CancellationToken cancellationToken)
    {
        var target = DataFolder.SignInKeys(part);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
        PrivateFiles.CreateFolder(target);
        var copied = new List<BackupFile>();
        if (keys.TryLoad() is { } personal)
        {
            var file = new PersonalDataKeyStore(options with { Folder = part, PersonalDataKeys = null });
            file.Save(personal);
            copied.Add(await BackupFile.MeasureAsync($"{DataFolder.Keys}/{Path.GetFileName(file.Path)}", file.Path, cancellationToken));
        }

        var signIn = new DirectoryInfo(DataFolder.SignInKeys(options.Folder));
        foreach (var file in signIn.Exists ? signIn.EnumerateFiles("*.xml") : [])
        {
            await using var key = BackupFile.Read(file.FullName);
            copied.Add(await BackupFile.CopyAsync($"{DataFolder.Keys}/{signIn.Name}/{file.Name}", key, Path.Combine(target, file.Name), cancellationToken));
        }

        return copied;
    }

    private sealed class Percent(IProgress<string> told) : IProgress<double>
    {
        private int _last = -1;

        public void Report(double value)
        {
            var tenth = (int)(value * 10);
            if (tenth == _last)
                return;
            _last = tenth;
            told.Report($"database: {tenth * 10} %");
        }
    }

    private sealed record KeyRow
    {
        public string KeyId { get; init; } = "";
        public string CheckValue { get; init; } = "";
    }
}
