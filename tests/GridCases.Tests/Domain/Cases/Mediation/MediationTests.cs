using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Consent, failure, other tracks, suspension, meetings.</summary>
public class MediationTests
{
    [Test]
    public void Mediation_begins_when_every_applicant_and_respondent_has_consented()
    {
        var scenario = Scenario.Begin().Assigned();
        Assert.That(scenario.Clock(ClockKind.Mediation).DueAt, Is.EqualTo(EndOf("2026-04-01")), "thirty days from the assignment");
        var silent = Scenario.Consents();
        silent.Remove(SampleCity.Respondent.Id);
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.StartMediation(silent, MediatorChoice.Accepted, at)).Code, Is.EqualTo("ConsentMissing"));
        var stranger = Scenario.Consents();
        stranger[SampleCity.Stranger] = new Consent(true, "by phone", default);
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.StartMediation(stranger, MediatorChoice.Accepted, at)).Code, Is.EqualTo("NotAParty"));

        scenario.Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.InMediation));
        Assert.That(scenario.Case.Holder, Is.EqualTo(new Holder(SampleCity.Village, SampleCity.PeoplesCommittee, "mediator.p1")));
        Assert.That(scenario.Case.Parties.Single(p => p.Id == SampleCity.Respondent.Id).Consent!.Given);
    }

    [Test]
    public void A_refusal_bars_mediation_and_gives_the_case_back_to_the_centre_as_failed()
    {
        var scenario = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(respondent: false), MediatorChoice.Accepted, at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.MediationFailed));
        Assert.That(scenario.Last.Events.Single().Data["refused"], Is.EqualTo(new[] { SampleCity.Respondent.Id }));
        Assert.That(scenario.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));
        Assert.That(scenario.Case.ActionsFor(SampleCity.VillageOfficer, scenario.Now), Does.Contain(CaseAction.SwitchTrack));
    }

    [Test]
    public void An_assignment_that_is_refused_is_accepted_at_the_centre_again()
    {
        var scenario = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.RefuseAssignment("Kin of the applicant", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(SampleCity.Village))));
    }

    [Test]
    public void Failing_needs_the_notice_of_other_remedies()
    {
        var scenario = Scenario.Begin().InMediation();
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.FailMediation("No", false, at)).Code, Is.EqualTo("RemediesNotNoticed"));
        Assert.That(scenario.Do(SampleCity.Mediator, (c, at) => c.FailMediation("No", true, at)).Case.State, Is.EqualTo(CaseState.MediationFailed));
    }

    [Test]
    public void Another_track_takes_over_the_file_with_a_fair_clock_while_the_case_clock_runs_on()
    {
        var scenario = Scenario.Begin().InMediation().Wait("2026-03-16 09:00");
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.SwitchTrack(SampleCity.AtPeoplesCommittee, "No", at)).Code, Is.EqualTo("SameTrack"));
        var caseDue = scenario.Clock(ClockKind.Case).DueAt;
        scenario.Do(SampleCity.Mediator, (c, at) => c.SwitchTrack(SampleCity.AtCourt, "Law is needed", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder), Is.EqualTo((CaseState.Assigned, new Holder(SampleCity.Village, SampleCity.Court))));
        Assert.That(scenario.Clock(ClockKind.Acceptance).StartedAt, Is.EqualTo(scenario.Now), "a court waits for the receipt");
        Assert.That(scenario.Clock(ClockKind.Case).DueAt, Is.EqualTo(caseDue));
        Assert.That(scenario.Case.Parties.All(p => p.Consent is null), "consent is given anew");
        scenario.Do(SampleCity.CourtMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
    }

    [Test]
    public void Suspended_days_are_given_back()
    {
        var scenario = Scenario.Begin().InMediation().Wait("2026-03-06 15:00").Do(SampleCity.Mediator, (c, at) => c.Suspend("Appraisal", Day("2026-03-20"), at));
        Assert.That(scenario.Clock(ClockKind.Mediation).Status, Is.EqualTo(ClockStatus.Paused));
        Assert.That(scenario.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Paused));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ReachAgreement(new AgreementText(AgreementForm.Oral, "No cocks before six.", null, []), at)).Code, Is.EqualTo("Suspended"));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Suspend("Again", null, at)).Code, Is.EqualTo("Suspended"));

        scenario.Wait("2026-03-16 09:00").Do(SampleCity.Mediator, (c, at) => c.Resume(null, at));
        Assert.That(scenario.Clock(ClockKind.Mediation).DueAt, Is.EqualTo(EndOf("2026-04-13")), "1 April and ten days end on Saturday 11 April");
        Assert.That(scenario.Clock(ClockKind.Case).DueAt, Is.EqualTo(EndOf("2026-05-11")), "1 May and ten days; the holiday in between does not matter");
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Resume(null, at)).Code, Is.EqualTo("NotSuspended"));
    }

    [Test]
    public void A_party_may_end_mediation_even_while_it_is_suspended()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Suspend("Appraisal", null, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Terminate("No more", SampleCity.Stranger, at)).Code, Is.EqualTo("NotAParty"));
        scenario.Do(SampleCity.Mediator, (c, at) => c.Terminate("No more", SampleCity.Applicant.Id, at));
        Assert.That((scenario.Case.State, scenario.Case.Suspended), Is.EqualTo((CaseState.MediationFailed, false)));
        Assert.That(scenario.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Running));
    }

    [Test]
    public void A_meeting_moves_nothing_and_its_note_stays_out_of_the_journal()
    {
        var scenario = Scenario.Begin().InMediation();
        var clocks = scenario.Case.Clocks;
        scenario.Do(SampleCity.Mediator, (c, at) => c.RecordSession(new MediationSession(at.NewId(), at.Now, "Office", "Zhang admits it", true, true), at));
        Assert.That(scenario.Case.Clocks, Is.EqualTo(clocks));
        Assert.That(scenario.Last.Session!.Note, Is.EqualTo("Zhang admits it"));
        Assert.That(scenario.Last.Events.Single().Data.Values.OfType<string>(), Is.Empty);
        Assert.That(scenario.Last.Events.Single().Data["concession"], Is.EqualTo(true));
    }

    [Test]
    public void What_is_to_be_held_another_day_is_planned_and_not_recorded()
    {
        var scenario = Scenario.Begin().InMediation();
        MediationSession Tomorrow(CaseContext at) => new(at.NewId(), at.Now.AddDays(1), "Office", "Will talk", false, false);
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordSession(Tomorrow(at), at)).Code, Is.EqualTo("HeldInFuture"));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordInvestigation(Tomorrow(at), at)).Code, Is.EqualTo("HeldInFuture"));
    }
}
