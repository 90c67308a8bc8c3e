using static GridCases.Domain.CaseAction;
using static GridCases.Domain.CaseState;

namespace GridCases.Domain;

/// <summary>
/// The way of a case: one table for the aggregate, the API's actions, the pages' buttons and the printed diagram.
/// </summary>
public static class CaseTransitions
{
    private static readonly CaseState[] Nowhere = [];

    /// <summary>
    /// The states an action may lead to from a state, the usual one first; empty when the action is not possible there.
    /// An action that leaves the state as it is names that same state.
    /// </summary>
    public static IReadOnlyList<CaseState> Next(CaseState state, CaseAction action) => state switch
    {
        Registered => action switch
        {
            Submit => [AwaitingAcceptance],
            ResolveOnSpot => [AwaitingVerification],
            CaseAction.Withdraw => [Withdrawn],
            CaseAction.Merge => [CaseState.Merged],
            TakeOver => [Accepted],
            _ => WhileOpen(state, action),
        },
        AwaitingAcceptance => action switch
        {
            Accept => [Accepted],
            Decline => [Declined],
            Return => [Accepted, Registered],
            SubmitUpward => [AwaitingAcceptance],
            AssignDown => [AwaitingAcceptance],
            TakeOver => [Accepted],
            Redirect => [AwaitingAcceptance, Assigned],
            _ => WhileOpen(state, action),
        },
        Accepted => action switch
        {
            AssignMediation => [Assigned],
            SubmitUpward => [AwaitingAcceptance],
            AssignDown => [AwaitingAcceptance],
            ReferOut => [ReferredOut],
            CompleteHandling => [AwaitingVerification],
            RecordInvestigation => [Accepted],
            Return => [Accepted, Registered],
            TakeOver => [Accepted],
            Redirect => [AwaitingAcceptance, Assigned],
            _ => WhileOpen(state, action),
        },
        Assigned => action switch
        {
            StartMediation => [InMediation, MediationFailed],
            RefuseAssignment => [Accepted],
            PlanSession => [Assigned],
            Recuse => [Assigned, Accepted],
            Reassign => [Assigned],
            TakeOver => [Accepted],
            Redirect => [AwaitingAcceptance, Assigned],
            _ => WhileOpen(state, action),
        },
        InMediation => action switch
        {
            RecordSession => [InMediation],
            PlanSession => [InMediation],
            RecordInvestigation => [InMediation],
            Recuse => [Assigned, Accepted],
            ReportSham => [InMediation],
            DecideSham => [InMediation, MediationFailed],
            ReachAgreement => [AgreementReached],
            FailMediation => [MediationFailed],
            SwitchTrack => [Assigned],
            Suspend => [InMediation],
            Resume => [InMediation],
            Terminate => [MediationFailed],
            Reassign => [InMediation],
            TakeOver => [Accepted],
            Redirect => [AwaitingAcceptance, Assigned],
            _ => WhileOpen(state, action),
        },
        AgreementReached => action switch
        {
            ReviseAgreement => [AgreementReached],
            Sign => [AgreementReached],
            RecordPerformance => [AgreementReached],
            ApplyForConfirmation => [ConfirmationPending],
            ReportSham => [AgreementReached],
            DecideSham => [AgreementReached, MediationFailed],
            CompleteHandling => [AwaitingVerification],
            _ => WhileOpen(state, action),
        },
        ConfirmationPending => action switch
        {
            RecordConfirmation => [AgreementReached],
            RecordPerformance => [ConfirmationPending],
            _ => WhileOpen(state, action),
        },
        MediationFailed => action switch
        {
            SwitchTrack => [Assigned],
            SubmitUpward => [AwaitingAcceptance],
            ReferOut => [ReferredOut],
            CompleteHandling => [AwaitingVerification],
            TakeOver => [Accepted],
            Redirect => [AwaitingAcceptance, Assigned],
            _ => WhileOpen(state, action),
        },
        AwaitingVerification => action switch
        {
            Verify => [Closed],
            ReturnForRework => [Registered, Accepted, AgreementReached, MediationFailed],
            RecordPerformance => [AwaitingVerification],
            TakeOver => [Accepted],
            _ => WhileOpen(state, action),
        },
        Closed => action switch
        {
            RecordFollowUp => [Closed],
            RecordPerformance => [Closed],
            Reopen => [Accepted, AwaitingAcceptance],
            Archive => [Archived],
            Comment or Attach or WithdrawAttachment or Link or RecordPoliceNotice => [Closed],
            _ => Nowhere,
        },
        Declined or Withdrawn or ReferredOut => action is Comment or Attach or WithdrawAttachment ? [state] : Nowhere,
        CaseState.Merged or Archived => Nowhere,
    };

    /// <summary>Whether the case still needs somebody to act: it is not closed and has not left the house.</summary>
    public static bool IsOpen(CaseState state) => state is not (Closed or Declined or Withdrawn or ReferredOut or CaseState.Merged or Archived);

    /// <summary>What may be done while the case is suspended: wait, be heard, or end it at a party's wish (People's Mediation Law art. 23).</summary>
    public static bool IsPossibleWhileSuspended(CaseAction action) => action
        is Resume or Terminate or Comment or Attach or WithdrawAttachment or Link or ProposeRisk or ConfirmRisk or RecordPoliceNotice or TakeOver or Redirect
            or IssueCard or ReplyToCard or LiftCard or Reassign or RecordInvestigation or ReportSham or DecideSham;

    private static CaseState[] WhileOpen(CaseState state, CaseAction action) => action
        is Comment or Attach or WithdrawAttachment or Link or ProposeRisk or ConfirmRisk or RecordPoliceNotice
            or RequestExtension or DecideExtension or IssueCard or ReplyToCard or LiftCard
        ? [state]
        : Nowhere;
}
