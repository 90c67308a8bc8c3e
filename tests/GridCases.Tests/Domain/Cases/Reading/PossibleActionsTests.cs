using GridCases.Domain;
using static GridCases.Domain.CaseAction;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>What is offered and what is not, beyond state and role: by what is in the case.</summary>
public class PossibleActionsTests
{
    private static readonly PromisedObligation Pays = new(SampleCity.Respondent.Id, "Pays", Day("2026-03-20"), 100), Mends = new(SampleCity.Respondent.Id, "Mends the fence", Day("2026-03-25"), null);

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("a village has no centre below it", Scenario.Begin().Accepted(), SampleCity.VillageOfficer, AssignDown, false);
        yield return Row("a township has", UpInTown(), SampleCity.TownOfficer, AssignDown, true);

        yield return Row("goes on", Scenario.Begin().InMediation(), SampleCity.Mediator, Resume, false);
        yield return Row("stands still", Suspended(), SampleCity.Mediator, Resume, true);
        yield return Row("stands still already", Suspended(), SampleCity.Mediator, Suspend, false);
        yield return Row("stands still under suspicion", Suspected(), SampleCity.Mediator, Resume, false);
        yield return Row("nobody suspects anything", Scenario.Begin().InMediation(), SampleCity.TownLead, DecideSham, false);
        yield return Row("under suspicion", Suspected(), SampleCity.TownLead, DecideSham, true);
        yield return Row("under suspicion already", Suspected(), SampleCity.TownLead, ReportSham, false);
        yield return Row("suspended for something else", Suspended(), SampleCity.TownLead, ReportSham, true);

        yield return Row("no violence is feared", Scenario.Begin().Accepted(), SampleCity.VillageOfficer, RecordPoliceNotice, false);
        yield return Row("violence is feared", Feared(), SampleCity.VillageOfficer, RecordPoliceNotice, true);
        yield return Row("the police have the notice", Feared().Do(SampleCity.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", null, at)), SampleCity.VillageOfficer, RecordPoliceNotice, false);

        yield return Row("nothing was promised", Scenario.Begin().Agreed(), SampleCity.Mediator, RecordPerformance, false);
        yield return Row("does not bind yet", Scenario.Begin().Agreed(AgreementForm.Written, Pays), SampleCity.Mediator, RecordPerformance, false);
        yield return Row("one of two is performed", Performed(1, Pays, Mends), SampleCity.Mediator, RecordPerformance, true);
        yield return Row("all is performed", Performed(2, Pays, Mends), SampleCity.Mediator, RecordPerformance, false);

        yield return Row("binds", Scenario.Begin().Agreed(), SampleCity.Mediator, ApplyForConfirmation, true);
        yield return Row("is about status", Scenario.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(SampleCity.Respondent.Id, "Divorce", new DateOnly(2026, 4, 1), null, ObligationSubject.Status)), SampleCity.Mediator, ApplyForConfirmation, false);
        yield return Row("is not signed", Scenario.Begin().Agreed(AgreementForm.Written), SampleCity.Mediator, ApplyForConfirmation, false);
        yield return Row("the court has answered", Answered(), SampleCity.Mediator, ApplyForConfirmation, false);

        yield return Row("nobody has signed", Scenario.Begin().Agreed(AgreementForm.Written), SampleCity.Mediator, WithdrawSignature, false);
        yield return Row("one has signed", Scenario.Begin().Agreed(AgreementForm.Written).Do(SampleCity.Mediator, (c, at) => c.Signed(Agreement.MediatorSigner, at)), SampleCity.Mediator, WithdrawSignature, true);
        yield return Row("one has signed, and it is not the centre's to take back", Scenario.Begin().Agreed(AgreementForm.Written).Do(SampleCity.Mediator, (c, at) => c.Signed(Agreement.MediatorSigner, at)),
            SampleCity.VillageOfficer, WithdrawSignature, false);

        yield return Row("nobody asked for time", Scenario.Begin().Accepted(), SampleCity.TownLead, DecideExtension, false);
        yield return Row("somebody asked for time", Asked(ClockKind.Handling), SampleCity.TownLead, DecideExtension, true);
        yield return Row("one was refused, another asked", Asked(ClockKind.Handling).Do(SampleCity.TownLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, null, "No", at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(c.Clocks.Last(k => k.Kind is ClockKind.Handling).Id, 1, "Please", true, at)), SampleCity.TownLead, DecideExtension, true);
        yield return Row("one clock is asked for, another is not", Asked(ClockKind.Handling), SampleCity.VillageOfficer, RequestExtension, true);
        yield return Row("all are asked for", Asked(ClockKind.Handling, ClockKind.Case), SampleCity.VillageOfficer, RequestExtension, false);
        yield return Row("one of all was refused", Asked(ClockKind.Handling, ClockKind.Case).Do(SampleCity.TownLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, null, "No", at)),
            SampleCity.VillageOfficer, RequestExtension, true);

        yield return Row("no card", Scenario.Begin().Accepted(), SampleCity.VillageOfficer, ReplyToCard, false);
        yield return Row("no card to lift", Scenario.Begin().Accepted(), SampleCity.TownLead, LiftCard, false);
        yield return Row("a card", Carded(), SampleCity.VillageOfficer, ReplyToCard, true);
        yield return Row("a card that was answered", Carded().Do(SampleCity.VillageOfficer, (c, at) => c.ReplyToCard("Done", at)), SampleCity.VillageOfficer, ReplyToCard, false);
        yield return Row("an answered card to lift", Carded().Do(SampleCity.VillageOfficer, (c, at) => c.ReplyToCard("Done", at)), SampleCity.TownLead, LiftCard, true);
    }

    [TestCaseSource(nameof(Rows))]
    public void An_action_is_offered_where_there_is_something_to_do(string why, Case @case, DateTimeOffset now, Actor actor, CaseAction action, bool offered) =>
        Assert.That(@case.ActionsFor(actor, now).Contains(action), Is.EqualTo(offered), why);

    private static TestCaseData Row(string why, Scenario scenario, Actor actor, CaseAction action, bool offered) =>
        new TestCaseData(why, scenario.Case, scenario.Now, actor, action, offered).SetArgDisplayNames(why, action.ToString(), offered.ToString());

    private static Scenario UpInTown() => Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at)).Do(SampleCity.TownOfficer, (c, at) => c.Accept(at));

    private static Scenario Suspended() => Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Suspend("Appraisal", null, at));

    private static Scenario Suspected() => Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReportSham("Made up", at));

    private static Scenario Feared() => Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at));

    private static Scenario Performed(int count, params PromisedObligation[] promised)
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Oral, promised);
        for (var n = 0; n < count; n++)
            scenario.Do(SampleCity.Mediator, (c, at) => c.RecordPerformance(c.Agreement!.Obligations.First(o => o.PerformedOn is null).Id, at.Today, null, at));
        return scenario;
    }

    private static Scenario Answered() => Scenario.Begin().ConfirmationPending().Do(SampleCity.Mediator, (c, at) => c.RecordConfirmation(ConfirmationResult.Refused, at.Today, null, "Too vague", at));

    private static Scenario Asked(params ClockKind[] kinds)
    {
        var scenario = Scenario.Begin().Accepted();
        foreach (var kind in kinds)
            scenario.Do(SampleCity.VillageOfficer, (c, at) => c.RequestExtension(c.Clocks.Last(k => k.Kind == kind).Id, 1, "Witness is away", true, at));
        return scenario;
    }

    private static Scenario Carded() => Scenario.Begin().Accepted().Do(SampleCity.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, at.Today.AddDays(3), "Answer", at));
}
