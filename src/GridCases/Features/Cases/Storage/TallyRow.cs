using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A row of TallySum, or of TallyEntry: numbers of a period and a unit, by category, track and source.</summary>
internal sealed record TallyRow : TallyNumbers
{
    /// <summary>Id of an entry; a sum has none.</summary>
    public long Id { get; init; }

    /// <summary>Day, month or year: see <see cref="TallyPeriod"/>.</summary>
    public int Period { get; init; }

    /// <summary>Where the cases began; for a month or a year the district, or the city itself.</summary>
    public UnitCode UnitCode { get; init; }

    public Category Category { get; init; }
    public string Track { get; init; } = "";
    public Source Source { get; init; }

    /// <summary>The row of a day's numbers.</summary>
    public static TallyRow Of(TallyKey key, Tally tally) => new TallyRow
    {
        Period = TallyPeriod.Day(key.Day),
        UnitCode = key.Unit,
        Category = key.Category,
        Track = Word(key.Track),
        Source = key.Source,
    }.With(tally);

    /// <summary>The same key with other numbers.</summary>
    public TallyRow With(Tally tally) => this with
    {
        Registered = tally.Registered,
        Accepted = tally.Accepted,
        Closed = tally.Closed,
        Settled = tally.Settled,
        AgreedFen = tally.AgreedFen,
        Met = tally.Met,
        Late = tally.Late,
        OverdueFrom = tally.OverdueFrom,
        OverdueUntil = tally.OverdueUntil,
    };

    /// <summary>How a track is stored where it is part of a key.</summary>
    public static string Word(MediationTrack? track) => track?.ToString() ?? "None";
}

/// <summary>The numbers of a row, as columns.</summary>
internal abstract record TallyNumbers
{
    public long Registered { get; init; }
    public long Accepted { get; init; }
    public long Closed { get; init; }
    public long Settled { get; init; }
    public long AgreedFen { get; init; }
    public long Met { get; init; }
    public long Late { get; init; }
    public long OverdueFrom { get; init; }
    public long OverdueUntil { get; init; }

    public Tally Tally => new()
    {
        Registered = Registered,
        Accepted = Accepted,
        Closed = Closed,
        Settled = Settled,
        AgreedFen = AgreedFen,
        Met = Met,
        Late = Late,
        OverdueFrom = OverdueFrom,
        OverdueUntil = OverdueUntil,
    };
}
