namespace GridCases.Pipeline;

/// <summary>
/// Line breaks are LF from the door on: a browser posts CR LF where its counter counted one character. JSON that is sent (<see cref="Json.Options"/>) and
/// forms that are posted come through here, before anything is counted, compared or stored.
/// </summary>
public static class LineBreaks
{
    /// <summary>The text with each line break as one LF.</summary>
    public static string AsLf(string text) => text.ReplaceLineEndings("\n");
}
