using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Features.Statistics;

/// <summary>What was counted in a period, by key and month, and put together for any key and any run of months.</summary>
/// <remarks>
/// Most numbers are sums. "Overdue at some time" is not, since a case may be overdue in many months: it is those first overdue until the period's end, less those
/// last overdue before its beginning, less those with the whole period in a gap, less those due only later today.
/// </remarks>
public sealed class Measures
{
    private readonly bool _monthly;
    private readonly Dictionary<(string Key, int Slot), Tally> _sums = [];
    private readonly Dictionary<string, Tally> _before = [];
    private readonly List<(string Key, int First, int Last, int Cases)> _gaps = [];
    private readonly List<(string Key, int Clocks, DateOnly? OverdueOn)> _laterToday = [];

    internal Measures(DateOnly from, DateOnly to, bool monthly)
    {
        (From, To, _monthly) = (from, to, monthly);
        Slots = to < from ? 0 : monthly ? SlotOf(TallyPeriod.Month(to)) + 1 : 1;
    }

    public DateOnly From { get; }

    /// <summary>Last day that counts.</summary>
    public DateOnly To { get; }

    /// <summary>How many months there are, or 1 when nobody asked for months.</summary>
    public int Slots { get; }

    internal DateOnly EndOfFirst => Slots == 1 ? To : Start(1).AddDays(-1);

    internal DateOnly StartOfLast => Start(Slots - 1);

    /// <summary>The keys that have something to tell, in their order.</summary>
    public IReadOnlyList<string> Keys =>
    [
        .. _sums.Keys.Select(k => k.Key).Union(_before.Keys).Where(key => Of(key) != new Measured()).Order(StringComparer.Ordinal),
    ];

    /// <summary>All of the period, all keys.</summary>
    public Measured Total => Of(null, 0, Slots - 1);

    /// <summary>All of the period, one key.</summary>
    public Measured Of(string key) => Of(key, 0, Slots - 1);

    /// <summary>All keys in a run of months, both included; 0 is the month in which the period begins. Months that have not come count nothing.</summary>
    public Measured Of(int firstMonth, int lastMonth) => Of(null, firstMonth, lastMonth);

    private Measured Of(string? key, int first, int last)
    {
        if (first > last || first >= Slots)
            return new Measured();

        var within = AddUp(_sums.Where(s => s.Key.Slot >= first && s.Key.Slot <= last && Is(s.Key.Key)).Select(s => s.Value));
        var earlier = AddUp(_sums.Where(s => s.Key.Slot < first && Is(s.Key.Key)).Select(s => s.Value).Concat(_before.Where(b => Is(b.Key)).Select(b => b.Value)));
        var later = last == Slots - 1 ? _laterToday.Where(d => Is(d.Key)).ToList() : [];
        return new Measured
        {
            Registered = (int)within.Registered,
            Accepted = (int)within.Accepted,
            Closed = (int)within.Closed,
            Succeeded = (int)within.Settled,
            AmountAgreed = within.AgreedFen / 100m,
            OnTime = (int)within.Met,
            Late = (int)within.Late - later.Sum(d => d.Clocks),
            Overdue = (int)(earlier.OverdueFrom + within.OverdueFrom - earlier.OverdueUntil)
                - _gaps.Where(g => Is(g.Key) && g.First <= first && g.Last >= last).Sum(g => g.Cases)
                - later.Count(d => d.OverdueOn is null || d.OverdueOn < Start(first)),
        };

        bool Is(string other) => key is null || key == other;
    }

    internal void Add(IEnumerable<Sum> sums)
    {
        foreach (var sum in sums)
        {
            if (sum.Period == 0)
            {
                _before[sum.Key] = _before.GetValueOrDefault(sum.Key) + sum.Tally;
            }
            else
            {
                var at = (sum.Key, _monthly ? SlotOf(TallyPeriod.MonthOf(sum.Period)) : 0);
                _sums[at] = _sums.GetValueOrDefault(at) + sum.Tally;
            }
        }
    }

    internal void Add(IEnumerable<Gap> gaps) => _gaps.AddRange(gaps.Select(gap => (
        gap.Key,
        gap.FromMonth == 0 ? 0 : SlotOf(gap.FromMonth) + 1,
        gap.ToMonth == 999999 ? Slots - 1 : SlotOf(gap.ToMonth) - 1,
        gap.Cases)));

    internal void AddLaterToday(string key, int clocks, DateOnly? overdueOn) => _laterToday.Add((key, clocks, overdueOn));

    private int SlotOf(int month) => ((month / 100) - From.Year) * 12 + (month % 100) - From.Month;

    private DateOnly Start(int slot) => slot == 0 ? From : new DateOnly(From.Year, From.Month, 1).AddMonths(slot);

    private static Tally AddUp(IEnumerable<Tally> tallies) => tallies.Aggregate(default(Tally), (sum, one) => sum + one);

    /// <summary>Sums of a key; in a month or a day (by month), or in the period (1), or before it (0).</summary>
    internal sealed record Sum : TallyNumbers
    {
        public string Key { get; init; } = "";
        public int Period { get; init; }
    }

    /// <summary>How many cases have a gap between two spans of being overdue, by the months in which it begins and ends.</summary>
    internal sealed record Gap
    {
        public string Key { get; init; } = "";
        public int FromMonth { get; init; }
        public int ToMonth { get; init; }
        public int Cases { get; init; }
    }
}

public sealed record Measured
{
    public int Registered { get; init; }

    /// <summary>Cases a centre took in for the first time.</summary>
    public int Accepted { get; init; }

    /// <summary>Cases closed and not opened again.</summary>
    public int Closed { get; init; }

    /// <summary>Those of them that were settled.</summary>
    public int Succeeded { get; init; }

    /// <summary>Yuan of the agreements that came to bind.</summary>
    public decimal AmountAgreed { get; init; }

    /// <summary>Cases that were overdue on any clock at some time.</summary>
    public int Overdue { get; init; }

    public int OnTime { get; init; }

    /// <summary>Clocks that fell overdue.</summary>
    public int Late { get; init; }
}
