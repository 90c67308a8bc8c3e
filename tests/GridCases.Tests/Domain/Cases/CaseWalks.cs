using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using static GridCases.Domain.CaseState;

namespace GridCases.Tests.Domain.Cases;

/// <summary>What holds for every case, whatever is done to it by whomever: random walks along the offered actions, days passing between them.</summary>
public class CaseWalks
{
    private static readonly CaseAction[] WithoutProgress =
    [
        CaseAction.Comment, CaseAction.ProposeRisk, CaseAction.ConfirmRisk, CaseAction.RequestExtension, CaseAction.DecideExtension, CaseAction.RecordSession,
        CaseAction.IssueCard, CaseAction.ReplyToCard, CaseAction.LiftCard, CaseAction.RecordPerformance, CaseAction.Sign, CaseAction.WithdrawSignature, CaseAction.ReviseAgreement,
        CaseAction.Attach, CaseAction.WithdrawAttachment, CaseAction.Link, CaseAction.PlanSession, CaseAction.RecordInvestigation, CaseAction.RecordPoliceNotice,
        CaseAction.AcceptEntrustment, CaseAction.DiscloseConflict, CaseAction.RecordCourtResult,
        CaseAction.Correct, CaseAction.AddParty, CaseAction.CorrectParty, CaseAction.WithdrawParty,
    ];

    private static readonly CaseAction[] Exits = [CaseAction.Recall, CaseAction.Withdraw, CaseAction.Merge, CaseAction.Decline, CaseAction.ReferOut, CaseAction.TakeOver, CaseAction.Redirect];

    [Test]
    public void No_sequence_of_actions_leaves_a_case_without_a_holder_who_can_go_on() => AlwaysHolds(scenario =>
        !CaseTransitions.IsOpen(scenario.Case.State)
        || HoldersOf(scenario.Case).Any(holder => CaseAuthority.IsHolder(scenario.Case, holder) && scenario.Case.ActionsFor(holder, scenario.Now).Except(WithoutProgress).Any())
        || (scenario.Case.Sham is not null && scenario.Case.ActionsFor(SampleCity.CityLead, scenario.Now).Contains(CaseAction.DecideSham)));

    [Test]
    public void The_step_that_somebody_has_to_take_is_measured_by_one_clock() => AlwaysHolds(scenario =>
        scenario.Case.Clocks.Count(c => c.IsOpen && c.Kind is ClockKind.Acceptance or ClockKind.Handling or ClockKind.Mediation or ClockKind.Verification)
            == (scenario.Case.State is AwaitingAcceptance or Accepted or Assigned or InMediation or MediationFailed or AwaitingVerification ? 1 : 0));

    [Test]
    public void The_case_clock_runs_exactly_as_long_as_the_case_is_open() => AlwaysHolds(scenario =>
        scenario.Case.Clocks.Count(c => c.IsOpen && c.Kind is ClockKind.Case) == (CaseTransitions.IsOpen(scenario.Case.State) ? 1 : 0));

    [Test]
    public void A_case_that_ended_without_a_result_or_is_archived_has_no_clock_that_runs() => AlwaysHolds(scenario =>
        scenario.Case.State is not (Declined or Withdrawn or ReferredOut or CaseState.Merged or Archived) || !scenario.Case.Clocks.Any(c => c.IsOpen));

    [Test]
    public void Only_mediation_is_suspended_and_then_its_clocks_stand_still() => AlwaysHolds(scenario =>
        scenario.Case.Suspended
            ? (scenario.Case.State is InMediation || (scenario.Case.State is AgreementReached && scenario.Case.Sham is not null)) && !scenario.Case.Clocks.Any(c => c.Status is ClockStatus.Running && c.Kind is ClockKind.Mediation or ClockKind.Case)
            : !scenario.Case.Clocks.Any(c => c.Status is ClockStatus.Paused));

    [Test]
    public void Every_change_is_told_in_one_line() => AlwaysHolds(scenario =>
        scenario.Last.Events.Length == 1);

    [Test]
    public void Every_line_tells_just_what_its_kind_declares_and_reads_as_it_was_written()
    {
        var told = new HashSet<CaseEventKind>();
        AlwaysHolds(scenario => scenario.Last.Events.All(line =>
        {
            told.Add(line.Kind);
            var stored = JsonSerializer.Serialize(line.Data, Json.Options);
            var shape = line.Kind.Shape();
            return shape.Always.All(line.Has) && EventData.Parse(stored).Only(shape.Keys, text => text).Json.GetRawText() == stored;
        }));
        Assert.That(told, Has.Count.GreaterThanOrEqualTo(45), "the walks were too short to say anything");
    }

    [Test]
    public void What_is_offered_can_be_done() => Walk((scenario, actor, action, choice) =>
    {
        try
        {
            SampleActions.Do(action, scenario.Case, scenario.At(actor), choice);
            return true;
        }
        catch (RuleViolation e)
        {
            // Particulars that are refused, not the action itself.
            return e.Code is "ExtensionTooLong" or "ClockNotRunning" or "MediatorRecused";
        }
    });

