using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Cases;

/// <summary>What is asked of a list of cases, by whom: the parameters, and by <see cref="Shape"/> the text.</summary>
internal sealed record CaseListAsked : CaseReach
{
    /// <summary>Stands for the amount of a case that has none, which comes last.</summary>
    public const decimal NoAmount = -1;

    private const int Long = 500;
    private const int MostGrams = 12;

    /// <summary>What a caller asks.</summary>
    /// <param name="query">The conditions.</param>
    /// <param name="after">Where the previous page ended.</param>
    /// <param name="limit">How many are wanted; one more is read.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="queued">How many escalations a supervisor has, where it matters: <see cref="DependsOnQueue"/>.</param>
    /// <param name="personal">Makes the hashes of people's numbers, where they may be asked for.</param>
    public CaseListAsked(CaseListFilter query, PageKey? after, int limit, Caller caller, DateTimeOffset now, int queued = 0, PersonalData? personal = null)
        : base(caller, now)
    {
        Search = SearchedFor.Of(query);
        if (personal is not null)
            (PhoneHash, IdNumberHash) = (SearchedFor.HashOf(Search.Phone, personal), SearchedFor.HashOf(Search.IdNumber, personal));
        (RegisteredFrom, RegisteredBefore) = (StartOf(query.From), StartOf(query.To?.AddDays(1)));
        (ClosedFrom, ClosedBefore) = (StartOf(query.ClosedFrom), StartOf(query.ClosedTo?.AddDays(1)));
        (Registrar, Mediator, AmountFrom, AmountTo) = (Named(query.RegisteredBy), Named(query.Mediator), query.AmountFrom, query.AmountTo);
        (State, Unit, Category, Track, Limit) = (query.State, query.Unit, query.Category, query.Track, limit + 1);
        (At, Id, Amount) = (after?.At, after?.Id, after?.Amount);
        (Words, More) = (Search.Words.FirstOrDefault() ?? "", [.. Search.Words.Skip(1)]);
        var grams = Search.Words.SelectMany(CaseSearch.GramsFor).Distinct(StringComparer.Ordinal).Take(MostGrams).ToArray();

        // One character is in so many cases that those of an organisation are sooner gone through.
        var isCharacter = grams.Length == 0 && CaseSearch.IsCharacter(Words) && (Near is not null || !NearCases.IsAny);
        var isLookedUp = !query.Mine && !Search.HasNumber && (grams.Length > 0 || isCharacter);
        var byDue = query.Sort is ListCases.Order.Due or ListCases.Order.Overdue;
        var open = query.Open ?? (query.State is { } state ? CaseTransitions.IsOpen(state) : null);
        var start = query.Mine ? CaseListStart.Waiting
            : Search.HasNumber ? CaseListStart.Number
            : isLookedUp ? grams.Length > 0 ? CaseListStart.Words : CaseListStart.Character
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
            ByAmount = query.Sort is ListCases.Order.Amount,
            After = after is not null,
            Contains = Words.Length > 0 && !isLookedUp,
            ContainsMore = More.Count > 0,
            Phone = Search.Phone is not null,
            IdNumber = Search.IdNumber is not null,
            RegisteredFrom = RegisteredFrom is not null,
            RegisteredBefore = RegisteredBefore is not null,
            ClosedFrom = ClosedFrom is not null,
            ClosedBefore = ClosedBefore is not null,
            Registrar = Registrar is not null,
            Mediator = Mediator is not null,
            Overdue = query.Overdue,
            AmountFrom = AmountFrom is not null,
            AmountTo = AmountTo is not null,
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
    public static bool DependsOnQueue(CaseListFilter query, Caller caller) =>
        query is { Mine: true, Sort: ListCases.Order.Due, Light: null or Domain.Light.Red, State: null, Category: null, Track: null, Unit: null }
        && query is { Q: null or "", Phone: null, IdNumber: null, From: null, To: null, ClosedFrom: null, ClosedTo: null, RegisteredBy: null, Mediator: null, Overdue: null, AmountFrom: null, AmountTo: null }
        && caller.Has(Role.Supervisor);

    /// <summary>How the text looks.</summary>
    public CaseListShape Shape { get; }

    /// <summary>Whether there is nothing to be asked for.</summary>
    public bool IsNothing { get; }

    /// <summary>What is searched.</summary>
    public SearchedFor Search { get; }

    /// <summary>The first word that is searched, normalised; empty when none is.</summary>
    public string Words { get; }

    /// <summary>The other words.</summary>
    public IReadOnlyList<string> More { get; }

    public HexHash? PhoneHash { get; }
    public HexHash? IdNumberHash { get; }
    public DateTimeOffset? RegisteredFrom { get; }
    public DateTimeOffset? RegisteredBefore { get; }
    public DateTimeOffset? ClosedFrom { get; }
    public DateTimeOffset? ClosedBefore { get; }

    /// <summary>The name of who registered it, and as user names are compared.</summary>
    public string? Registrar { get; }

    /// <inheritdoc cref="Registrar"/>
    public string? RegistrarKey => Registrar is null ? null : UserNames.KeyOf(Registrar);

    /// <summary>The name of the mediator, and as user names are compared.</summary>
    public string? Mediator { get; }

    /// <inheritdoc cref="Mediator"/>
    public string? MediatorKey => Mediator is null ? null : UserNames.KeyOf(Mediator);

    public decimal? AmountFrom { get; }
    public decimal? AmountTo { get; }

    /// <summary>The amount with which the previous page ended.</summary>
    public decimal? Amount { get; }

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
    private static bool Narrows(CaseListFilter query) =>
        query.State is not null || query.Light is not null || query.Category is not null || query.Track is not null
        || query.Overdue is not null || query.RegisteredBy is not null || query.Mediator is not null || query.AmountFrom is not null || query.AmountTo is not null;

    private static DateTimeOffset? StartOf(DateOnly? day) => day is { } known ? LocalTime.StartOfDay(known) : null;

    private static string? Named(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();
}
