using System.Globalization;
using GridCases.Domain;

namespace GridCases.Tests.Domain;

/// <summary>The shipped calendars, and short ways to write local times.</summary>
internal static class Calendars
{
    public static readonly CalendarYear Year2025 = Shipped(2025);

    public static readonly CalendarYear Year2026 = Shipped(2026);

    public static readonly WorkingCalendar Both = new([Year2025, Year2026]);

    public static readonly WorkingCalendar None = new([]);

    /// <summary>A day, written <c>2026-02-12</c>.</summary>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Days, separated by blanks.</summary>
    public static DateOnly[] Days(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Day)];

    /// <summary>A time in Asia/Shanghai, written <c>2026-02-12 09:00</c>.</summary>
    public static DateTimeOffset Local(string text) => DateTimeOffset.Parse(text + " +08:00", CultureInfo.InvariantCulture);

    public static DateTimeOffset EndOf(string day) => Local(day + " 23:59:59");

    private static CalendarYear Shipped(int year)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GridCases.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No GridCases.sln above the tests.");

        return CalendarYear.Parse(File.ReadAllText(Path.Combine(folder.FullName, "db", "calendar", $"{year}.json")));
    }
}
