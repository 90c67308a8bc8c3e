using GridCases.Domain;
using static GridCases.Domain.CaseState;

namespace GridCases.Tests.Domain.Cases;

/// <summary>The way of a case, pair by pair, against the table as the domain has it in words.</summary>
public class TransitionTableTests
{
    /// <summary>What can be done in every open state without moving the case.</summary>
    private const string WhileOpen = "Correct AddParty CorrectParty Comment Attach WithdrawAttachment Link ProposeRisk ConfirmRisk RecordPoliceNotice RequestExtension DecideExtension IssueCard ReplyToCard LiftCard";

    /// <summary>Per state: action>states it may lead to; an action alone stays.</summary>
    private static readonly Dictionary<CaseState, string> Table = new()
    {
        [Registered] = $"Submit>AwaitingAcceptance ResolveOnSpot>AwaitingVerification Withdraw>Withdrawn Merge>Merged TakeOver>Accepted WithdrawParty {WhileOpen}",
        [AwaitingAcceptance] = $"Recall>Registered WithdrawParty Accept>Accepted Decline>Declined Return>Accepted,Registered SubmitUpward AssignDown TakeOver>Accepted Redirect>AwaitingAcceptance,Assigned {WhileOpen}",
        [Accepted] = "AssignMediation>Assigned SubmitUpward>AwaitingAcceptance AssignDown>AwaitingAcceptance ReferOut>ReferredOut CompleteHandling>AwaitingVerification RecordInvestigation "
            + $"WithdrawParty Return>Accepted,Registered TakeOver Redirect>AwaitingAcceptance,Assigned {WhileOpen}",
        [Assigned] = $"WithdrawParty StartMediation>InMediation,MediationFailed AcceptEntrustment DiscloseConflict RefuseAssignment>Accepted PlanSession Recuse>Assigned,Accepted Reassign TakeOver>Accepted Redirect>AwaitingAcceptance,Assigned {WhileOpen}",
        [InMediation] = "RecordConsent>InMediation,MediationFailed AddParty>InMediation,MediationFailed RecordSession PlanSession RecordInvestigation Recuse>Assigned,Accepted DiscloseConflict ReportSham DecideSham>InMediation,MediationFailed ReachAgreement>AgreementReached FailMediation>MediationFailed SwitchTrack>Assigned Suspend Resume Terminate>MediationFailed Reassign "
            + $"TakeOver>Accepted Redirect>AwaitingAcceptance,Assigned {WhileOpen}",
        [AgreementReached] = $"ReviseAgreement Sign WithdrawSignature RecordPerformance ApplyForConfirmation>ConfirmationPending RecordCourtResult ReportSham DecideSham>AgreementReached,MediationFailed CompleteHandling>AwaitingVerification {WhileOpen}",
        [ConfirmationPending] = $"RecordConfirmation>AgreementReached RecordPerformance {WhileOpen}",
        [MediationFailed] = "SwitchTrack>Assigned SubmitUpward>AwaitingAcceptance ReferOut>ReferredOut CompleteHandling>AwaitingVerification "
            + $"TakeOver>Accepted Redirect>AwaitingAcceptance,Assigned {WhileOpen}",
        [AwaitingVerification] = $"Verify>Closed ReturnForRework>Registered,Accepted,AgreementReached,MediationFailed RecordPerformance TakeOver>Accepted {WhileOpen}",
        [Closed] = "RecordFollowUp RecordPerformance Reopen>Accepted,AwaitingAcceptance Archive>Archived Correct AddParty CorrectParty Comment Attach WithdrawAttachment Link RecordPoliceNotice",
        [Declined] = "Correct AddParty CorrectParty Comment Attach WithdrawAttachment",
        [Withdrawn] = "Correct AddParty CorrectParty Comment Attach WithdrawAttachment",
        [ReferredOut] = "Correct AddParty CorrectParty Comment Attach WithdrawAttachment",
        [Merged] = "",
        [Archived] = "",
    };

    [Test]
    public void An_action_leads_where_the_table_says([Values] CaseState state)
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var action in Enum.GetValues<CaseAction>())
            Assert.That(CaseTransitions.Next(state, action), Is.EquivalentTo(Expected(state, action)), $"{action}");
    }

    [Test]
    public void An_action_that_the_table_lacks_is_a_conflict_whoever_tries([Values] CaseState state)
    {
        var scenario = Scenario.In(state);
        Assert.That(scenario.Case.State, Is.EqualTo(state));
        foreach (var action in Enum.GetValues<CaseAction>().Where(action => Expected(state, action).Length == 0))
        {
            foreach (var actor in SampleCity.Everybody)
            {
                var refused = Assert.Throws<RuleViolation>(() => SampleActions.Do(action, scenario.Case, scenario.At(actor)), $"{actor.UserName}, {action}")!;
                Assert.That(refused.Code, Is.EqualTo("WrongState"), $"{actor.UserName}, {action}");
                Assert.That(refused.Args, Is.EqualTo(new object[] { state, action }));
            }
        }
    }

    [Test]
    public void The_table_names_every_state() => Assert.That(Table.Keys, Is.EquivalentTo(Enum.GetValues<CaseState>()));

    [Test]
    public void Every_action_is_possible_somewhere() => Assert.That(
        Enum.GetValues<CaseAction>().Where(a => Enum.GetValues<CaseState>().All(s => Expected(s, a).Length == 0)), Is.Empty);

    [Test]
    public void From_every_open_state_a_case_can_come_to_an_end()
    {
        foreach (var start in Enum.GetValues<CaseState>().Where(CaseTransitions.IsOpen))
        {
            var reached = new HashSet<CaseState> { start };
            var open = new Queue<CaseState>([start]);
            while (open.TryDequeue(out var state))
            {
                foreach (var next in Enum.GetValues<CaseAction>().SelectMany(a => CaseTransitions.Next(state, a)).Where(reached.Add))
                    open.Enqueue(next);
            }

            Assert.That(reached, Does.Contain(Closed), start.ToString());
        }
    }

    private static CaseState[] Expected(CaseState state, CaseAction action)
    {
        foreach (var entry in Table[state].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split('>');
            if (parts[0] == action.ToString())
                return parts.Length == 1 ? [state] : [.. parts[1].Split(',').Select(Enum.Parse<CaseState>)];
        }

        return [];
    }
}
