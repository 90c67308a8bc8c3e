using GridCases.Domain;

namespace GridCases.Benchmarks.City;

/// <summary>
/// Four years of a city: which life the n-th case has, where and when. It depends on n alone, so that a city that was interrupted goes on as it would have.
/// </summary>
internal sealed class Timeline(IReadOnlyList<Life> lives, CityPlan plan, int cases, DateTimeOffset now)
{
    private static readonly TimeSpan Past = TimeSpan.FromDays(4 * 365.25);

    /// <summary>After this long what was closed is archived.</summary>
    private static readonly TimeSpan UntilArchived = TimeSpan.FromDays(75);

    private readonly List<Life> _open = [.. lives.Where(life => life.IsOpen)];
    private readonly List<Life> _closed = [.. lives.Where(life => !life.IsOpen)];
    private readonly ILookup<CaseState, Life> _over = lives.Where(life => life is { IsOpen: false, HasOpenClocks: false }).ToLookup(life => life.State);

    /// <summary>The next cases.</summary>
    public Batch Next(Copier copier, int first, int count)
    {
        var batch = new Batch();
        while (batch.Cases < count)
        {
            var number = first + batch.Cases;
            var random = new Random(number);
            var age = Past * (1 - ((number + 0.5) / cases));
            var life = Choose(age, random);
            while (life.CaseIds.Count > count - batch.Cases)
                life = Choose(age, random);
            copier.Add(batch, life, plan.Grids[random.Next(plan.Grids.Count)], ShiftOf(life, age, random), random);
        }

        return batch;
    }

    /// <summary>Of the youngest cases most are open, of old ones next to none: four in a hundred of all.</summary>
    private Life Choose(TimeSpan age, Random random)
    {
        if (random.NextDouble() < 0.95 * Math.Exp(-age.TotalDays / 60))
            return _open[random.Next(_open.Count)];
        var ended = (age > UntilArchived ? _over[StateInTheEnd(random)] : _closed).Where(life => life.Length < age).ToList();
        return ended.Count > 0 ? ended[random.Next(ended.Count)] : Choose(age, random);
    }

    private CaseState StateInTheEnd(Random random)
    {
        var state = random.Next(100) switch { < 88 => CaseState.Archived, < 92 => CaseState.Withdrawn, < 95 => CaseState.Declined, < 98 => CaseState.ReferredOut, _ => CaseState.Merged };
        return _over.Contains(state) ? state : CaseState.Archived;
    }

    /// <summary>
    /// What ended is moved to its turn. What is still open stays where it was, as far on its way as it is today, so that a fifth of it is overdue;
    /// but some has been lying about for some weeks more.
    /// </summary>
    private TimeSpan ShiftOf(Life life, TimeSpan age, Random random) => TimeSpan.FromDays(life.IsOpen
        ? random.Next(20) == 0 ? -7 * random.Next(1, 20) : 0
        : Math.Floor((now - age - life.RegisteredAt).TotalDays));
}
