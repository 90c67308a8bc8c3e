using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>What the table of actions answers beside the transitions, which have a test of their own.</summary>
public class ActionRuleTests
{
    /// <summary>Every action with the roles that can ever do it, in the order of the API's lists; those with an asterisk are possible while the case is suspended.</summary>
    private static readonly string[] Expected =
    [
        "Submit GridHead GovernanceAssistant CentreOfficer",
        "Recall GridHead GovernanceAssistant CentreOfficer",
        "ResolveOnSpot GridHead GovernanceAssistant CentreOfficer",
        "Withdraw GridHead GovernanceAssistant CentreOfficer",
        "Merge GridHead GovernanceAssistant CentreOfficer",
        "Accept CentreOfficer",
        "Decline CentreOfficer",
        "Return CentreOfficer",
        "SubmitUpward CentreOfficer",
        "AssignDown CentreOfficer",
        "TakeOver* Supervisor",
        "AssignMediation CentreOfficer",
        "ReferOut CentreOfficer",
        "CompleteHandling CentreOfficer Mediator",
        "StartMediation Mediator",
        "RecordConsent Mediator",
        "AcceptEntrustment Mediator",
        "RefuseAssignment Mediator",
        "Reassign* CentreOfficer Supervisor",
        "RecordSession Mediator",
        "PlanSession Mediator",
        "RecordInvestigation* CentreOfficer Mediator",
        "Recuse Mediator",
        "DiscloseConflict Mediator",
        "ReportSham* CentreOfficer Mediator Supervisor",
        "DecideSham* Supervisor",
        "ReachAgreement Mediator",
        "ReviseAgreement Mediator",
        "Sign Mediator",
        "WithdrawSignature Mediator",
        "FailMediation Mediator",
        "SwitchTrack CentreOfficer Mediator",
        "Suspend Mediator",
        "Resume* Mediator",
        "Terminate* Mediator",
        "RecordPerformance Mediator",
        "ApplyForConfirmation Mediator",
        "RecordConfirmation Mediator",
        "RecordCourtResult Mediator",
        "Verify GridHead GovernanceAssistant CentreOfficer",
        "ReturnForRework GridHead GovernanceAssistant CentreOfficer",
        "RecordFollowUp GridHead GovernanceAssistant CentreOfficer",
        "Reopen GridHead GovernanceAssistant CentreOfficer Supervisor",
        "Archive GridHead GovernanceAssistant CentreOfficer",
        "Correct* GridHead GovernanceAssistant CentreOfficer Mediator",
        "AddParty* GridHead GovernanceAssistant CentreOfficer Mediator",
        "CorrectParty* GridHead GovernanceAssistant CentreOfficer Mediator",
        "WithdrawParty GridHead GovernanceAssistant CentreOfficer Mediator",
        "RequestExtension GridHead GovernanceAssistant CentreOfficer Mediator",
        "DecideExtension Supervisor",
        "Comment* GridHead GovernanceAssistant CentreOfficer Mediator Supervisor",
        "Attach* GridHead GovernanceAssistant CentreOfficer Mediator Supervisor",
        "WithdrawAttachment* GridHead GovernanceAssistant CentreOfficer Mediator Supervisor",
        "Link* GridHead GovernanceAssistant CentreOfficer Mediator Supervisor",
        "ProposeRisk* GridHead GovernanceAssistant CentreOfficer Mediator Supervisor",
        "ConfirmRisk* CentreOfficer Supervisor",
        "RecordPoliceNotice* CentreOfficer Supervisor",
        "IssueCard* Supervisor",
        "ReplyToCard* GridHead GovernanceAssistant CentreOfficer Mediator",
        "LiftCard* Supervisor",
        "Redirect* Supervisor",
    ];

    [Test]
    public void Every_action_has_its_roles_and_is_possible_while_suspended_or_not() => Assert.That(
        Enum.GetValues<CaseAction>().Select(action =>
            $"{action}{(CaseTransitions.IsPossibleWhileSuspended(action) ? "*" : "")} {string.Join(' ', CaseAuthority.RolesFor(action))}"),
        Is.EqualTo(Expected));

    [Test]
    public void The_usual_next_state_comes_first() => Assert.Multiple(() =>
    {
        Assert.That(CaseTransitions.Next(CaseState.Assigned, CaseAction.StartMediation), Is.EqualTo(new[] { CaseState.InMediation, CaseState.MediationFailed }));
        Assert.That(CaseTransitions.Next(CaseState.AwaitingAcceptance, CaseAction.Return), Is.EqualTo(new[] { CaseState.Accepted, CaseState.Registered }));
        Assert.That(CaseTransitions.Next(CaseState.Closed, CaseAction.Reopen), Is.EqualTo(new[] { CaseState.Accepted, CaseState.AwaitingAcceptance }));
    });
}
