using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>More time on a clock: asked for, granted, refused.</summary>
public class ExtensionTests
{
    [Test]
    public void More_time_is_asked_for_by_the_holder_and_granted_by_a_supervisor()
    {
        var story = Story.Begin().Accepted();
        var clock = story.Clock(ClockKind.Handling).Id;
        story.Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock, 3, "Witness is away", false, at));
        var request = story.Case.Extensions.Single();
        Assert.That((request.State, request.Days), Is.EqualTo((ExtensionState.Requested, 3)));
        Assert.That(story.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-09")), "asking gives nothing");
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock, 1, "More", false, at)).Code, Is.EqualTo("ExtensionAlreadyRequested"));
        story.Refuses(Cast.VillageOfficer, (c, at) => c.DecideExtension(request.Id, true, null, null, at));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(Cast.Stranger, true, null, null, at)).Code, Is.EqualTo("UnknownExtension"));

        story.Do(Cast.VillageLead, (c, at) => c.DecideExtension(request.Id, true, 2, "Two will do", at));
        Assert.That(story.Case.Extensions.Single() is { State: ExtensionState.Granted, GrantedDays: 2, DecidedBy: "village1.lead" });
        Assert.That(story.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-11")));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(request.Id, false, null, null, at)).Code, Is.EqualTo("ExtensionDecided"));
    }

    [Test]
    public void A_refused_request_gives_nothing_and_may_be_made_again()
    {
        var story = Story.Begin().Accepted();
        var clock = story.Clock(ClockKind.Handling);
        story.Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock.Id, 3, "Witness is away", false, at))
            .Do(Cast.TownLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, null, "No", at))
            .Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock.Id, 1, "Please", false, at));
        Assert.That(story.Clock(ClockKind.Handling).DueAt, Is.EqualTo(clock.DueAt));
        Assert.That(story.Case.Extensions.Select(e => e.State), Is.EqualTo(new[] { ExtensionState.Refused, ExtensionState.Requested }));
    }

    [Test]
    public void Policies_bound_what_can_be_asked_for()
    {
        var story = Story.Begin().Accepted();
        var handling = story.Clock(ClockKind.Handling).Id;
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(handling, 6, "Long", false, at)).Code, Is.EqualTo("ExtensionTooLong"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(handling, 0, "None", false, at)).Code, Is.EqualTo("ExtensionTooShort"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(Cast.Stranger, 1, "Which", false, at)).Code, Is.EqualTo("ClockNotRunning"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(c.Clocks.Single(k => k.Kind is ClockKind.Acceptance).Id, 1, "Over", false, at)).Code, Is.EqualTo("ClockNotRunning"));

        var waiting = Story.Begin().Submitted();
        Assert.That(waiting.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(waiting.Clock(ClockKind.Acceptance).Id, 1, "Busy", false, at)).Code, Is.EqualTo("ExtensionNotPossible"));

        var mediated = Story.Begin().InMediation();
        var mediation = mediated.Clock(ClockKind.Mediation).Id;
        Assert.That(mediated.Forbids(Cast.Mediator, (c, at) => c.RequestExtension(mediation, 10, "More", false, at)).Code, Is.EqualTo("ExtensionNeedsConsent"));
        mediated.Do(Cast.Mediator, (c, at) => c.RequestExtension(mediation, 30, "More", true, at));
    }

    [Test]
    public void A_supervisor_grants_from_the_queue_without_being_asked()
    {
        var story = Story.Begin().Accepted().Wait("2026-03-10 09:00");
        Assert.That(story.Case.LightAt(story.Now), Is.EqualTo(Light.Red));
        story.Refuses(Cast.VillageOfficer, (c, at) => c.GrantExtension(story.Clock(ClockKind.Handling).Id, 3, "Mine", false, at));
        story.Do(Cast.VillageLead, (c, at) => c.GrantExtension(story.Clock(ClockKind.Handling).Id, 3, "Floods", false, at));
        Assert.That(story.Case.LightAt(story.Now), Is.Not.EqualTo(Light.Red));
        Assert.That(story.Case.Extensions.Single().State, Is.EqualTo(ExtensionState.Granted));
    }

    /// <summary>Mediation by public-security organs: at most 30 days more, from the next-higher authority (practice).</summary>
    [Test]
    public void More_time_for_public_security_mediation_is_the_next_higher_authoritys_to_give()
    {
        var policeRoom = new Mediation(MediationTrack.Administrative, Cast.Stranger, null, null, OrganisationKind.PublicSecurityOrgan);
        var officer = Cast.With("mediator.s1", Role.Mediator, Cast.District, Cast.Stranger);
        var story = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.AssignMediation(policeRoom, at));
        var clock = story.Clock(ClockKind.Mediation).Id;
        story.Do(officer, (c, at) => c.RequestExtension(clock, 30, "An appraisal", false, at));
        var request = story.Case.Extensions.Single().Id;

        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(request, true, null, null, at)).Code, Is.EqualTo("ExtensionByHigherAuthority"));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(request, false, null, "No", at)).Code, Is.EqualTo("ExtensionByHigherAuthority"), "nor to refuse");
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.GrantExtension(clock, 3, "Mine", false, at)).Code, Is.EqualTo("ExtensionByHigherAuthority"));
        Assert.That(story.Forbids(Cast.TownLead, (c, at) => c.DecideExtension(request, true, 31, null, at)).Code, Is.EqualTo("ExtensionTooLong"));
        story.Do(Cast.TownLead, (c, at) => c.DecideExtension(request, true, null, null, at));
        Assert.That((story.Case.Extensions.Single().State, story.Clock(ClockKind.Mediation).Extension), Is.EqualTo((ExtensionState.Granted, 30)));
    }

    [Test]
    public void Nobody_writes_down_a_consent_that_was_not_given()
    {
        var story = Story.Begin().InMediation().Do(Cast.VillageLead, (c, at) => c.GrantExtension(c.Clocks.Last(k => k.Kind is ClockKind.Mediation).Id, 3, "Floods", false, at));
        Assert.That(story.Case.Extensions.Single().PartiesAgree, Is.False);
    }

    [Test]
    public void A_refusal_gives_no_days_whatever_was_typed()
    {
        var story = Story.Begin().Accepted();
        story.Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(story.Clock(ClockKind.Handling).Id, 3, "Witness is away", false, at))
            .Do(Cast.VillageLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, 2, "No", at));
        Assert.That((story.Case.Extensions[0].GrantedDays, story.Last.Events[0].Get(EventKey.Days)), Is.EqualTo(((int?)null, (int?)null)));
        story.Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(story.Clock(ClockKind.Handling).Id, 3, "Witness is away", false, at))
            .Do(Cast.VillageLead, (c, at) => c.DecideExtension(c.Extensions[1].Id, true, null, null, at));
        Assert.That((story.Case.Extensions[1].GrantedDays, story.Last.Events[0].Get(EventKey.Days)), Is.EqualTo(((int?)3, (int?)3)));
    }
}
