namespace GridCases.Security;

/// <summary>Personal data as they are shown to those who have no need of them in full.</summary>
public static class Mask
{
    /// <summary>First three and last four characters: <c>220***********1234</c>.</summary>
    public static string? IdNumber(string? number) => Hide(number, 3, 4);

    /// <summary>First three and last four digits: <c>138****5678</c>.</summary>
    public static string? Phone(string? number) => Hide(number, 3, 4);

    /// <summary>The first six characters, which are a district or a street: <c>示范市东一区******</c>.</summary>
    public static string? Address(string? address) => Hide(address, 6, 0);

    /// <summary>The year: <c>1990-**-**</c>.</summary>
    public static string? BirthDate(DateOnly? day) => day is { } born ? $"{born:yyyy}-**-**" : null;

    // Where less than a third would be hidden, all of it is.
    private static string? Hide(string? text, int front, int back)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        var hidden = text.Length - front - back;
        return hidden < text.Length / 3
            ? new string('*', text.Length)
            : string.Concat(text.AsSpan(0, front), new string('*', hidden), text.AsSpan(text.Length - back));
    }
}
