using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>What is asked of a list of cases, by whom: the parameters, and by <see cref="Shape"/> the text.</summary>
internal sealed record CaseListAsked : CaseReach
{
    private const int Long = 500;

    /// <summary>What a caller asks.</summary>
    /// <param name="query">The conditions.</param>
    /// <param name="after">Where the previous page ended.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="queued">How many escalations a supervisor has, where it matters: <see cref="DependsOnQueue"/>.</param>
    public CaseListAsked(ListCases.Query query, PageKey? after, Caller caller, DateTimeOffset now, int queued = 0)
        : base(caller, now)
    {
        (State, Unit, Category, Track, Limit) = (query.State, query.Unit, query.Category, query.Track, query.Limit + 1);
        (At, Id) = (after?.At, after?.Id);
        Words = CaseSearch.Normal(query.Q);
        var grams = CaseSearch.GramsFor(Words);

        // One character is in so many cases that those of an organisation are sooner gone through.
        var isCharacter = grams.Count == 0 && CaseSearch.IsCharacter(Words) && (Near is not null || !NearCases.IsAny);
        var isLookedUp = !query.Mine && (grams.Count > 0 || isCharacter);
        var byDue = query.Sort is ListCases.Order.Due;
        var open = query.Open ?? (query.State is { } state ? CaseTransitions.IsOpen(state) : null);
        var start = query.Mine ? CaseListStart.Waiting
            : isLookedUp ? grams.Count > 0 ? CaseListStart.Words : CaseListStart.Character
            : NearCases.IsAny ? CaseListStart.Near
            : open is true && Narrows(query) ? CaseListStart.Open
            : CaseListStart.Order;
        Grams = isLookedUp && Near is { } unit ? [.. grams, CaseSearch.GramOf(unit)] : grams;
        Shape = new CaseListShape
        {
            Start = start,
            For = query.Mine ? AwaitingRoles : default,
            Queue = !query.Mine || SupervisedUnit is null ? CaseListQueue.Whole : !byDue ? CaseListQueue.InOrder : queued >= Long ? CaseListQueue.Long : CaseListQueue.Whole,
            Near = isLookedUp ? new NearCases { Unit = Near is not null } : start is CaseListStart.Near ? NearCases : default,
            OneSubtree = IsOneSubtree,
            ByDue = byDue,
            After = after is not null,
            Contains = Words.Length > 0 && !isLookedUp,
            State = query.State is not null,
            Open = open,
            Light = query.Light,
            Unit = query.Unit is not null,
            Category = query.Category is not null,
            Track = query.Track is not null,
        };
        IsNothing = IsNowhere || (query.Mine && !AwaitingRoles.IsAnybody);
    }

    /// <summary>
    /// Whether the length of the queue decides how it is best read: by due date and without conditions that few of its cases meet. Most of what is first due has come
    /// to a supervisor with a long queue, while a short one is soon read.
    /// </summary>
    public static bool DependsOnQueue(ListCases.Query query, Caller caller) =>
        query is { Mine: true, Sort: ListCases.Order.Due, Light: null or Domain.Light.Red, State: null, Category: null, Track: null, Unit: null } && string.IsNullOrWhiteSpace(query.Q)
        && caller.Has(Role.Supervisor);

    /// <summary>How the text looks.</summary>
    public CaseListShape Shape { get; }

    /// <summary>Whether there is nothing to be asked for.</summary>
    public bool IsNothing { get; }

    /// <summary>What is searched, normalised; empty when nothing is.</summary>
    public string Words { get; }

    /// <summary>What is looked up in the index of characters.</summary>
    public IReadOnlyCollection<string> Grams { get; }

    /// <summary>The unit asked for, where it is small and so the best start; else the caller's own.</summary>
    public override UnitCode? Near => Unit is { } unit && IsSmall(unit) ? unit : base.Near;

    /// <summary>Stands for no due instant.</summary>
    public DateTimeOffset Never => ListCases.Never;

    public CaseState? State { get; }
    public UnitCode? Unit { get; }
    public Category? Category { get; }
    public MediationTrack? Track { get; }
    public DateTimeOffset? At { get; }
    public Guid? Id { get; }
    public int Limit { get; }

    /// <summary>Whether conditions may be so rarely met that a walk in order would read far.</summary>
    private static bool Narrows(ListCases.Query query) => query.State is not null || query.Light is not null || query.Category is not null || query.Track is not null;
}
