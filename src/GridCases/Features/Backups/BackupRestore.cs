using GridCases.Data;
using GridCases.Security;

namespace GridCases.Features.Backups;

/// <summary>
/// Puts a backup into the data folder. All of it is compared with its manifest first; the database comes last, so that a restore that breaks off leaves none, and can be repeated.
/// </summary>
public sealed class BackupRestore(DatabaseOptions options, FolderLock folderLock, PersonalDataKeyStore keys)
{
    private const string DraftEnding = ".restoring";

    /// <summary>What was restored.</summary>
    /// <param name="Manifest">Of the backup.</param>
    /// <param name="Faults">Files that are not what the manifest says; with one of them nothing is restored.</param>
    /// <param name="Keys">How the keys at hand fit; null when nothing was restored.</param>
    public sealed record Result(BackupManifest Manifest, IReadOnlyList<string> Faults, KeyFit? Keys);

    /// <summary>Whether the personal data of a backup can be read with the keys at hand.</summary>
    public enum KeyFit
    {
        /// <summary>Yes.</summary>
        Fit,

        /// <summary>There are no keys.</summary>
        None,

        /// <summary>They are others, or one is missing.</summary>
        Others,
    }

    /// <summary>Restores a backup.</summary>
    /// <param name="backup">Its folder.</param>
    /// <param name="progress">Is told in words how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackupRefused">It is no whole backup, newer than this program, or there is a database already.</exception>
    /// <exception cref="FolderInUse">A server works on the data folder.</exception>
    public async Task<Result> RunAsync(string backup, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var manifest = BackupManifest.Read(backup);
        Demand(manifest);
        folderLock.Take();
        if (!options.IsSqlServer && DataFolder.HoldsDatabase(options.Folder))
            throw new BackupRefused($"There is a database in {options.Folder} (GRIDCASES_DATA). Restore into an empty folder, or move that one away.");

        progress?.Report($"checking {manifest.Files.Count:N0} files");
        var faults = new List<string>();
        foreach (var file in manifest.Files)
        {
            if (!File.Exists(file.In(backup)))
                faults.Add($"{file.Path}: missing");
            else if (await BackupFile.MeasureAsync(file.Path, file.In(backup), cancellationToken) != file)
                faults.Add($"{file.Path}: not what was backed up");
        }

        if (faults.Count > 0)
            return new Result(manifest, faults, null);

        var done = 0;
        foreach (var file in manifest.Files.OrderBy(f => f.Path == DataFolder.DatabaseFile))
        {
            await RestoreAsync(file, backup, cancellationToken);
            if (++done % 500 == 0)
                progress?.Report($"restored {done:N0} of {manifest.Files.Count:N0} files");
        }

        return new Result(manifest, [], FitOf(manifest));
    }

    private void Demand(BackupManifest manifest)
    {
        if (manifest.HoldsDatabase == options.IsSqlServer)
        {
            throw new BackupRefused(options.IsSqlServer
                ? "This backup holds an embedded database, and the settings name a SQL Server (ConnectionStrings:GridCases)."
                : "This backup was made beside a SQL Server and holds no database: restore that first, and name it in ConnectionStrings:GridCases.");
        }

        if (string.CompareOrdinal(manifest.Schema, Migrator.Embedded(options.IsSqlServer ? SqlServerDialect.Instance : SqliteDialect.Instance)[^1].Name) > 0)
            throw new BackupRefused($"This backup was made by a newer program ({manifest.Program}, migration {manifest.Schema}): restore it with that one.");
    }

    private async Task RestoreAsync(BackupFile file, string backup, CancellationToken cancellationToken)
    {
        var target = file.In(options.Folder);

        // Keys that are there already may be newer than those in the backup.
        if (file.Path.StartsWith(DataFolder.Keys + '/', StringComparison.Ordinal) && File.Exists(target))
            return;
        PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
        var draft = target + DraftEnding;
        File.Delete(draft);
        await using var source = BackupFile.Read(file.In(backup));
        if (await BackupFile.CopyAsync(file.Path, source, draft, cancellationToken) != file)
            throw new BackupRefused($"{file.Path} changed while it was restored. Nothing can be said of what has been restored: empty {options.Folder} and try again.");
        File.Move(draft, target, overwrite: true);
    }

    private KeyFit FitOf(BackupManifest manifest) => keys.TryLoad() switch
    {
        null => manifest.Keys.Count == 0 ? KeyFit.Fit : KeyFit.None,
        var found => manifest.Keys.All(k => PersonalDataKeyCheck.Fits(found, k.KeyId, k.CheckValue)) ? KeyFit.Fit : KeyFit.Others,
    };
}
