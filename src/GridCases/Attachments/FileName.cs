using System.Globalization;
using System.Text;
using GridCases.Texts;

namespace GridCases.Attachments;

/// <summary>The name of a file as people see it; on the disk it has another.</summary>
public static class FileName
{
    /// <summary>Most characters of a name.</summary>
    public const int Longest = 200;

    private const string Reserved = "<>:\"|?*";

    /// <summary>
    /// What a sender called the file, without folders, control characters, marks that turn the direction of writing and what file systems reserve;
    /// cut to <see cref="Longest"/>, and ending as its type does, whatever it claimed to be.
    /// </summary>
    /// <param name="sent">As it came; may be nothing.</param>
    /// <param name="type">What the file is.</param>
    public static string Clean(string? sent, FileType type)
    {
        var name = new StringBuilder();
        foreach (var rune in (sent ?? "")[((sent ?? "").LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned || rune == Rune.ReplacementChar)
            {
                continue;
            }

            name.Append(rune.IsAscii && Reserved.Contains((char)rune.Value, StringComparison.Ordinal) ? new Rune('_') : rune);
        }

        var stem = name.ToString().Trim(' ', '.', '\u3000', '\u00A0');
        var extension = type.Extensions.FirstOrDefault(e => stem.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        stem = extension is null ? stem : stem[..^extension.Length];
        extension ??= type.Extensions[0];
        stem = Text.Fitting(stem, Longest - extension.Length);
        return (stem.Length == 0 ? "file" : stem) + extension;
    }
}
