using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>The mediator and the parties: choice, stepping aside, sham mediation, meetings.</summary>
public class MediatorTests
{
    /// <summary>People's Mediation Law art. 19.</summary>
    [Test]
    public void How_the_parties_came_to_the_mediator_is_on_record()
    {
        var story = Story.Begin().Assigned().Do(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Chosen, at));
        Assert.That(story.Case.Mediation!.Choice, Is.EqualTo(MediatorChoice.Chosen));
        Assert.That(story.Last.Events[0].Data["mediator"], Is.EqualTo(MediatorChoice.Chosen));
        story.Do(Cast.VillageOfficer, (c, at) => c.Reassign(Cast.OtherMediator.UserName, "Ill", at));
        Assert.That(story.Case.Mediation!.Choice, Is.Null, "the parties have not said anything about the new one");
    }

    /// <summary>SPC, court-invited mediation, art. 15.</summary>
    [Test]
    public void A_mediator_who_steps_aside_leaves_the_case_to_a_colleague_and_never_comes_back_to_it()
    {
        var story = Story.Begin().InMediation();
        var clock = story.Clock(ClockKind.Mediation);
        story.Do(Cast.Mediator, (c, at) => c.Recuse("The respondent is my cousin", colleagues: true, at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.Assigned));
        Assert.That(story.Case.Holder, Is.EqualTo(new Holder(Cast.Village, Cast.PeoplesCommittee)));
        Assert.That(story.Case.Parties.Select(p => p.Consent), Is.All.Null, "the parties are asked anew");
        Assert.That(story.Clock(ClockKind.Mediation), Is.EqualTo(clock), "the organisation's time goes on");
        story.Refuses(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
        foreach (var action in new[] { CaseAction.Comment, CaseAction.Attach, CaseAction.ProposeRisk })
            story.Refuses(Cast.Mediator, (c, at) => SampleActions.Do(action, c, at));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.Reassign(Cast.Mediator.UserName, "After all", at)).Code, Is.EqualTo("MediatorRecused"));
        story.Do(Cast.OtherMediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
        Assert.That(story.Case.Holder.Mediator, Is.EqualTo(Cast.OtherMediator.UserName));
    }

    [Test]
    public void Without_a_colleague_the_case_goes_back_to_the_centre_which_cannot_name_the_same_mediator_again()
    {
        var story = Story.Begin().Assigned().Do(Cast.Mediator, (c, at) => c.Recuse("My brother", colleagues: false, at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.Accepted));
        Assert.That(story.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));
        var same = Cast.AtPeoplesCommittee with { Mediator = Cast.Mediator.UserName };
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.AssignMediation(same, at)).Code, Is.EqualTo("MediatorRecused"));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.RedirectTo(same, "Theirs", at)).Code, Is.EqualTo("MediatorRecused"));
    }

    /// <summary>SPC, court-invited mediation, art. 18.</summary>
    [Test]
    public void A_suspected_sham_mediation_stands_still_until_a_supervisor_decides()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReportSham("Both say the same words", at));
        Assert.That(story.Case.Suspended, Is.True);
        Assert.That(story.Clock(ClockKind.Mediation).Status, Is.EqualTo(ClockStatus.Paused));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ReportSham("Again", at)).Code, Is.EqualTo("ShamReported"));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Resume(null, at)).Code, Is.EqualTo("ShamUndecided"));
        story.Refuses(Cast.VillageOfficer, (c, at) => c.DecideSham(false, "No", at));
        story.Wait("2026-03-05 10:00").Do(Cast.VillageLead, (c, at) => c.DecideSham(founded: false, "They only rehearsed", at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.InMediation));
        Assert.That(story.Case.Suspended, Is.False);
        Assert.That(story.Case.Sham, Is.Null);
        Assert.That(story.Clock(ClockKind.Mediation).Pauses, Has.Count.EqualTo(1));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideSham(false, "No", at)).Code, Is.EqualTo("NoShamReport"));
    }

    [Test]
    public void A_founded_report_ends_mediation_and_what_it_led_to_is_not_watched_any_more()
    {
        var story = Story.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(Cast.Respondent.Id, "Pays", new DateOnly(2026, 3, 20), 200))
            .Do(Cast.Mediator, (c, at) => c.ReportSham("To get the flat", at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Code, Is.EqualTo("Suspended"));
        story.Do(Cast.TownLead, (c, at) => c.DecideSham(founded: true, "Made up", at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.MediationFailed));
        Assert.That(story.Clock(ClockKind.Performance).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(story.Clock(ClockKind.ConfirmationWindow).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(story.Last.ShamDecision, Is.EqualTo(new ShamDecision(true, "Made up")));
    }

    /// <summary>People's Mediation Law art. 23: a party may end mediation at any time.</summary>
    [Test]
    public void A_party_may_end_mediation_while_a_report_waits()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReportSham("Rehearsed", at))
            .Do(Cast.Mediator, (c, at) => c.Terminate("Enough", Cast.Applicant.Id, at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.MediationFailed));
        Assert.That(story.Case.Sham, Is.Null);
    }

    [Test]
    public void The_next_meeting_lies_ahead_and_is_over_when_one_was_held()
    {
        var story = Story.Begin().InMediation();
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.PlanSession(new NextSession(at.Now, "Office", null), at)).Code, Is.EqualTo("SessionInPast"));
        story.Do(Cast.Mediator, (c, at) => c.PlanSession(new NextSession(at.Now.AddDays(1), null, "https://meet.example.cn/a"), at));
        Assert.That(story.Last.Events[0].Data.Values.Select(v => v.ToString()), Has.None.Contains("meet.example.cn"), "the link lets people in, so it stays out of the journal");
        story.Do(Cast.Mediator, (c, at) => c.RecordSession(new MediationSession(at.NewId(), at.Now, "By phone", "Asked when", false, false), at));
        Assert.That(story.Case.NextSession, Is.Not.Null, "a call meanwhile leaves the appointment standing");
        story.Wait("2026-03-03 10:00").Do(Cast.Mediator, (c, at) => c.RecordSession(new MediationSession(at.NewId(), at.Now, "Online", "Talked", false, true), at));
        Assert.That(story.Case.NextSession, Is.Null);
    }

    [Test]
    public void Only_parties_of_the_case_take_part_as_parties() => Assert.That(
        Story.Begin().InMediation().Forbids(Cast.Mediator, (c, at) => c.RecordSession(
            new MediationSession(at.NewId(), at.Now, "Office", "Talked", false, false) { Participants = [Cast.Stranger] }, at)).Code,
        Is.EqualTo("NotAParty"));

    [Test]
    public void A_mediator_who_was_named_has_the_case_and_an_unnamed_one_gets_it_by_beginning()
    {
        var named = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.AssignMediation(Cast.AtPeoplesCommittee with { Mediator = Cast.Mediator.UserName }, at));
        named.Do(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
        Assert.That((named.Case.Mediation!.Mediator, named.Case.Holder.Mediator), Is.EqualTo((Cast.Mediator.UserName, Cast.Mediator.UserName)));
        var open = Story.Begin().Assigned().Do(Cast.OtherMediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
        Assert.That((open.Case.Mediation!.Mediator, open.Case.Holder.Mediator), Is.EqualTo((Cast.OtherMediator.UserName, Cast.OtherMediator.UserName)));
    }

    [Test]
    public void Who_stepped_aside_is_not_sent_the_case_again_on_another_track()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.Recuse("Cousins", colleagues: true, at))
            .Do(Cast.OtherMediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.SwitchTrack(Cast.AtCourt with { Mediator = Cast.Mediator.UserName }, "There", at)).Code, Is.EqualTo("MediatorRecused"));
        Assert.That(story.Forbids(Cast.TownLead, (c, at) => c.RedirectTo(Cast.AtCourt with { Mediator = Cast.Mediator.UserName }, "There", at)).Code, Is.EqualTo("MediatorRecused"));
        story.Do(Cast.OtherMediator, (c, at) => c.Suspend("Appraisal", null, at));
        story.Refuses(Cast.GridHead, (c, at) => c.Resume(null, at));
    }
}
