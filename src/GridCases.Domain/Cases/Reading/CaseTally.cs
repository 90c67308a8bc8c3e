namespace GridCases.Domain;

/// <summary>
/// What the statistics count of a case, as numbers that add up: the sums over all cases are stored day by day, and a change of a case adds the
/// difference between what it counted before and after (<see cref="Difference"/>).
/// </summary>
/// <remarks>
/// Nothing here depends on the present moment: a clock that runs counts on its due day, whether that has come or not, and whoever
/// asks leaves out the days that have not come.
/// </remarks>
public static class CaseTally
{
    /// <summary>What the case counts by itself, day by day.</summary>
    public static IReadOnlyDictionary<TallyKey, Tally> Of(Case @case)
    {
        var sums = new Dictionary<TallyKey, Tally>();
        Add(sums, @case, 1);
        return sums;
    }

    /// <summary>What a change adds to the sums; negative numbers take back. Keys whose numbers do not change are left out.</summary>
    /// <param name="before">The case before; null when it is new.</param>
    /// <param name="after">The case after.</param>
    public static IReadOnlyDictionary<TallyKey, Tally> Difference(Case? before, Case after)
    {
        var sums = new Dictionary<TallyKey, Tally>();
        if (before is not null)
            Add(sums, before, -1);

        Add(sums, after, 1);
        foreach (var (key, sum) in sums)
        {
            if (sum == default)
                sums.Remove(key);
        }

        return sums;
    }

    /// <summary>
    /// The times between two spans in which the case was overdue, by the last day of the one and the first of the other. A period that lies wholly in between
    /// did not see the case overdue, although it was before and after.
    /// </summary>
    public static IReadOnlyList<OverdueGap> GapsOf(Case @case)
    {
        var spans = OverdueSpans(@case);
        return [.. spans.Zip(spans.Skip(1), (one, next) => new OverdueGap(one.To, next.From))];
    }

    /// <summary>The key under which a case counts on a day.</summary>
    public static TallyKey KeyOf(Case @case, DateOnly day) =>
        new(day, @case.CountsIn, @case.Dispute.Category, @case.Mediation?.Track, @case.Dispute.Source);

    private static void Add(Dictionary<TallyKey, Tally> sums, Case @case, int sign)
    {
        On(@case.RegisteredAt, new Tally { Registered = 1 });
        if (@case.AcceptedAt is { } acceptedAt)
            On(acceptedAt, new Tally { Accepted = 1 });

        if (@case.ClosedAt is { } closedAt)
            On(closedAt, new Tally { Closed = 1, Settled = @case.Outcome is Outcome.Settled ? 1 : 0 });

        if (@case.Agreement is { EffectiveAt: { } effectiveAt, Amount: { } amount })
            On(effectiveAt, new Tally { AgreedFen = (long)decimal.Round(amount * 100, MidpointRounding.AwayFromZero) });

        foreach (var clock in @case.Clocks.Where(c => c.Kind is not ClockKind.ConfirmationWindow))
        {
            switch (clock.Status)
            {
                case ClockStatus.Met:
                    On(clock.EndedAt!.Value, new Tally { Met = 1 });
                    break;
                case ClockStatus.Missed or ClockStatus.Running:
                    On(clock.DueAt, new Tally { Late = 1 });
                    break;
            }
        }

        if (OverdueSpans(@case) is [var first, ..] spans)
        {
            OnDay(first.From, new Tally { OverdueFrom = 1 });
            if (spans[^1].To != DateOnly.MaxValue)
                OnDay(spans[^1].To, new Tally { OverdueUntil = 1 });
        }

        void On(DateTimeOffset instant, Tally one) => OnDay(LocalTime.Day(instant), one);

        void OnDay(DateOnly day, Tally one)
        {
            var key = KeyOf(@case, day);
            sums[key] = sums.GetValueOrDefault(key) + (sign * one);
        }
    }

    /// <summary>The spans of local days on which the case is overdue on any clock, in order and apart from each other; one that goes on ends on the last of all days.</summary>
    private static List<(DateOnly From, DateOnly To)> OverdueSpans(Case @case)
    {
        var spans = new List<(DateOnly From, DateOnly To)>();
        var late = @case.Clocks
            .Where(c => c.Kind is not ClockKind.ConfirmationWindow && c.Status is ClockStatus.Missed or ClockStatus.Running)
            .Select(c => (From: LocalTime.Day(c.DueAt), To: c.Status is ClockStatus.Missed ? LocalTime.Day(c.EndedAt!.Value) : DateOnly.MaxValue));
        foreach (var span in late.Order())
        {
            if (spans.Count > 0 && span.From <= spans[^1].To)
            {
                spans[^1] = spans[^1] with { To = span.To > spans[^1].To ? span.To : spans[^1].To };
            }
            else
            {
                spans.Add(span);
            }
        }

        return spans;
    }
}

/// <summary>By what the stored sums are told apart.</summary>
/// <param name="Day">Local day on which it happened, or on which a clock is due.</param>
/// <param name="Unit">Unit where the case was registered, closed or not.</param>
/// <param name="Category">Category of the dispute.</param>
/// <param name="Track">Track of the mediation in charge, or the last one.</param>
/// <param name="Source">How it came to be known.</param>
public readonly record struct TallyKey(DateOnly Day, UnitCode Unit, Category Category, MediationTrack? Track, Source Source);

/// <summary>The last day on which a case was overdue, and the first on which it is again.</summary>
public readonly record struct OverdueGap(DateOnly From, DateOnly To);

/// <summary>What the statistics count for one key.</summary>
public readonly record struct Tally
{
    public long Registered { get; init; }

    /// <summary>Cases a centre took in for the first time.</summary>
    public long Accepted { get; init; }

    /// <summary>Cases closed and not opened again.</summary>
    public long Closed { get; init; }

    /// <summary>Those of them that were settled.</summary>
    public long Settled { get; init; }

    /// <summary>What was agreed, in hundredths of a yuan: whole numbers add up exactly in every database.</summary>
    public long AgreedFen { get; init; }

    /// <summary>Clocks met, on the day they were.</summary>
    public long Met { get; init; }

    /// <summary>Clocks missed, or running, on the day they are due.</summary>
    public long Late { get; init; }

    /// <summary>Cases that are overdue from this day on, for the first time.</summary>
    public long OverdueFrom { get; init; }

    /// <summary>Cases that were overdue until this day, for the last time.</summary>
    public long OverdueUntil { get; init; }

    public static Tally operator +(Tally a, Tally b) => new()
    {
        Registered = a.Registered + b.Registered,
        Accepted = a.Accepted + b.Accepted,
        Closed = a.Closed + b.Closed,
        Settled = a.Settled + b.Settled,
        AgreedFen = a.AgreedFen + b.AgreedFen,
        Met = a.Met + b.Met,
        Late = a.Late + b.Late,
        OverdueFrom = a.OverdueFrom + b.OverdueFrom,
        OverdueUntil = a.OverdueUntil + b.OverdueUntil,
    };

    /// <summary>Each number multiplied; -1 takes back what was added.</summary>
    public static Tally operator *(int times, Tally one) => new()
    {
        Registered = times * one.Registered,
        Accepted = times * one.Accepted,
        Closed = times * one.Closed,
        Settled = times * one.Settled,
        AgreedFen = times * one.AgreedFen,
        Met = times * one.Met,
        Late = times * one.Late,
        OverdueFrom = times * one.OverdueFrom,
        OverdueUntil = times * one.OverdueUntil,
    };
}
