using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Demo;

/// <summary>
/// Invents the parties of the demo's disputes. Their papers are plainly fake: ID numbers of the division code 990101,
/// which is never given out, and phones of the unassigned range 1990000.
/// </summary>
internal sealed class DemoParties(DemoCases.NamePools names, DemoCity city)
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private int _phone = 1000;

    /// <summary>The applicants and the respondent of a dispute.</summary>
    public IReadOnlyList<RegisterCase.PartyInput> Of(DemoCases.Entry entry, DateOnly today, Random random)
    {
        var parties = Enumerable.Range(0, entry.Applicants)
            .Select(i => Person(PartyRole.Applicant, i == 0 ? entry.Names.ElementAtOrDefault(0) : null, entry, today, random))
            .ToList();
        parties.Add(entry.Against is { } organisation
            ? new RegisterCase.PartyInput(PartyRole.Respondent, PartyKind.Organisation, organisation, null, Phone(), null, null)
            : Person(PartyRole.Respondent, entry.Names.ElementAtOrDefault(1), entry, today, random));
        return parties;
    }

    private RegisterCase.PartyInput Person(PartyRole role, string? known, DemoCases.Entry entry, DateOnly today, Random random)
    {
        var sex = known is null ? (Sex)random.Next(2) : known[^1] == '男' ? Sex.Male : Sex.Female;
        var given = sex is Sex.Male ? names.Male : names.Female;
        var name = known?.Split(' ')[0] ?? $"{names.Surnames[random.Next(names.Surnames.Length)]}{given[random.Next(given.Count)]}";
        var village = city.Units.First(u => u.Code == (entry.At.AtLevel(UnitLevel.Village) ?? entry.At)).Name;
        return new(role, PartyKind.Person, name, IdNumber(sex, today, random), Phone(), sex, $"{village}{random.Next(1, 60)}号{random.Next(1, 6)}单元{random.Next(101, 603)}室");
    }

    private string Phone() => $"1990000{_phone++:0000}";

    /// <summary>Eighteen digits after GB 11643: division, birthday, serial (odd for men), check digit.</summary>
    private static string IdNumber(Sex sex, DateOnly today, Random random)
    {
        var birthday = today.AddDays(-365 * random.Next(22, 74) - random.Next(365));
        var serial = (random.Next(1, 499) * 2) + (sex is Sex.Male ? 1 : 0);
        var digits = $"990101{birthday:yyyyMMdd}{serial:000}";
        return digits + "10X98765432"[digits.Select((digit, i) => (digit - '0') * Weights[i]).Sum() % 11];
    }
}
