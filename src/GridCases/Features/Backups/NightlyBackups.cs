using System.Globalization;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Backups;

/// <summary>The folder of the nightly backups: which are there and whole, and which have had their time. It touches nothing that it did not name itself.</summary>
public sealed class NightlyBackups(IOptions<NightlyBackups.Settings> settings)
{
    private const string Prefix = "nightly-", Form = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Section <c>GridCases:Backup</c>.</summary>
    public sealed class Settings
    {
        /// <summary>Where they go; null for none. Best another disk or a mounted share.</summary>
        public string? Folder { get; set; }

        /// <summary>How many are kept.</summary>
        public int Keep { get; set; } = 7;

        /// <summary>From which hour of the day on, in Asia/Shanghai.</summary>
        public int Hour { get; set; } = 2;

        /// <summary>How many hours the last whole one may be old before somebody has to look after it.</summary>
        public int AlarmAfterHours { get; set; } = 36;
    }

    /// <summary>Whether there are to be any.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(settings.Value.Folder);

    /// <summary>Where one of this instant goes.</summary>
    public string PathOf(DateTimeOffset instant) => Path.Combine(settings.Value.Folder!, Prefix + instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture));

    /// <summary>When the last whole one was made; null when there is none.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public DateTimeOffset? Last => Whole().Select(b => (DateTimeOffset?)b.At).FirstOrDefault();

    /// <summary>Whether the last whole one is older than it may be, or there is none.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool IsOld(DateTimeOffset now) => Last is not { } last || now - last > TimeSpan.FromHours(settings.Value.AlarmAfterHours);

    /// <summary>Removes those beyond the number that is kept, the oldest, and what broke off. For whoever has just made a whole one.</summary>
    /// <returns>How many went.</returns>
    internal int RemoveOld()
    {
        var removed = 0;
        foreach (var (path, _) in Whole().Skip(Math.Max(1, settings.Value.Keep)))
        {
            // While it goes it is no backup any more.
            File.Delete(Path.Combine(path, BackupManifest.Name));
            Directory.Delete(path, recursive: true);
            removed++;
        }

        foreach (var part in Directory.GetDirectories(settings.Value.Folder!).Where(d => d.EndsWith(BackupManifest.PartEnding, StringComparison.Ordinal) && At(d[..^BackupManifest.PartEnding.Length]) is not null))
            Directory.Delete(part, recursive: true);
        return removed;
    }

    /// <summary>The whole ones, the newest first.</summary>
    private List<(string Path, DateTimeOffset At)> Whole() => !Directory.Exists(settings.Value.Folder) ? [] :
        [.. Directory.GetDirectories(settings.Value.Folder).Where(d => File.Exists(Path.Combine(d, BackupManifest.Name)))
            .Select(d => (d, At(d))).Where(b => b.Item2 is not null).Select(b => (b.d, b.Item2!.Value)).OrderByDescending(b => b.Value)];

    private static DateTimeOffset? At(string path) => Path.GetFileName(path) is var name && name.StartsWith(Prefix, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(name[Prefix.Length..], Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