    [Test]
    public void What_is_not_offered_cannot_be_done() => AlwaysHolds(walks: 15, invariant: scenario => SampleCity.Everybody.All(actor =>
    {
        var offered = scenario.Case.ActionsFor(actor, scenario.Now).ToHashSet();
        return Enum.GetValues<CaseAction>().Where(a => !offered.Contains(a)).All(action =>
        {
            try
            {
                SampleActions.Do(action, scenario.Case, scenario.At(actor));
                return false;
            }
            catch (RuleViolation)
            {
                return true;
            }
            catch (NotAllowed)
            {
                return !CaseAuthority.Allows(scenario.Case, actor, action);
            }
        });
    }));

    [Test]
    public void What_the_changes_add_to_the_statistics_is_what_the_case_counts_in_the_end()
    {
        var kept = new Dictionary<Scenario, Dictionary<TallyKey, Tally>>(ReferenceEqualityComparer.Instance);
        AlwaysHolds(scenario =>
        {
            if (!kept.TryGetValue(scenario, out var sums))
                kept[scenario] = sums = new(CaseTally.Difference(null, scenario.Last.Before!));
            foreach (var (key, sum) in CaseTally.Difference(scenario.Last.Before, scenario.Case))
                sums[key] = sums.GetValueOrDefault(key) + sum;
            return sums.Where(s => s.Value != default).ToHashSet().SetEquals(CaseTally.Of(scenario.Case));
        });
    }

    private static void AlwaysHolds(Func<Scenario, bool> invariant, int walks = 300) => Run((scenario, _, _, _) => true, invariant, walks);

    private static void Walk(Func<Scenario, Actor, CaseAction, int, bool> step) => Run(step, _ => true, walks: 300);

    /// <summary>Each number picks an actor and one of the actions offered to them, or lets days pass.</summary>
    private static void Run(Func<Scenario, Actor, CaseAction, int, bool> step, Func<Scenario, bool> invariant, int walks)
    {
        var seen = new HashSet<CaseState>();
        Prop.ForAll(
            Arb.From(Gen.ListOf(Gen.Choose(0, int.MaxValue), 60)),
            numbers =>
            {
                var scenario = Scenario.Begin((Category)(numbers.FirstOrDefault() % 3));
                var taken = 0;
                foreach (var number in numbers)
                {
                    if (number % 5 == 0)
                        scenario.Wait(scenario.Now.ToOffset(LocalTime.Offset).AddDays(number / 5 % 9).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
                    var offers = SampleCity.Everybody.Concat(HoldersOf(scenario.Case))
                        .SelectMany(actor => scenario.Case.ActionsFor(actor, scenario.Now).Select(action => (actor, action))).ToList();
                    if (offers.Count == 0)
                        break;

                    // Prefer what moves the case on, and what ends it only now and then, so that the walks get far.
                    var moving = offers.Where(o => !WithoutProgress.Contains(o.action) && (number % 13 == 0 || !Exits.Contains(o.action))).ToList();
                    var (actor, action) = moving.Count > 0 && number % 3 > 0 ? moving[number / 7 % moving.Count] : offers[number / 7 % offers.Count];
                    if (!step(scenario, actor, action, number / 11))
                        return false.Label($"{actor.UserName}: {action} in {scenario.Case.State}");
                    try
                    {
                        scenario.Do(actor, (c, at) => SampleActions.Do(action, c, at, number / 11));
                    }
                    catch (RuleViolation)
                    {
                        continue;
                    }

                    taken++;
                    seen.Add(scenario.Case.State);
                    if (!invariant(scenario))
                        return false.Label($"after {taken}: {actor.UserName}: {action} to {scenario.Case.State} {scenario.Case.Holder}");
                }

                return true.ToProperty();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(walks));
        Assert.That(seen, Has.Count.GreaterThanOrEqualTo(walks < 100 ? 8 : 13), "the walks were too short to say anything");
    }

    /// <summary>Those who must exist for the case to go on: the holding roles in its unit, its mediator.</summary>
    private static IEnumerable<Actor> HoldersOf(Case c) => CaseAuthority.HoldingRoles(c.State)
        .Where(role => role is not Role.Mediator || c.Mediation is not null)
        .Where(role => role is not (Role.GridHead or Role.GovernanceAssistant) || c.Holder.Unit.Level is UnitLevel.Grid)
        .Where(role => role is not Role.CentreOfficer || c.Holder.Unit.Level is not UnitLevel.Grid)
        .Select(role => role is Role.Mediator
            ? SampleCity.With(c.Mediation!.Mediator ?? $"somebody who is not one of {c.Recusals.Length} who stepped aside", role, c.Holder.Unit, c.Mediation.OrganisationId)
            : SampleCity.With("somebody", role, c.Holder.Unit));
}
