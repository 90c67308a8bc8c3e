using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Tests.Pipeline;

/// <summary>The hours in which nothing beckons, by the local clock.</summary>
public class QuietHoursTests
{
    [TestCase(22, 7, 22, true)]
    [TestCase(22, 7, 6, true)]
    [TestCase(22, 7, 7, false)]
    [TestCase(22, 7, 21, false)]
    [TestCase(12, 14, 12, true)]
    [TestCase(12, 14, 13, true)]
    [TestCase(12, 14, 14, false)]
    [TestCase(12, 14, 2, false)]
    public void They_hold_from_the_first_hour_to_the_last_over_midnight_too(int from, int to, int hour, bool quiet) =>
        Assert.That(new QuietHours(from, to).Holds(new DateTimeOffset(2026, 2, 2, hour, 30, 0, LocalTime.Offset).ToUniversalTime()), Is.EqualTo(quiet));
}
