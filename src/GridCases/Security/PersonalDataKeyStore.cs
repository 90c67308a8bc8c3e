using System.Text;
using GridCases.Data;

namespace GridCases.Security;

/// <summary>
/// Where the keys of the personal data are kept, apart from the database: in the configuration (<c>GridCases:PersonalDataKeys</c>),
/// else in <c>keys/personal-data.json</c> in the data folder, readable by its owner only.
/// </summary>
/// <remarks>
/// To change the key: add a second one (<c>openssl rand -base64 32</c>) under a new id and restart every server; make it <c>current</c> and restart again;
/// when <see cref="Jobs.ReencryptPersonalData"/> has nothing left to do and a week has passed, for which answers to idempotent requests are kept,
/// take the old one away. A key that is still needed is missed at the next start.
/// </remarks>
public sealed class PersonalDataKeyStore(DatabaseOptions options)
{
    /// <summary>The file, used when the configuration holds no keys.</summary>
    public string Path { get; } = System.IO.Path.Combine(options.Folder, DataFolder.Keys, "personal-data.json");

    /// <summary>Where they are, in words.</summary>
    public string Place => FromConfiguration ? "the setting GridCases:PersonalDataKeys" : Path;

    private bool FromConfiguration => !string.IsNullOrWhiteSpace(options.PersonalDataKeys);

    /// <summary>The keys; null when there are none yet.</summary>
    /// <exception cref="FormatException">They are damaged.</exception>
    public PersonalDataKeys? TryLoad()
    {
        if (FromConfiguration)
            return PersonalDataKeys.Parse(options.PersonalDataKeys!);
        return File.Exists(Path) ? PersonalDataKeys.Parse(File.ReadAllText(Path)) : null;
    }

    /// <summary>The keys.</summary>
    /// <exception cref="InvalidOperationException">There are none: the database has not been prepared.</exception>
    public PersonalDataKeys Load() =>
        TryLoad() ?? throw new InvalidOperationException($"There are no keys for personal data in {Place}.");

    /// <summary>Writes keys into the file, whole or not at all.</summary>
    /// <exception cref="InvalidOperationException">The keys come from the configuration, which is not ours to change.</exception>
    public void Save(PersonalDataKeys keys)
    {
        if (FromConfiguration)
            throw new InvalidOperationException($"The keys are in {Place}: change them there.");

        PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        var draft = Path + ".new";
        File.Delete(draft);
        using (var file = PrivateFiles.Create(draft))
        {
            file.Write(Encoding.UTF8.GetBytes(keys.ToJson()));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path, overwrite: true);
    }
}
