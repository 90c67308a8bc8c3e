using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>
/// The table of deadlines: for each row its limit, how much more time there may be, and whether the parties have to agree. The holder asks; a supervisor at or above
/// the centre in charge grants. Mediation by public-security organs has a rule of its own.
/// </summary>
public class ExtensionTableTests
{
    private const int None = 0;
    private static int? NoMaximum => null;

    private static readonly Mediation AtAdministrative = new(MediationTrack.Administrative, SampleCity.Court, null, null);

    private static readonly Row[] Table =
    [
        // Ours, after the Supreme People's Court's rules on online mediation, rule 12.
        new("acceptance", ClockKind.Acceptance, "3 WorkingDays", None, false, SampleCity.VillageOfficer, () => Scenario.Begin().Submitted()),

        // Ours: five working days, five more by a supervisor.
        new("handling", ClockKind.Handling, "5 WorkingDays", 5, false, SampleCity.VillageOfficer, () => Scenario.Begin().Accepted()),

        // Provisions on the work of people's mediation (2002) art. 33: "generally one month"; with the parties' agreement at most 30 days more.
        new("people's mediation", ClockKind.Mediation, "30 Days", 30, true, SampleCity.Mediator, () => Scenario.Begin().InMediation()),

        // Practice.
        new("administrative mediation", ClockKind.Mediation, "30 Days", 30, true, SampleCity.CourtMediator, () => AssignedTo(AtAdministrative)),

        // Supreme People's Court, court-invited mediation art. 27: 30 days before filing (委派), 15 or 7 after it (委托); both parties may agree on more.
        new("court, before filing", ClockKind.Mediation, "30 Days", NoMaximum, true, SampleCity.CourtMediator, () => Received(SampleCity.AtCourt)),
        new("court, after filing, ordinary", ClockKind.Mediation, "15 Days", NoMaximum, true, SampleCity.CourtMediator, () => Received(SampleCity.AtCourt with { Entrustment = Entrustment.PostFilingOrdinary })),
        new("court, after filing, summary", ClockKind.Mediation, "7 Days", NoMaximum, true, SampleCity.CourtMediator, () => Received(SampleCity.AtCourt with { Entrustment = Entrustment.PostFilingSummary })),

        // People's Mediation Law art. 33: a period of law, which nobody lengthens.
        new("confirmation window", ClockKind.ConfirmationWindow, "30 Days", None, false, SampleCity.Mediator, () => Scenario.Begin().Agreed()),

        // People's Mediation Law art. 31: the agreement's own date, which the parties may put off.
        new("performance", ClockKind.Performance, "", NoMaximum, true, SampleCity.Mediator,
            () => Scenario.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(SampleCity.Respondent.Id, "Pays", Day("2026-03-31"), 200))),

