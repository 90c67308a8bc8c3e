using System.Collections.Frozen;
using static GridCases.Domain.CaseEventKind;

namespace GridCases.Domain;

/// <summary>What each kind of line tells, and how kinds are stored.</summary>
public static class CaseEventKinds
{
    private static readonly FrozenDictionary<CaseEventKind, EventShape> Shapes = Enum.GetValues<CaseEventKind>().ToFrozenDictionary(kind => kind, Declare);
    private static readonly FrozenDictionary<string, CaseEventKind> ByName = Shapes.Keys.ToFrozenDictionary(kind => kind.ToString(), StringComparer.Ordinal);
    private static readonly FrozenDictionary<CaseAction, CaseEventKind> ByAction = Enum.GetValues<CaseAction>().ToFrozenDictionary(action => action, action => ByName[action.ToString()]);
    private static readonly FrozenDictionary<CaseEventKind, CaseAction> Actions = ByAction.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>What its lines tell.</summary>
    public static EventShape Shape(this CaseEventKind kind) => Shapes[kind];

    /// <summary>The action that its lines are about; null when they are about none.</summary>
    public static CaseAction? Action(this CaseEventKind kind) => Actions.TryGetValue(kind, out var action) ? action : null;

    /// <summary>The kind of an action's line.</summary>
    public static CaseEventKind Of(CaseAction action) => ByAction[action];

    /// <summary>The kind of a stored line; null for one that only a later version knows.</summary>
    public static CaseEventKind? Find(string storedAction) => ByName.TryGetValue(storedAction, out var kind) ? kind : null;

