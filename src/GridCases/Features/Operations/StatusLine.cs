using System.Globalization;
using GridCases.Texts;

namespace GridCases.Features.Operations;

/// <summary>How something stands.</summary>
public enum StatusState
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>Nobody is held up yet; somebody should look at it soon.</summary>
    Attention,

    /// <summary>People are held up, or something is about to be lost.</summary>
    Problem,
}

/// <summary>Where a line stands on the page.</summary>
public enum StatusGroup
{
    /// <summary>The program and how it is reached.</summary>
    Program,

    /// <summary>The database.</summary>
    Database,

    /// <summary>What runs by itself.</summary>
    Jobs,

    /// <summary>Disk, attachments, backups, keys.</summary>
    Storage,

    /// <summary>What the city's own rules and people need.</summary>
    City,
}

/// <summary>One thing an administrator of the city looks after, in the reader's language.</summary>
/// <param name="Key">Stable name, for programs.</param>
/// <param name="Group">Where it stands.</param>
/// <param name="State">How it stands.</param>
/// <param name="Label">What it is.</param>
/// <param name="Value">How it is.</param>
/// <param name="Advice">What to do about it; null when all is well.</param>
public sealed record StatusLine(string Key, StatusGroup Group, StatusState State, string Label, string Value, string? Advice)
{
    /// <summary>Which part of what there is is used, from 0 to 1, to be drawn; null where there is no whole.</summary>
    public double? Share { get; init; }

    /// <summary>The page on which something can be done about it; null for none.</summary>
    public string? Link { get; init; }

    /// <summary>
    /// A line whose words stand in Texts/Status.resx under its key: the label under the key itself, the value under <c>Key.Value</c> and what to do about it under <c>Key.Do</c>,
    /// which is said only when something is to be done. The arguments fill both.
    /// </summary>
    public static StatusLine Of(StatusGroup group, string key, StatusState state, params IReadOnlyList<object> args) =>
        new(key, group, state, Say(key), Say(key + ".Value", args), state is StatusState.Fine ? null : Say(key + ".Do", args));

    /// <summary>A text of these lines.</summary>
    public static string Say(string key, params IEnumerable<object> args) => Text.Get("Status", key, args);

    /// <summary>A length of time in the largest unit that tells it well.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => Say("Seconds", time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)),
        { TotalSeconds: < 100 } => Say("Seconds", (int)time.TotalSeconds),
        { TotalMinutes: < 100 } => Say("Minutes", (int)time.TotalMinutes),
        { TotalHours: < 49 } => Say("Hours", (int)time.TotalHours),
        _ => Say("Days", (int)time.TotalDays),
    };

    /// <summary>A number of bytes, in units of 1024.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        var (size, unit) = ((double)bytes, 0);
        for (; size >= 1000 && unit < units.Length - 1; unit++)
            size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{(size < 10 && unit > 0 ? size.ToString("0.0", CultureInfo.InvariantCulture) : size.ToString("0", CultureInfo.InvariantCulture))} {units[unit]}");
    }
}

/// <summary>Something that has lines for the status page: registered as a service, it is asked whenever the page is.</summary>
public interface IStatusLines
{
    /// <summary>The lines, in the order in which they are shown within their groups.</summary>
    Task<IReadOnlyList<StatusLine>> ReadAsync(CancellationToken cancellationToken);
}
