using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>From where a list of cases starts.</summary>
internal enum CaseListStart
{
    /// <summary>Along an index in the wanted order.</summary>
    Order,

    /// <summary>From all open cases.</summary>
    Open,

    /// <summary>From the cases of a few units or organisations.</summary>
    Near,

    /// <summary>From what waits for the caller.</summary>
    Waiting,

    /// <summary>From the cases that have the words' characters.</summary>
    Words,

    /// <summary>From the cases that have the one character.</summary>
    Character,

    /// <summary>From the cases with a party of a phone or an ID number.</summary>
    Number,
}

/// <summary>How the queue of a supervisor is read, where a list starts from what waits.</summary>
internal enum CaseListQueue
{
    /// <summary>The whole queue, of however many units.</summary>
    Whole,

    /// <summary>That of one unit, in the order of registration.</summary>
    InOrder,

    /// <summary>That of one unit, so long that the first cases in any order belong to it.</summary>
    Long,
}

/// <summary>All that decides how the SQL of a list looks.</summary>
internal readonly record struct CaseListShape
{
    /// <summary>From where it starts.</summary>
    public CaseListStart Start { get; init; }

    /// <summary>For whom cases wait, where it starts from these.</summary>
    public AwaitingRoles For { get; init; }

    /// <summary>How the queue of a supervisor is read.</summary>
    public CaseListQueue Queue { get; init; }

    /// <summary>Which few cases, where it starts from these; with words the one unit that the index is asked for.</summary>
    public NearCases Near { get; init; }

    /// <summary>Whether the caller sees one subtree and nothing else.</summary>
    public bool OneSubtree { get; init; }

    /// <summary>What is due first comes first.</summary>
    public bool ByDue { get; init; }

    /// <summary>The largest amount comes first.</summary>
    public bool ByAmount { get; init; }

    /// <summary>Whether there was a page before.</summary>
    public bool After { get; init; }

    /// <summary>Whether words are looked for in each case.</summary>
    public bool Contains { get; init; }

    public bool State { get; init; }

    /// <inheritdoc cref="State"/>
    public bool? Open { get; init; }

    /// <inheritdoc cref="State"/>
    public Light? Light { get; init; }

    /// <inheritdoc cref="State"/>
    public bool Unit { get; init; }

    /// <inheritdoc cref="State"/>
    public bool Category { get; init; }

    /// <inheritdoc cref="State"/>
    public bool Track { get; init; }

    /// <summary>Whether more words than one are looked for.</summary>
    public bool ContainsMore { get; init; }

    /// <inheritdoc cref="State"/>
    public bool Phone { get; init; }

    /// <inheritdoc cref="State"/>
    public bool IdNumber { get; init; }

    /// <inheritdoc cref="State"/>
    public bool RegisteredFrom { get; init; }

    /// <inheritdoc cref="State"/>
    public bool RegisteredBefore { get; init; }

    /// <inheritdoc cref="State"/>
    public bool ClosedFrom { get; init; }

    /// <inheritdoc cref="State"/>
    public bool ClosedBefore { get; init; }

    /// <inheritdoc cref="State"/>
    public bool Registrar { get; init; }

    /// <inheritdoc cref="State"/>
    public bool Mediator { get; init; }

    /// <inheritdoc cref="State"/>
    public bool? Overdue { get; init; }

    /// <inheritdoc cref="State"/>
    public bool AmountFrom { get; init; }

    /// <inheritdoc cref="State"/>
    public bool AmountTo { get; init; }

    /// <summary>Whether only what a case holds now can meet the conditions: of one that was handed on it is not kept in clear, or was not known yet.</summary>
    public bool IsOfPresent => Phone || IdNumber || ClosedFrom || ClosedBefore || Registrar || AmountFrom || AmountTo;

    /// <summary>Whether cases in one state are asked for, from which nothing leads on.</summary>
    public bool IsOfEnded => State && Open is false;

    /// <summary>
    /// Every start, order and page with each condition alone, with none and with all: conditions stand side by side, so that nothing else can go wrong with them.
    /// </summary>
    public static IEnumerable<CaseListShape> Checked =>
        from start in Starts
        from oneSubtree in new[] { true, false }
        from order in new[] { (Due: false, Amount: false), (Due: true, Amount: false), (Due: false, Amount: true) }
        from after in new[] { true, false }
        from shape in Conditioned(start with { OneSubtree = oneSubtree, ByDue = order.Due, ByAmount = order.Amount, After = after })
        select shape;

    private static IEnumerable<CaseListShape> Starts =>
    [
        .. AwaitingRoles.All.Where(who => who.IsAnybody).Select(who => new CaseListShape { Start = CaseListStart.Waiting, For = who }),
        .. from who in AwaitingRoles.All
           where who.Supervisor
           from queue in new[] { CaseListQueue.InOrder, CaseListQueue.Long }
           select new CaseListShape { Start = CaseListStart.Waiting, For = who, Queue = queue },
        .. NearCases.All.Select(near => new CaseListShape { Start = CaseListStart.Near, Near = near }),
        new() { Start = CaseListStart.Order },
        new() { Start = CaseListStart.Open },
        .. from start in new[] { CaseListStart.Words, CaseListStart.Character }
           from near in new[] { default, new NearCases { Unit = true } }
           select new CaseListShape { Start = start, Near = near },
        new() { Start = CaseListStart.Number, Phone = true },
        new() { Start = CaseListStart.Number, IdNumber = true },
    ];

    private static IEnumerable<CaseListShape> Conditioned(CaseListShape plain) =>
    [
        plain,
        plain with { State = true, Open = true },
        plain with { State = true, Open = false },
        plain with { Open = true },
        plain with { Open = false },
        .. Enum.GetValues<Light>().Select(light => plain with { Light = light }),
        plain with { Unit = true },
        plain with { Category = true },
        plain with { Track = true },
        plain with { Contains = true },
        plain with { ContainsMore = true, Mediator = true },
        plain with { RegisteredFrom = true, RegisteredBefore = true, Overdue = true },
        plain with { ClosedFrom = true, ClosedBefore = true, Registrar = true, Overdue = false },
        plain with
        {
            State = true, Open = true, Light = Domain.Light.Red, Unit = true, Category = true, Track = true, Contains = true, ContainsMore = true, Phone = true, IdNumber = true,
            RegisteredFrom = true, RegisteredBefore = true, ClosedFrom = true, ClosedBefore = true, Registrar = true, Mediator = true, Overdue = true, AmountFrom = true, AmountTo = true,
        },
    ];
}
