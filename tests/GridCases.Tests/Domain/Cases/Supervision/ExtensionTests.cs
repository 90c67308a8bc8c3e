using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>More time on a clock: asked for, granted, refused.</summary>
public class ExtensionTests
{
    [Test]
    public void More_time_is_asked_for_by_the_holder_and_granted_by_a_supervisor()
    {
        var scenario = Scenario.Begin().Accepted();
        var clock = scenario.Clock(ClockKind.Handling).Id;
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(clock, 3, "Witness is away", false, at));
        var request = scenario.Case.Extensions.Single();
        Assert.That((request.State, request.Days), Is.EqualTo((ExtensionState.Requested, 3)));
        Assert.That(scenario.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-09")), "asking gives nothing");
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(clock, 1, "More", false, at)).Code, Is.EqualTo("ExtensionAlreadyRequested"));
        scenario.Refuses(SampleCity.VillageOfficer, (c, at) => c.DecideExtension(request.Id, true, null, null, at));
        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.DecideExtension(SampleCity.Stranger, true, null, null, at)).Code, Is.EqualTo("UnknownExtension"));

        scenario.Do(SampleCity.VillageLead, (c, at) => c.DecideExtension(request.Id, true, 2, "Two will do", at));
        Assert.That(scenario.Case.Extensions.Single() is { State: ExtensionState.Granted, GrantedDays: 2, DecidedBy: "village1.lead" });
        Assert.That(scenario.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-11")));
        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.DecideExtension(request.Id, false, null, null, at)).Code, Is.EqualTo("ExtensionDecided"));
    }

    [Test]
    public void A_refused_request_gives_nothing_and_may_be_made_again()
    {
        var scenario = Scenario.Begin().Accepted();
        var clock = scenario.Clock(ClockKind.Handling);
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(clock.Id, 3, "Witness is away", false, at))
            .Do(SampleCity.TownLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, null, "No", at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(clock.Id, 1, "Please", false, at));
        Assert.That(scenario.Clock(ClockKind.Handling).DueAt, Is.EqualTo(clock.DueAt));
        Assert.That(scenario.Case.Extensions.Select(e => e.State), Is.EqualTo(new[] { ExtensionState.Refused, ExtensionState.Requested }));
    }

    [Test]
    public void Policies_bound_what_can_be_asked_for()
    {
        var scenario = Scenario.Begin().Accepted();
        var handling = scenario.Clock(ClockKind.Handling).Id;
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(handling, 6, "Long", false, at)).Code, Is.EqualTo("ExtensionTooLong"));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(handling, 0, "None", false, at)).Code, Is.EqualTo("ExtensionTooShort"));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(SampleCity.Stranger, 1, "Which", false, at)).Code, Is.EqualTo("ClockNotRunning"));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(c.Clocks.Single(k => k.Kind is ClockKind.Acceptance).Id, 1, "Over", false, at)).Code, Is.EqualTo("ClockNotRunning"));

        var waiting = Scenario.Begin().Submitted();
        Assert.That(waiting.Forbids(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(waiting.Clock(ClockKind.Acceptance).Id, 1, "Busy", false, at)).Code, Is.EqualTo("ExtensionNotPossible"));

        var mediated = Scenario.Begin().InMediation();
        var mediation = mediated.Clock(ClockKind.Mediation).Id;
        Assert.That(mediated.Forbids(SampleCity.Mediator, (c, at) => c.RequestExtension(mediation, 10, "More", false, at)).Code, Is.EqualTo("ExtensionNeedsConsent"));
        mediated.Do(SampleCity.Mediator, (c, at) => c.RequestExtension(mediation, 30, "More", true, at));
    }

    [Test]
    public void A_supervisor_grants_from_the_queue_without_being_asked()
    {
        var scenario = Scenario.Begin().Accepted().Wait("2026-03-10 09:00");
        Assert.That(scenario.Case.LightAt(scenario.Now), Is.EqualTo(Light.Red));
        scenario.Refuses(SampleCity.VillageOfficer, (c, at) => c.GrantExtension(scenario.Clock(ClockKind.Handling).Id, 3, "Mine", false, at));
        scenario.Do(SampleCity.VillageLead, (c, at) => c.GrantExtension(scenario.Clock(ClockKind.Handling).Id, 3, "Floods", false, at));
        Assert.That(scenario.Case.LightAt(scenario.Now), Is.Not.EqualTo(Light.Red));
        Assert.That(scenario.Case.Extensions.Single().State, Is.EqualTo(ExtensionState.Granted));
    }

    /// <summary>Mediation by public-security organs: at most 30 days more, from the next-higher authority (practice).</summary>
    [Test]
    public void More_time_for_public_security_mediation_is_the_next_higher_authoritys_to_give()
    {
        var policeRoom = new Mediation(MediationTrack.Administrative, SampleCity.Stranger, null, null, OrganisationKind.PublicSecurityOrgan);
        var officer = SampleCity.With("mediator.s1", Role.Mediator, SampleCity.District, SampleCity.Stranger);
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(policeRoom, at));
        var clock = scenario.Clock(ClockKind.Mediation).Id;
        scenario.Do(officer, (c, at) => c.RequestExtension(clock, 30, "An appraisal", false, at));
        var request = scenario.Case.Extensions.Single().Id;

        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.DecideExtension(request, true, null, null, at)).Code, Is.EqualTo("ExtensionByHigherAuthority"));
        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.DecideExtension(request, false, null, "No", at)).Code, Is.EqualTo("ExtensionByHigherAuthority"), "nor to refuse");
        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.GrantExtension(clock, 3, "Mine", false, at)).Code, Is.EqualTo("ExtensionByHigherAuthority"));
        Assert.That(scenario.Forbids(SampleCity.TownLead, (c, at) => c.DecideExtension(request, true, 31, null, at)).Code, Is.EqualTo("ExtensionTooLong"));
        scenario.Do(SampleCity.TownLead, (c, at) => c.DecideExtension(request, true, null, null, at));
        Assert.That((scenario.Case.Extensions.Single().State, scenario.Clock(ClockKind.Mediation).Extension), Is.EqualTo((ExtensionState.Granted, 30)));
    }

    [Test]
    public void Nobody_writes_down_a_consent_that_was_not_given()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.VillageLead, (c, at) => c.GrantExtension(c.Clocks.Last(k => k.Kind is ClockKind.Mediation).Id, 3, "Floods", false, at));
        Assert.That(scenario.Case.Extensions.Single().PartiesAgree, Is.False);
    }

    [Test]
    public void A_refusal_gives_no_days_whatever_was_typed()
    {
        var scenario = Scenario.Begin().Accepted();
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(scenario.Clock(ClockKind.Handling).Id, 3, "Witness is away", false, at))
            .Do(SampleCity.VillageLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, 2, "No", at));
        Assert.That((scenario.Case.Extensions[0].GrantedDays, scenario.Last.Events[0].Get(EventKey.Days)), Is.EqualTo(((int?)null, (int?)null)));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(scenario.Clock(ClockKind.Handling).Id, 3, "Witness is away", false, at))
            .Do(SampleCity.VillageLead, (c, at) => c.DecideExtension(c.Extensions[1].Id, true, null, null, at));
        Assert.That((scenario.Case.Extensions[1].GrantedDays, scenario.Last.Events[0].Get(EventKey.Days)), Is.EqualTo(((int?)3, (int?)3)));
    }
}
