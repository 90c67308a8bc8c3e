using GridCases.Domain;

namespace GridCases.Web.Pages.Cases;

/// <summary>What usually comes next for a case, in order of preference; of these the page offers the first that the caller may do.</summary>
public static class NextActions
{
    /// <summary>The actions that are natural in the case's present state.</summary>
    public static IEnumerable<CaseAction> Of(CaseDetails details) => details.View.Suspended ? [CaseAction.Resume] : details.View.State switch
    {
        CaseState.Registered => [CaseAction.Submit, .. Supervising(details)],
        CaseState.AwaitingAcceptance => [CaseAction.Accept, .. Supervising(details)],
        CaseState.Accepted => [CaseAction.AssignMediation, .. Supervising(details)],
        CaseState.Assigned => [CaseAction.AcceptEntrustment, CaseAction.StartMediation, .. Supervising(details)],
        CaseState.InMediation => details.Held.Sessions.Count == 0 ? [CaseAction.RecordConsent, CaseAction.RecordSession, .. Supervising(details)] : [CaseAction.RecordConsent, CaseAction.ReachAgreement, .. Supervising(details)],
        CaseState.AgreementReached => [CaseAction.Sign, CaseAction.RecordCourtResult, OpenObligations(details) > 0 ? CaseAction.RecordPerformance : CaseAction.CompleteHandling, .. Supervising(details)],
        CaseState.ConfirmationPending => [CaseAction.RecordConfirmation, .. Supervising(details)],
        CaseState.MediationFailed => [CaseAction.SwitchTrack, CaseAction.CompleteHandling, .. Supervising(details)],
        CaseState.AwaitingVerification => [CaseAction.Verify, .. Supervising(details)],
        CaseState.Closed => details.Running(ClockKind.FollowUp) is not null ? [CaseAction.RecordFollowUp] : [CaseAction.Archive],
        CaseState.Declined or CaseState.Withdrawn or CaseState.ReferredOut or CaseState.Merged or CaseState.Archived => [],
    };

    /// <summary>A supervisor answers requests for more time, and issues a card where something is overdue.</summary>
    private static IEnumerable<CaseAction> Supervising(CaseDetails details) =>
        details.View.Light is Light.Red && details.View.Card is null ? [CaseAction.DecideExtension, CaseAction.IssueCard] : [CaseAction.DecideExtension];

    /// <summary>How much of the agreement is still to be performed.</summary>
    public static int OpenObligations(CaseDetails details) => details.View.Agreement?.Obligations.Count(o => o.PerformedOn is null) ?? 0;
}
