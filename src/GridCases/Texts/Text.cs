using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Resources;
using GridCases.Domain;

[assembly: NeutralResourcesLanguage("zh-CN")]

namespace GridCases.Texts;

/// <summary>
/// Sentences and words for people, in the language of <see cref="CultureInfo.CurrentUICulture"/>: Chinese, or English.
/// They stand in the resource files beside this class; a file is found by its name.
/// </summary>
public static class Text
{
    /// <summary>Chinese; also the language of what nobody has translated.</summary>
    public const string Chinese = "zh-CN";

    public const string English = "en";

    private static readonly ConcurrentDictionary<string, ResourceManager?> Files = new();
    private static readonly CultureInfo EnglishCulture = CultureInfo.GetCultureInfo(English);

    // A resource manager takes a lock for every text, and a page has hundreds.
    private static readonly ConcurrentDictionary<(string File, string Key, string Culture), string> Found = new();

    /// <summary>A sentence on a broken rule, by the code of a <see cref="RuleViolation"/>.</summary>
    public static string Rule(string code, params IEnumerable<object> args) => Get("Rules", code, args);

    /// <summary>A sentence on why something was refused.</summary>
    public static string Error(string code, params IEnumerable<object> args) => Get("Errors", code, args);

    /// <summary>The name of a field or a sentence about one.</summary>
    public static string Field(string key, params IEnumerable<object> args) => Get("Fields", key, args);

    /// <summary>The word for an enum's value, under the key <c>CaseState.Registered</c>.</summary>
    public static string Word(Enum value) => Get(FileOf(value), $"{value.GetType().Name}.{value}", []);

    /// <summary>The Chinese word for an enum's value, for what is Chinese whatever the reader's language.</summary>
    public static string ChineseWord(Enum value) => Files.GetOrAdd(FileOf(value), Open)!.GetString($"{value.GetType().Name}.{value}", CultureInfo.InvariantCulture) ?? value.ToString();

    /// <summary>The English one.</summary>
    public static string EnglishWord(Enum value) => Files.GetOrAdd(FileOf(value), Open)!.GetString($"{value.GetType().Name}.{value}", EnglishCulture) ?? value.ToString();

    /// <summary>A text of one file, its places filled with the arguments; the key itself when there is none.</summary>
    /// <param name="file">Name of the resource file without folder and ending.</param>
    /// <param name="key">Key in that file.</param>
    /// <param name="args">What fills <c>{0}</c>, <c>{1}</c> …: words are translated, days and instants written as local ones.</param>
    public static string Get(string file, string key, params IEnumerable<object> args)
    {
        if (Find(file, key) is not { } text)
            return key;
        var filling = args.Select(Readable).ToArray<object>();
        return filling.Length == 0 ? text : Plural.Fill(text, filling);
    }

    /// <summary>A text of one file; null when there is none.</summary>
    public static string? Find(string file, string key)
    {
        var place = (file, key, CultureInfo.CurrentUICulture.Name);
        if (Found.TryGetValue(place, out var known))
            return known;
        var text = Files.GetOrAdd(file, Open)?.GetString(key, CultureInfo.CurrentUICulture);

        // Only what there is: a key may come from a request.
        if (text is not null)
            Found[place] = text;
        return text;
    }

    /// <summary>The beginning of a text, in one line, with an ellipsis where there is more.</summary>
    public static string Beginning(string text, int longest)
    {
        var line = new StringInfo(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return line.LengthInTextElements <= longest ? line.String : line.SubstringByTextElements(0, longest - 1).TrimEnd() + "…";
    }

    /// <summary>As much of the beginning as fits into so many UTF-16 units, with no character cut in half.</summary>
    public static string Fitting(string text, int longest) =>
        text.Length <= longest ? text : text[..StringInfo.ParseCombiningCharacters(text).Append(text.Length).Last(start => start <= longest)];

    /// <summary>The same of the end.</summary>
    public static string FittingEnd(string text, int longest) =>
        text.Length <= longest ? text : text[StringInfo.ParseCombiningCharacters(text).Append(text.Length).First(start => text.Length - start <= longest)..];

    /// <summary>The keys a file has in a language, not counting those it inherits from the neutral one.</summary>
    public static IReadOnlySet<string> Keys(string file, CultureInfo culture)
    {
        var set = Files.GetOrAdd(file, Open)?.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        return set is null ? new HashSet<string>() : set.Cast<DictionaryEntry>().Select(e => (string)e.Key).ToHashSet();
    }

    // All that is said of an action stands together.
    private static string FileOf(Enum value) => value is CaseAction ? "Actions" : "Words";

    private static ResourceManager? Open(string file)
    {
        var name = $"GridCases.Texts.{file}";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceInfo(name + ".resources") is null ? null : new ResourceManager(name, assembly);
    }

    private static string Readable(object value) => value switch
    {
        Enum word => Word(word),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToOffset(LocalTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IEnumerable list and not string => string.Join(Get("Clocks", "Comma"), list.Cast<object>().Select(Readable)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.CurrentCulture),
        _ => value.ToString() ?? "",
    };
}
