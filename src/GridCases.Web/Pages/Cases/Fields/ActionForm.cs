using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>A field of an action's form. Its label is the text <c>Field.{name}</c>, or for one action <c>{action}.{name}</c>.</summary>
/// <param name="Name">Its name in the command's JSON, and of the input.</param>
/// <param name="Kind">How it is asked for.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
/// <param name="Max">Longest text.</param>
/// <param name="Words">The enum whose members are the choices.</param>
/// <param name="When">Shown only while another field has a value: <c>risk=Red</c>.</param>
public sealed record Field(string Name, FieldKind Kind, bool IsOptional = false, int Max = 1000, Type? Words = null, string? When = null)
{
    /// <summary>What draws and reads it.</summary>
    public FieldControl Control => FieldControl.Of(Kind);
}

/// <summary>The form of an action: its command, its icon, its fields in order.</summary>
/// <param name="Action">The action.</param>
/// <param name="Command">The command that the API takes for it.</param>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="Fields">What is asked for.</param>
public sealed record ActionForm(CaseAction Action, Type Command, string Icon, params IReadOnlyList<Field> Fields)
{
    private static readonly Field Reason = new("reason", FieldKind.Lines);
    private static readonly Field MaybeNote = new("note", FieldKind.Lines, IsOptional: true);

    /// <summary>Its name in addresses and ids.</summary>
    public string Name => CaseActionNames.Of(Action);

    /// <summary>Whether it ends something or is out of the ordinary: offered last, behind a line.</summary>
    public bool IsExceptional => Action is CaseAction.Decline or CaseAction.Withdraw or CaseAction.Merge or CaseAction.FailMediation or CaseAction.Terminate
        or CaseAction.RefuseAssignment or CaseAction.Recuse or CaseAction.ReportSham or CaseAction.WithdrawAttachment or CaseAction.ReferOut or CaseAction.TakeOver or CaseAction.Reopen or CaseAction.LiftCard;

    /// <summary>The name of the input that an error of the command is about.</summary>
    public string InputOf(string error) => Fields.Select(f => f.Control.InputOf(f, error)).FirstOrDefault(input => input is not null) ?? error;

