namespace GridCases.Domain;

/// <summary>
/// Where an action may lead: read from <see cref="CaseActions"/> by the aggregate, the API's actions, the pages' buttons and the printed diagram.
/// </summary>
public static class CaseTransitions
{
    /// <summary>
    /// The states an action may lead to from a state, the usual one first; empty when the action is not possible there.
    /// An action that leaves the state as it is names that same state.
    /// </summary>
    public static IReadOnlyList<CaseState> Next(CaseState state, CaseAction action) => CaseActions.Rule(action).Next(state);

    /// <summary>Whether the case still needs somebody to act: it is neither closed nor given up nor given to somebody else.</summary>
    public static bool IsOpen(CaseState state) => state switch
    {
        CaseState.Registered or CaseState.AwaitingAcceptance or CaseState.Accepted or CaseState.Assigned or CaseState.InMediation or CaseState.AgreementReached
            or CaseState.ConfirmationPending or CaseState.MediationFailed or CaseState.AwaitingVerification => true,
        CaseState.Closed or CaseState.Declined or CaseState.Withdrawn or CaseState.ReferredOut or CaseState.Merged or CaseState.Archived => false,
    };

    /// <summary>What may be done while the case is suspended: wait, be heard, or end it at a party's wish (People's Mediation Law art. 23).</summary>
    public static bool IsPossibleWhileSuspended(CaseAction action) => CaseActions.Rule(action).IsPossibleWhileSuspended;
}
