using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>What somebody must be to a case in order to do an action to it. <see cref="CaseAuthority"/> decides whether an actor is that.</summary>
public enum Authority
{
    /// <summary>A grid head, a governance assistant or an officer of the unit that holds the case.</summary>
    HoldingUnit,

    /// <summary>Whoever registered the dispute, as long as they serve where it began.</summary>
    Registrar,

    /// <summary>A grid head, a governance assistant or an officer of the unit where the case began.</summary>
    OriginUnit,

    /// <summary>An officer of the centre in charge.</summary>
    Centre,

    /// <summary>An officer of the centre where the case began.</summary>
    OriginCentre,

    /// <summary>The mediator in charge, or a deputy; as long as none is named, every mediator of the organisation.</summary>
    Mediator,

    /// <summary>Whoever the case waits for: the mediator in charge or the holding unit, as the state has it.</summary>
    PresentHolder,

    /// <summary>A supervisor of the holding unit or of a unit above it.</summary>
    Supervisor,

    /// <summary>An officer of the holding unit or of a unit above it.</summary>
    OfficerAtOrAbove,

    /// <summary>The unit that verifies the result; once the case is closed, the centre where it began as well.</summary>
    VerifyingUnit,

    /// <summary>Whoever put a file in, or the present holder; there must be such a file.</summary>
    FileOwner,

    /// <summary>Whoever works on cases at all. Administrators, auditors and agencies do not.</summary>
    Anyone,
}

/// <summary>What holds for one action. Declared once, in <see cref="CaseActions"/>, and looked up by state afterwards.</summary>
public sealed record ActionRule
{
    private static readonly ImmutableArray<CaseState> States = [.. Enum.GetValues<CaseState>()];

    private ActionRule(ImmutableArray<Authority> authorities) =>
        (NextByState, AuthoritiesByState) = ([.. States.Select(_ => Array.Empty<CaseState>())], [.. States.Select(_ => authorities)]);

    /// <summary>Whether it may be done while the case is suspended: then one only waits, is heard, or ends the matter.</summary>
    public bool IsPossibleWhileSuspended { get; private init; }

    /// <summary>What its entry in the journal holds.</summary>
    public EventShape Journal { get; private init; } = new([], []);

    // Both are indexed by the state, because every list of cases asks them for every action.
    private ImmutableArray<IReadOnlyList<CaseState>> NextByState { get; init; }

    private ImmutableArray<ImmutableArray<Authority>> AuthoritiesByState { get; init; }

    /// <summary>The states it may lead to, the usual one first; empty where it is not possible.</summary>
    public IReadOnlyList<CaseState> Next(CaseState state) => NextByState[(int)state];

    /// <summary>Who may do it in a state: any one of these.</summary>
    public ImmutableArray<Authority> AuthoritiesIn(CaseState state) => AuthoritiesByState[(int)state];

    /// <summary>An action of these, wherever its states do not name somebody else.</summary>
    internal static ActionRule By(params ReadOnlySpan<Authority> authorities) => new([.. authorities]);

    /// <summary>It leads from any of these states to one of those, the usual one first.</summary>
    /// <param name="from">States in which it is possible.</param>
    /// <param name="to">States to which it may lead.</param>
    /// <param name="by">Who may do it there, if not those who may do it elsewhere.</param>
    internal ActionRule From(ReadOnlySpan<CaseState> from, ReadOnlySpan<CaseState> to, ReadOnlySpan<Authority> by = default)
    {
        var rule = this;
        foreach (var state in from)
        {
            rule = rule with
            {
                NextByState = rule.NextByState.SetItem((int)state, [.. to]),
                AuthoritiesByState = by.IsEmpty ? rule.AuthoritiesByState : rule.AuthoritiesByState.SetItem((int)state, [.. by]),
            };
        }

        return rule;
    }

    /// <summary>It is possible in these states and leaves them as they are.</summary>
    internal ActionRule In(params ReadOnlySpan<CaseState> states)
    {
        var rule = this;
        foreach (var state in states)
            rule = rule.From([state], [state]);

        return rule;
    }

    /// <summary>It is possible as long as the case is open, and leaves its state as it is.</summary>
    internal ActionRule InOpenStates() => In([.. States.Where(CaseTransitions.IsOpen)]);

    /// <summary>It may be done while the case is suspended as well.</summary>
    internal ActionRule EvenSuspended() => this with { IsPossibleWhileSuspended = true };

    /// <summary>Its entry in the journal always holds these.</summary>
    internal ActionRule Writes(params ReadOnlySpan<EventKey> keys) => this with { Journal = Journal with { Always = [.. keys] } };

    /// <summary>Its entry in the journal holds these where they have a value.</summary>
    internal ActionRule MayWrite(params ReadOnlySpan<EventKey> keys) => this with { Journal = Journal with { Sometimes = [.. keys] } };
}
