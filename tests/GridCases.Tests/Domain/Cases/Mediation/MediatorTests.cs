using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>The mediator and the parties: choice, stepping aside, sham mediation, meetings.</summary>
public class MediatorTests
{
    /// <summary>People's Mediation Law art. 19.</summary>
    [Test]
    public void How_the_parties_came_to_the_mediator_is_on_record()
    {
        var scenario = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Chosen, at));
        Assert.That(scenario.Case.Mediation!.Choice, Is.EqualTo(MediatorChoice.Chosen));
        Assert.That(scenario.Last.Events[0].Data["mediator"], Is.EqualTo(MediatorChoice.Chosen));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.Reassign(SampleCity.OtherMediator.UserName, "Ill", at));
        Assert.That(scenario.Case.Mediation!.Choice, Is.Null, "the parties have not said anything about the new one");
    }

    /// <summary>SPC, court-invited mediation, art. 15.</summary>
    [Test]
    public void A_mediator_who_steps_aside_leaves_the_case_to_a_colleague_and_never_comes_back_to_it()
    {
        var scenario = Scenario.Begin().InMediation();
        var clock = scenario.Clock(ClockKind.Mediation);
        scenario.Do(SampleCity.Mediator, (c, at) => c.Recuse("The respondent is my cousin", colleagues: true, at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.Assigned));
        Assert.That(scenario.Case.Holder, Is.EqualTo(new Holder(SampleCity.Village, SampleCity.PeoplesCommittee)));
        Assert.That(scenario.Case.Parties.Select(p => p.Consent), Is.All.Null, "the parties are asked anew");
        Assert.That(scenario.Clock(ClockKind.Mediation), Is.EqualTo(clock), "the organisation's time goes on");
        scenario.Refuses(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        foreach (var action in new[] { CaseAction.Comment, CaseAction.Attach, CaseAction.ProposeRisk })
            scenario.Refuses(SampleCity.Mediator, (c, at) => SampleActions.Do(action, c, at));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.Reassign(SampleCity.Mediator.UserName, "After all", at)).Code, Is.EqualTo("MediatorRecused"));
        scenario.Do(SampleCity.OtherMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        Assert.That(scenario.Case.Holder.Mediator, Is.EqualTo(SampleCity.OtherMediator.UserName));
    }

    [Test]
    public void Without_a_colleague_the_case_goes_back_to_the_centre_which_cannot_name_the_same_mediator_again()
    {
        var scenario = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.Recuse("My brother", colleagues: false, at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.Accepted));
        Assert.That(scenario.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));
        var same = SampleCity.AtPeoplesCommittee with { Mediator = SampleCity.Mediator.UserName };
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(same, at)).Code, Is.EqualTo("MediatorRecused"));
        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.RedirectTo(same, "Theirs", at)).Code, Is.EqualTo("MediatorRecused"));
    }

    /// <summary>SPC, court-invited mediation, art. 18.</summary>
    [Test]
    public void A_suspected_sham_mediation_stands_still_until_a_supervisor_decides()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReportSham("Both say the same words", at));
        Assert.That(scenario.Case.Suspended, Is.True);
        Assert.That(scenario.Clock(ClockKind.Mediation).Status, Is.EqualTo(ClockStatus.Paused));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ReportSham("Again", at)).Code, Is.EqualTo("ShamReported"));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Resume(null, at)).Code, Is.EqualTo("ShamUndecided"));
        scenario.Refuses(SampleCity.VillageOfficer, (c, at) => c.DecideSham(false, "No", at));
        scenario.Wait("2026-03-05 10:00").Do(SampleCity.VillageLead, (c, at) => c.DecideSham(founded: false, "They only rehearsed", at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.InMediation));
        Assert.That(scenario.Case.Suspended, Is.False);
        Assert.That(scenario.Case.Sham, Is.Null);
        Assert.That(scenario.Clock(ClockKind.Mediation).Pauses, Has.Count.EqualTo(1));
        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.DecideSham(false, "No", at)).Code, Is.EqualTo("NoShamReport"));
    }

    [Test]
    public void A_founded_report_ends_mediation_and_what_it_led_to_is_not_watched_any_more()
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(SampleCity.Respondent.Id, "Pays", new DateOnly(2026, 3, 20), 200))
            .Do(SampleCity.Mediator, (c, at) => c.ReportSham("To get the flat", at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Code, Is.EqualTo("Suspended"));
        scenario.Do(SampleCity.TownLead, (c, at) => c.DecideSham(founded: true, "Made up", at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.MediationFailed));
        Assert.That(scenario.Clock(ClockKind.Performance).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(scenario.Clock(ClockKind.ConfirmationWindow).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(scenario.Last.ShamDecision, Is.EqualTo(new ShamDecision(true, "Made up")));
    }

    /// <summary>People's Mediation Law art. 23: a party may end mediation at any time.</summary>
    [Test]
    public void A_party_may_end_mediation_while_a_report_waits()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReportSham("Rehearsed", at))
            .Do(SampleCity.Mediator, (c, at) => c.Terminate("Enough", SampleCity.Applicant.Id, at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.MediationFailed));
        Assert.That(scenario.Case.Sham, Is.Null);
    }

    [Test]
    public void The_next_meeting_lies_ahead_and_is_over_when_one_was_held()
    {
        var scenario = Scenario.Begin().InMediation();
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.PlanSession(new NextSession(at.Now, "Office", null), at)).Code, Is.EqualTo("SessionInPast"));
        scenario.Do(SampleCity.Mediator, (c, at) => c.PlanSession(new NextSession(at.Now.AddDays(1), null, "https://meet.example.cn/a"), at));
        Assert.That(scenario.Last.Events[0].Data.Values.Select(v => v.ToString()), Has.None.Contains("meet.example.cn"), "the link lets people in, so it stays out of the journal");
        scenario.Do(SampleCity.Mediator, (c, at) => c.RecordSession(new MediationSession(at.NewId(), at.Now, "By phone", "Asked when", false, false), at));
        Assert.That(scenario.Case.NextSession, Is.Not.Null, "a call meanwhile leaves the appointment standing");
        scenario.Wait("2026-03-03 10:00").Do(SampleCity.Mediator, (c, at) => c.RecordSession(new MediationSession(at.NewId(), at.Now, "Online", "Talked", false, true), at));
        Assert.That(scenario.Case.NextSession, Is.Null);
    }

    [Test]
    public void Only_parties_of_the_case_take_part_as_parties() => Assert.That(
        Scenario.Begin().InMediation().Forbids(SampleCity.Mediator, (c, at) => c.RecordSession(
            new MediationSession(at.NewId(), at.Now, "Office", "Talked", false, false) { Participants = [SampleCity.Stranger] }, at)).Code,
        Is.EqualTo("NotAParty"));

    [Test]
    public void A_mediator_who_was_named_has_the_case_and_an_unnamed_one_gets_it_by_beginning()
    {
        var named = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(SampleCity.AtPeoplesCommittee with { Mediator = SampleCity.Mediator.UserName }, at));
        named.Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        Assert.That((named.Case.Mediation!.Mediator, named.Case.Holder.Mediator), Is.EqualTo((SampleCity.Mediator.UserName, SampleCity.Mediator.UserName)));
        var open = Scenario.Begin().Assigned().Do(SampleCity.OtherMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        Assert.That((open.Case.Mediation!.Mediator, open.Case.Holder.Mediator), Is.EqualTo((SampleCity.OtherMediator.UserName, SampleCity.OtherMediator.UserName)));
    }

    [Test]
    public void Who_stepped_aside_is_not_sent_the_case_again_on_another_track()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Recuse("Cousins", colleagues: true, at))
            .Do(SampleCity.OtherMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.SwitchTrack(SampleCity.AtCourt with { Mediator = SampleCity.Mediator.UserName }, "There", at)).Code, Is.EqualTo("MediatorRecused"));
        Assert.That(scenario.Forbids(SampleCity.TownLead, (c, at) => c.RedirectTo(SampleCity.AtCourt with { Mediator = SampleCity.Mediator.UserName }, "There", at)).Code, Is.EqualTo("MediatorRecused"));
        scenario.Do(SampleCity.OtherMediator, (c, at) => c.Suspend("Appraisal", null, at));
        scenario.Refuses(SampleCity.GridHead, (c, at) => c.Resume(null, at));
    }
}