        // Ours.
        new("verification", ClockKind.Verification, "5 WorkingDays", None, false, SampleCity.GridHead, () => Scenario.Begin().Completed()),
        new("reply to a card", ClockKind.CardReply, "", None, false, SampleCity.VillageOfficer,
            () => Scenario.Begin().Accepted().Do(SampleCity.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, Day("2026-03-09"), "Why so long?", at))),

        // Ours, with the petition regulation (信访工作条例) art. 34 as a model: 60 days, 30 more by a supervisor.
        new("whole case", ClockKind.Case, "60 Days", 30, false, SampleCity.VillageOfficer, () => Scenario.Begin().Accepted()),
    ];

    private static IEnumerable<string> Names => Table.Select(row => row.Name);

    [TestCaseSource(nameof(Names))]
    public void More_time_is_given_as_the_table_of_deadlines_has_it(string name)
    {
        var (_, kind, limit, most, consent, asks, of) = Table.Single(row => row.Name == name);
        var scenario = of();
        var clock = scenario.Clock(kind);
        Assert.That(clock.Limit is { } given ? $"{given.Amount} {given.Unit}" : "", Is.EqualTo(limit));
        if (most == None)
        {
            Assert.That(Ask(1, true).Code, Is.EqualTo("ExtensionNotPossible"));
            Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.GrantExtension(clock.Id, 1, "Floods", true, at)).Code, Is.EqualTo("ExtensionNotPossible"), "nor from the queue");
            return;
        }

        if (consent)
            Assert.That(Ask(1, false).Code, Is.EqualTo("ExtensionNeedsConsent"));
        if (most is { } maximum)
            Assert.That(Ask(maximum + 1, true).Code, Is.EqualTo("ExtensionTooLong"));
        var all = most ?? 400;
        scenario.Do(asks, (c, at) => c.RequestExtension(clock.Id, all - 1, "The appraisal takes longer", consent, at));
        Assert.That(scenario.Clock(kind).DueAt, Is.EqualTo(clock.DueAt), "asking gives nothing");

        var request = scenario.Case.Extensions.Single().Id;
        foreach (var nobody in new[] { SampleCity.GridHead, SampleCity.VillageOfficer, SampleCity.TownOfficer, SampleCity.Mediator, SampleCity.CourtMediator, SampleCity.Administrator, SampleCity.Auditor, SampleCity.With("other.lead", Role.Supervisor, new UnitCode("990101002")) })
            scenario.Refuses(nobody, (c, at) => c.DecideExtension(request, true, null, null, at));
        if (consent)
            Assert.That(scenario.Forbids(SampleCity.TownLead, (c, at) => c.DecideExtension(request, true, all, null, at)).Code, Is.EqualTo("ExtensionBeyondConsent"));

        scenario.Do(SampleCity.VillageLead, (c, at) => c.DecideExtension(request, true, null, "Granted", at));
        Assert.That(scenario.Clock(kind).Extension, Is.EqualTo(all - 1));
        Assert.That(scenario.Clock(kind).DueAt, Is.GreaterThan(clock.DueAt));
        scenario.Do(SampleCity.CityLead, (c, at) => c.GrantExtension(clock.Id, 1, "One more", consent, at));
        if (most is not null)
            Assert.That(Ask(1, true).Code, Is.EqualTo("ExtensionTooLong"), "the maximum is of all extensions together");

        RuleViolation Ask(int days, bool agreed) => scenario.Forbids(asks, (c, at) => c.RequestExtension(clock.Id, days, "More", agreed, at));
    }

    [Test]
    public void The_follow_up_visit_of_a_closed_case_is_not_put_off()
    {
        var scenario = Scenario.Begin().Closed();
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.RequestExtension(scenario.Clock(ClockKind.FollowUp).Id, 1, "Away", true, at)).Code, Is.EqualTo("WrongState"));
        Assert.That(SampleCity.Policies.ById(scenario.Clock(ClockKind.FollowUp).PolicyId).MaxExtension, Is.Zero);
    }

    // Petition regulation (信访工作条例) art. 23: refusal of a referral within five working days, with reasons. No more time for that.
    [Test]
    public void An_agency_is_answered_within_five_working_days_and_no_more()
    {
        var policy = SampleCity.Policies.For(PolicyTests.Question(ClockKind.AgencyReply));
        Assert.That((policy.Limit, policy.MaxExtension), Is.EqualTo(((Limit?)Limit.WorkingDays(5), (int?)0)));
    }

    [Test]
    public void Where_no_consent_is_asked_for_a_supervisor_may_grant_more_than_was_asked()
    {
        var scenario = Scenario.Begin().Accepted();
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(scenario.Clock(ClockKind.Handling).Id, 1, "Witness is away", false, at))
            .Do(SampleCity.VillageLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, true, 5, "Take five", at));
        Assert.That(scenario.Clock(ClockKind.Handling).Extension, Is.EqualTo(5));
    }

    private static Scenario Received(Mediation to) => AssignedTo(to).Do(SampleCity.CourtMediator, (c, at) => c.AcceptEntrustment(at.Today, null, at));

    private static Scenario AssignedTo(Mediation mediation) => Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(mediation, at));

    /// <param name="Name">The row.</param>
    /// <param name="Kind">The clock.</param>
    /// <param name="Limit">Its limit; empty when it has its own due date.</param>
    /// <param name="Most">The most all extensions may amount to; null when there is no maximum.</param>
    /// <param name="Consent">Whether the parties have to agree.</param>
    /// <param name="Asks">Who holds the case, and asks.</param>
    /// <param name="Of">A case whose clock runs.</param>
    private sealed record Row(string Name, ClockKind Kind, string Limit, int? Most, bool Consent, Actor Asks, Func<Scenario> Of);
}