    private static EventShape Declare(CaseEventKind kind) => kind switch
    {
        Register => Always(EventKey.Number, EventKey.Unit, EventKey.Category, EventKey.Source, EventKey.Parties),
        Submit or AssignDown => Always(EventKey.To),
        Return or SubmitUpward or TakeOver => Always(EventKey.To, EventKey.Reason),
        Redirect => Always(EventKey.Reason).Sometimes(EventKey.To, EventKey.Track, EventKey.Organisation, EventKey.Mediator),
        ResolveOnSpot => Always(EventKey.Summary),
        Withdraw or RefuseAssignment => Always(EventKey.Reason),
        Accept => Always(),
        Decline => Always(EventKey.Reason, EventKey.OtherRemedies),
        ReferOut => Always(EventKey.Target, EventKey.Name, EventKey.Reason),
        Merge => Always(EventKey.Into, EventKey.Reason),
        MergedFrom => Always(EventKey.FromCase, EventKey.Number),
        Link => Always(EventKey.ToCase),
        LinkedFrom => Always(EventKey.FromCase),

        AssignMediation => Always(EventKey.Track, EventKey.Organisation).Sometimes(EventKey.Mediator, EventKey.Entrustment),
        SwitchTrack => Always(EventKey.Track, EventKey.Organisation, EventKey.Reason).Sometimes(EventKey.FromTrack),
        StartMediation => Always(EventKey.Consented, EventKey.Choice).Sometimes(EventKey.Refused),
        Reassign or Recuse => Always(EventKey.Mediator, EventKey.Reason),
        PlanSession => Always(EventKey.At).Sometimes(EventKey.Online),
        RecordSession or RecordInvestigation => Always(EventKey.Session, EventKey.HeldAt).Sometimes(EventKey.Concession, EventKey.Online, EventKey.Participants),
        ReportSham => Always(EventKey.Report, EventKey.Reason),
        DecideSham => Always(EventKey.Report, EventKey.Founded, EventKey.Note),
        Suspend => Always(EventKey.Reason).Sometimes(EventKey.ExpectedResumeOn),
        Resume => Always().Sometimes(EventKey.Reason),
        FailMediation => Always(EventKey.Reason, EventKey.RemediesNoticed),
        Terminate => Always(EventKey.Reason).Sometimes(EventKey.Party),

        ReachAgreement => Always(EventKey.Version, EventKey.Form, EventKey.Sha256),
        ReviseAgreement => Always(EventKey.Version, EventKey.Form, EventKey.Sha256, EventKey.VoidedSignatures),
        Sign => Always(EventKey.Signer, EventKey.How, EventKey.Version, EventKey.Sha256).Sometimes(EventKey.Image, EventKey.Effective),
        RecordPerformance => Always(EventKey.Obligation, EventKey.PerformedOn).Sometimes(EventKey.Note),
        ApplyForConfirmation => Always(EventKey.Court, EventKey.Applicants),
        RecordConfirmation => Always(EventKey.Result, EventKey.DecidedOn).Sometimes(EventKey.DocumentNumber, EventKey.Reason),

        CompleteHandling => Always(EventKey.Outcome, EventKey.Summary),
        Verify => Always(EventKey.Settled, EventKey.Satisfaction).Sometimes(EventKey.Note),
        ReturnForRework => Always(EventKey.To, EventKey.State, EventKey.Reason),
        RecordFollowUp => Always(EventKey.VisitedOn, EventKey.Method, EventKey.Satisfaction),
        Reopen => Always(EventKey.Reason, EventKey.Times, EventKey.To),
        Archive => Always().Sometimes(EventKey.Missing, EventKey.MissingReason, EventKey.Subsidy, EventKey.NoSubsidy),

        Comment => Always(EventKey.Note),
        Attach => Always(EventKey.Attachment, EventKey.Kind, EventKey.Length, EventKey.Sha256).Sometimes(EventKey.Concession),
        WithdrawAttachment => Always(EventKey.Attachment, EventKey.Reason),
        Unmask => Always(EventKey.Purpose),

        RequestExtension or GrantExtension => Always(EventKey.Extension, EventKey.Clock, EventKey.Days, EventKey.Reason).Sometimes(EventKey.PartiesAgree),
        DecideExtension => Always(EventKey.Extension, EventKey.Granted).Sometimes(EventKey.Days, EventKey.Note),
        ProposeRisk => Always(EventKey.Risk, EventKey.Reason).Sometimes(EventKey.Violence),
        ConfirmRisk => Always(EventKey.Risk).Sometimes(EventKey.Sponsor, EventKey.Violence, EventKey.Prevention, EventKey.PoliceNotice),
        RecordPoliceNotice => Always(EventKey.PoliceNotice, EventKey.DeliveredOn).Sometimes(EventKey.Reference),
        IssueCard => Always(EventKey.Card, EventKey.Color, EventKey.ReplyDueOn, EventKey.Note),
        ReplyToCard => Always(EventKey.Card, EventKey.Reply),
        LiftCard => Always(EventKey.Card, EventKey.Reason),

        Escalate => Always(EventKey.Clock, EventKey.ClockId, EventKey.Level, EventKey.DueAt).Sometimes(EventKey.To),
        RerouteEscalation => Always(EventKey.Clock, EventKey.ClockId, EventKey.Level).Sometimes(EventKey.From, EventKey.To),
        AcknowledgeEscalation => Always(EventKey.Escalation, EventKey.Clock, EventKey.ClockId, EventKey.Level).Sometimes(EventKey.Note),
        DismissEscalation => Always(EventKey.Escalation, EventKey.Clock, EventKey.ClockId, EventKey.Level, EventKey.Reason),
        ClockRecomputed => Always(EventKey.Clock, EventKey.ClockId, EventKey.DueBefore, EventKey.DueAfter, EventKey.Provisional).Sometimes(EventKey.PolicyBefore, EventKey.PolicyAfter),
    };

    private static EventShape Always(params ReadOnlySpan<EventKey> keys) => new([.. keys], []);

    private static EventShape Sometimes(this EventShape shape, params ReadOnlySpan<EventKey> keys) => shape with { Sometimes = [.. keys] };
}
