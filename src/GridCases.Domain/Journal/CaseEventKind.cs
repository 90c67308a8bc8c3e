namespace GridCases.Domain;

/// <summary>What a line of the journal tells. The names are the stored ones, so a kind is never renamed; what its lines say is <see cref="CaseEventKinds.Shape"/>.</summary>
public enum CaseEventKind
{
    // What people do: each CaseAction under its own name.
    Submit, ResolveOnSpot, Withdraw, Merge, Accept, Decline, Return, SubmitUpward, AssignDown, TakeOver, AssignMediation, ReferOut, CompleteHandling,
    StartMediation, RefuseAssignment, Reassign, RecordSession, PlanSession, RecordInvestigation, Recuse, ReportSham, DecideSham,
    ReachAgreement, ReviseAgreement, Sign, FailMediation, SwitchTrack, Suspend, Resume, Terminate, RecordPerformance, ApplyForConfirmation, RecordConfirmation,
    Verify, ReturnForRework, RecordFollowUp, Reopen, Archive,
    RequestExtension, DecideExtension, Comment, Attach, WithdrawAttachment, Link, ProposeRisk, ConfirmRisk, RecordPoliceNotice, IssueCard, ReplyToCard, LiftCard, Redirect,

    /// <summary>The first line of every journal.</summary>
    Register,

    /// <summary>Another case was merged into this one.</summary>
    MergedFrom,

    /// <summary>Another case was linked with this one.</summary>
    LinkedFrom,

    /// <summary>Somebody saw the parties' papers in full.</summary>
    Unmask,

    /// <summary>A supervisor gave more time without being asked.</summary>
    GrantExtension,

    /// <summary>The sweep opened a level of escalation.</summary>
    Escalate,

    /// <summary>The sweep sent an open escalation to where it belongs now.</summary>
    RerouteEscalation,

    /// <summary>A supervisor took note of an escalation.</summary>
    AcknowledgeEscalation,

    /// <summary>A supervisor closed an escalation without doing anything to the case.</summary>
    DismissEscalation,

    /// <summary>A clock changed with the calendar or its policy.</summary>
    ClockRecomputed,
}
