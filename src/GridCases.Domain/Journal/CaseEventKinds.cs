using System.Collections.Frozen;

namespace GridCases.Domain;

/// <summary>What the entries of each kind hold, and how kinds are stored.</summary>
public static class CaseEventKinds
{
    private static readonly FrozenDictionary<string, CaseEventKind> ByName =
        Enum.GetValues<CaseEventKind>().ToFrozenDictionary(kind => kind.ToString(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<CaseAction, CaseEventKind> ByAction =
        Enum.GetValues<CaseAction>().ToFrozenDictionary(action => action, action => ByName[action.ToString()]);

    private static readonly FrozenDictionary<CaseEventKind, CaseAction> Actions = ByAction.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>What is no action has its entry declared here. A kind that is in neither place fails when this class is first used, and so in every test.</summary>
    private static readonly FrozenDictionary<CaseEventKind, EventShape> Others = new Dictionary<CaseEventKind, EventShape>
    {
        [CaseEventKind.Register] = Always(EventKey.Number, EventKey.Unit, EventKey.Category, EventKey.Source, EventKey.Parties),
        [CaseEventKind.BringOver] = Always(EventKey.Number, EventKey.FormerNumber, EventKey.At, EventKey.Unit, EventKey.State, EventKey.Category, EventKey.Source, EventKey.Parties),
        [CaseEventKind.MergedFrom] = Always(EventKey.FromCase, EventKey.Number),
        [CaseEventKind.LinkedFrom] = Always(EventKey.FromCase),
        [CaseEventKind.Unmask] = Always(EventKey.Purpose),
        [CaseEventKind.SignSession] = Always(EventKey.Session, EventKey.Signer, EventKey.Image),
        [CaseEventKind.GrantExtension] = CaseActions.Rule(CaseAction.RequestExtension).Journal,
        [CaseEventKind.Escalate] = Always(EventKey.Clock, EventKey.ClockId, EventKey.Level, EventKey.DueAt).Sometimes(EventKey.To),
        [CaseEventKind.RerouteEscalation] = Always(EventKey.Clock, EventKey.ClockId, EventKey.Level).Sometimes(EventKey.From, EventKey.To),
        [CaseEventKind.TakeBackEscalation] = Always(EventKey.Clock, EventKey.ClockId, EventKey.Level, EventKey.DueAt),
        [CaseEventKind.AcknowledgeEscalation] = Always(EventKey.Escalation, EventKey.Clock, EventKey.ClockId, EventKey.Level).Sometimes(EventKey.Note),
        [CaseEventKind.DismissEscalation] = Always(EventKey.Escalation, EventKey.Clock, EventKey.ClockId, EventKey.Level, EventKey.Reason),
        [CaseEventKind.ClockRecomputed] = Always(EventKey.Clock, EventKey.ClockId, EventKey.DueBefore, EventKey.DueAfter, EventKey.Provisional)
            .Sometimes(EventKey.PolicyBefore, EventKey.PolicyAfter),
        [CaseEventKind.HandOver] = Always(EventKey.FromMediator, EventKey.Mediator, EventKey.Reason),
        [CaseEventKind.MoveToSuccessor] = Always(EventKey.From, EventKey.To),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<CaseEventKind, EventShape> Shapes = ByName.Values
        .ToFrozenDictionary(kind => kind, kind => Actions.TryGetValue(kind, out var action) ? CaseActions.Rule(action).Journal : Others[kind]);

    /// <summary>What its entries hold.</summary>
    public static EventShape Shape(this CaseEventKind kind) => Shapes[kind];

    /// <summary>The action that its entries are about; null when they are about none.</summary>
    public static CaseAction? Action(this CaseEventKind kind) => Actions.TryGetValue(kind, out var action) ? action : null;

    /// <summary>The kind of an action's entry.</summary>
    public static CaseEventKind Of(CaseAction action) => ByAction[action];

    /// <summary>The kind of a stored entry; null for one that only a later version knows.</summary>
    public static CaseEventKind? Find(string storedAction) => ByName.TryGetValue(storedAction, out var kind) ? kind : null;

    private static EventShape Always(params ReadOnlySpan<EventKey> keys) => new([.. keys], []);

    private static EventShape Sometimes(this EventShape shape, params ReadOnlySpan<EventKey> keys) => shape with { Sometimes = [.. keys] };
}
