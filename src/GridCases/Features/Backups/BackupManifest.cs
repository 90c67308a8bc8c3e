using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Pipeline;

namespace GridCases.Features.Backups;

/// <summary>What <c>manifest.json</c> of a backup says. It is written last: a folder without it is no backup.</summary>
/// <param name="MadeAt">The instant as of which the database was copied, or from which the attachments were.</param>
/// <param name="Program">Version of the program that made it.</param>
/// <param name="Schema">The last migration of its database.</param>
/// <param name="Keys">Which keys its personal data lie under, with what tells whether a key is the right one.</param>
/// <param name="Files">Everything else in it.</param>
/// <param name="Missing">Attachments on record that were not there to be copied.</param>
public sealed partial record BackupManifest(
    DateTimeOffset MadeAt, string Program, string Schema, IReadOnlyList<BackupKey> Keys, IReadOnlyList<BackupFile> Files, IReadOnlyList<Guid> Missing)
{
    /// <summary>The manifest's own file.</summary>
    public const string Name = "manifest.json";

    /// <summary>How the folder of a backup ends that is being made, or broke off.</summary>
    public const string PartEnding = ".part";

    /// <summary>Version of this program.</summary>
    public static string ThisProgram { get; } = typeof(BackupManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Bytes of all its files.</summary>
    [JsonIgnore]
    public long Bytes => Files.Sum(f => f.Length);

    /// <summary>Whether it holds the embedded database; one made beside a SQL Server does not.</summary>
    [JsonIgnore]
    public bool HoldsDatabase => Files.Any(f => f.Path == DataFolder.DatabaseFile);

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="BackupRefused">It is no backup, not a whole one, or its manifest is damaged.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            throw new BackupRefused($"{folder} is no whole backup: it has no {Name}, which is written last.");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Json.Options);
            if (manifest is { Program: not null, Schema: not null, Keys: not null, Files: not null, Missing: not null } && manifest.Files.All(f => Place().IsMatch(f.Path ?? "")))
                return manifest;
        }
        catch (JsonException)
        {
            // told below
        }

        throw new BackupRefused($"{path} is damaged.");
    }

    /// <summary>Writes the manifest, so that it is on the disk when this returns.</summary>
    internal async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await using var file = PrivateFiles.Create(Path.Combine(folder, Name), FileOptions.Asynchronous, bufferSize: 64 * 1024);
        await JsonSerializer.SerializeAsync(file, this, Json.Options, cancellationToken);
        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Where files of a backup lie; nothing else is ever written into a data folder.</summary>
    [GeneratedRegex($@"^(gridcases\.db|attachments/[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}|keys/personal-data\.json|keys/sign-in/[A-Za-z0-9.-]+\.xml)\z")]
    private static partial Regex Place();
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Where it lies in the backup and in the data folder, with slashes.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Sha256">Their SHA-256 in lower-case hex.</param>
public sealed record BackupFile(string Path, long Length, string Sha256)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Where it lies in a folder.</summary>
    public string In(string folder) => System.IO.Path.Combine(folder, Path.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>Measures a file.</summary>
    internal static async Task<BackupFile> MeasureAsync(string path, string file, CancellationToken cancellationToken)
    {
        await using var content = Read(file);
        return new BackupFile(path, content.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)));
    }

    /// <summary>Copies a file to where there is none and measures it; it is on the disk when this returns.</summary>
    internal static async Task<BackupFile> CopyAsync(string path, Stream source, string to, CancellationToken cancellationToken)
    {
        await using var target = PrivateFiles.Create(to, FileOptions.Asynchronous);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, length) = (new byte[BufferSize], 0L);
        while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            sha256.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            length += read;
        }

        target.Flush(flushToDisk: true);
        return new BackupFile(path, length, Convert.ToHexStringLower(sha256.GetHashAndReset()));
    }

    /// <summary>A file, while others may write it or take it away.</summary>
    internal static FileStream Read(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        BufferSize = 0,
    });
}

/// <summary>A key of the personal data, without the key.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="CheckValue">What only the right key makes, see <see cref="Security.PersonalDataKeyCheck"/>.</param>
public sealed record BackupKey(string KeyId, string CheckValue);

/// <summary>A backup cannot be made or restored so; the message says why, for the operator.</summary>
/// <param name="message">What is wrong and what to do.</param>
#pragma warning disable CA1032 // made here alone
#pragma warning disable CA1710 // named as what it means
public sealed class BackupRefused(string message) : Exception(message);
#pragma warning restore CA1032, CA1710