    /// <summary>The form of an action; null for what is done elsewhere.</summary>
    public static ActionForm? Of(CaseAction action) => action switch
    {
        CaseAction.Submit => new(action, typeof(SubmitCase.Command), "arrow-forward-up"),
        CaseAction.ResolveOnSpot => new(action, typeof(ResolveOnSpot.Command), "check", new Field("summary", FieldKind.Lines, Max: 2000)),
        CaseAction.Withdraw => new(action, typeof(WithdrawCase.Command), "x", Reason),
        CaseAction.Merge => new(action, typeof(MergeCase.Command), "file-text", new Field("intoCaseId", FieldKind.CaseNumber, Max: 30), Reason),
        CaseAction.Accept => new(action, typeof(AcceptCase.Command), "check"),
        CaseAction.Decline => new(action, typeof(DeclineCase.Command), "x", Reason, new Field("otherRemedies", FieldKind.Lines)),
        CaseAction.Return => new(action, typeof(ReturnCase.Command), "arrow-left", Reason),
        CaseAction.SubmitUpward => new(action, typeof(SubmitUpward.Command), "arrow-forward-up", Reason, new Field("skipTo", FieldKind.HigherUnit, IsOptional: true)),
        CaseAction.AssignDown => new(action, typeof(AssignDown.Command), "building", new Field("unitCode", FieldKind.ChildUnit)),
        CaseAction.TakeOver => new(action, typeof(TakeOverCase.Command), "arrow-forward-up", Reason),
        CaseAction.AssignMediation => new(action, typeof(AssignMediation.Command), "messages",
            new Field("mediation", FieldKind.Mediation), new Field("entrustment", FieldKind.WordList, IsOptional: true, Words: typeof(Entrustment), When: "mediation")),
        CaseAction.ReferOut => new(action, typeof(ReferOut.Command), "route",
            new Field("to", FieldKind.WordList, Words: typeof(ReferralTarget)), new Field("name", FieldKind.Text, Max: 200), Reason),
        CaseAction.CompleteHandling => new(action, typeof(CompleteHandling.Command), "circle-check",
            new Field("outcome", FieldKind.Words, Words: typeof(Outcome)), new Field("summary", FieldKind.Lines, Max: 2000)),
        CaseAction.StartMediation => new(action, typeof(StartMediation.Command), "messages", new Field("consents", FieldKind.Consents),
            new Field("mediatorChoice", FieldKind.Words, Words: typeof(MediatorChoice))),
        CaseAction.RefuseAssignment => new(action, typeof(RefuseAssignment.Command), "arrow-left", Reason),
        CaseAction.Reassign => new(action, typeof(ReassignMediator.Command), "users", new Field("mediator", FieldKind.Colleague), Reason),
        CaseAction.RecordSession => new(action, typeof(RecordSession.Command), "message-2",
            new Field("heldAt", FieldKind.Moment), new Field("place", FieldKind.Text, Max: 200), new Field("note", FieldKind.Lines, Max: 4000),
            new Field("participants", FieldKind.Parties, IsOptional: true), new Field("others", FieldKind.Text, IsOptional: true, Max: 400),
            new Field("concession", FieldKind.Check, IsOptional: true), new Field("online", FieldKind.Check, IsOptional: true)),
        CaseAction.PlanSession => new(action, typeof(PlanSession.Command), "calendar-event", new Field("startsAt", FieldKind.Moment),
            new Field("place", FieldKind.Text, IsOptional: true, Max: 200), new Field("link", FieldKind.Link, IsOptional: true, Max: 400)),
        CaseAction.RecordInvestigation => new(action, typeof(RecordInvestigation.Command), "search",
            new Field("heldAt", FieldKind.Moment), new Field("place", FieldKind.Text, Max: 200), new Field("participants", FieldKind.Parties, IsOptional: true),
            new Field("others", FieldKind.Text, IsOptional: true, Max: 400), new Field("note", FieldKind.Lines, Max: 4000),
            new Field("concession", FieldKind.Check, IsOptional: true)),
        CaseAction.Recuse => new(action, typeof(RecuseMediator.Command), "logout", Reason),
        CaseAction.ReportSham => new(action, typeof(ReportSham.Command), "alert-triangle", Reason),
        CaseAction.DecideSham => new(action, typeof(DecideSham.Command), "gavel", new Field("founded", FieldKind.YesNo), new Field("note", FieldKind.Lines)),
        CaseAction.ReachAgreement => new(action, typeof(ReachAgreement.Command), "signature", new Field("agreement", FieldKind.Agreement)),
        CaseAction.ReviseAgreement => new(action, typeof(ReviseAgreement.Command), "signature", new Field("agreement", FieldKind.Agreement)),
        CaseAction.Sign => new(action, typeof(SignAgreement.Command), "signature", new Field("signer", FieldKind.Signer)),
        CaseAction.FailMediation => new(action, typeof(FailMediation.Command), "x", Reason, new Field("remediesNoticed", FieldKind.Check)),
        CaseAction.SwitchTrack => new(action, typeof(SwitchTrack.Command), "route", new Field("mediation", FieldKind.OtherTrack),
            new Field("entrustment", FieldKind.WordList, IsOptional: true, Words: typeof(Entrustment), When: "mediation"), Reason),
        CaseAction.Suspend => new(action, typeof(SuspendCase.Command), "player-pause", Reason, new Field("expectedResumeOn", FieldKind.Day, IsOptional: true)),
        CaseAction.Resume => new(action, typeof(ResumeCase.Command), "refresh", new Field("reason", FieldKind.Lines, IsOptional: true)),
        CaseAction.Terminate => new(action, typeof(TerminateMediation.Command), "logout", new Field("byPartyId", FieldKind.Party, IsOptional: true), Reason),
        CaseAction.RecordPerformance => new(action, typeof(RecordPerformance.Command), "checks",
            new Field("obligationId", FieldKind.Obligation), new Field("performedOn", FieldKind.Day), MaybeNote),
        CaseAction.ApplyForConfirmation => new(action, typeof(ApplyForConfirmation.Command), "scale",
            new Field("court", FieldKind.Text, Max: 200), new Field("applicants", FieldKind.Principals)),
        CaseAction.RecordConfirmation => new(action, typeof(RecordConfirmation.Command), "gavel",
            new Field("result", FieldKind.Words, Words: typeof(ConfirmationResult)), new Field("decidedOn", FieldKind.Day),
            new Field("documentNumber", FieldKind.Text, IsOptional: true, Max: 100), new Field("reason", FieldKind.Lines, IsOptional: true, When: "result=Refused")),
        CaseAction.Verify => new(action, typeof(VerifyCase.Command), "shield-check",
            new Field("settled", FieldKind.True), new Field("satisfaction", FieldKind.Stars), MaybeNote),
        CaseAction.ReturnForRework => new(action, typeof(ReturnForRework.Command), "arrow-left", Reason),
        CaseAction.RecordFollowUp => new(action, typeof(RecordFollowUp.Command), "phone",
            new Field("visitedOn", FieldKind.Day), new Field("method", FieldKind.Text, Max: 100), new Field("satisfaction", FieldKind.Stars), MaybeNote),
        CaseAction.Reopen => new(action, typeof(ReopenCase.Command), "refresh", Reason),
        CaseAction.Archive => new(action, typeof(ArchiveCase.Command), "inbox", new Field("missingReason", FieldKind.Lines, IsOptional: true)),
        CaseAction.RequestExtension => new(action, typeof(RequestExtension.Command), "hourglass",
            new Field("clockId", FieldKind.Clock), new Field("days", FieldKind.Number), Reason, new Field("partiesAgree", FieldKind.Check, IsOptional: true)),
        CaseAction.DecideExtension => new(action, typeof(DecideExtension.Command), "hourglass",
            new Field("extensionId", FieldKind.Request), new Field("grant", FieldKind.YesNo),
            new Field("days", FieldKind.Number, IsOptional: true, When: "grant=true"), MaybeNote),
        CaseAction.Comment => new(action, typeof(CommentOnCase.Command), "message-2", new Field("note", FieldKind.Lines, Max: 2000)),
        // A file comes with its own form, on the panel of files.
        CaseAction.Attach => null,
        CaseAction.WithdrawAttachment => new(action, typeof(WithdrawAttachment.Command), "x", new Field("attachmentId", FieldKind.File), Reason),
        CaseAction.Link => new(action, typeof(LinkCases.Command), "link", new Field("toCaseId", FieldKind.CaseNumber, Max: 30), Reason),
        CaseAction.ProposeRisk => new(action, typeof(ProposeRisk.Command), "flag", new Field("risk", FieldKind.Words, Words: typeof(Risk)),
            new Field("violence", FieldKind.Check, IsOptional: true), Reason),
        CaseAction.ConfirmRisk => new(action, typeof(ConfirmRisk.Command), "flag", new Field("risk", FieldKind.Words, Words: typeof(Risk)),
            new Field("sponsor", FieldKind.Text, IsOptional: true, Max: 100, When: "risk=Red"), new Field("violence", FieldKind.Check, IsOptional: true),
            new Field("prevention", FieldKind.Lines, IsOptional: true)),
        CaseAction.RecordPoliceNotice => new(action, typeof(RecordPoliceNotice.Command), "shield-check",
            new Field("deliveredOn", FieldKind.Day), new Field("receivedBy", FieldKind.Text, Max: 200), new Field("reference", FieldKind.Text, IsOptional: true, Max: 100)),
        CaseAction.IssueCard => new(action, typeof(IssueCard.Command), "urgent",
            new Field("color", FieldKind.Words, Words: typeof(CardColor)), new Field("replyDueOn", FieldKind.Day), new Field("note", FieldKind.Lines)),
        CaseAction.ReplyToCard => new(action, typeof(ReplyToCard.Command), "message-2", new Field("reply", FieldKind.Lines, Max: 2000)),
        CaseAction.LiftCard => new(action, typeof(LiftCard.Command), "check", Reason),
        CaseAction.Redirect => null,
    };
}
