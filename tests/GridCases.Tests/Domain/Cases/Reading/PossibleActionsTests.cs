using GridCases.Domain;
using static GridCases.Domain.CaseAction;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>What is offered and what is not, beyond state and role: by what is in the case.</summary>
public class PossibleActionsTests
{
    private static readonly PromisedObligation Pays = new(Cast.Respondent.Id, "Pays", Day("2026-03-20"), 100), Mends = new(Cast.Respondent.Id, "Mends the fence", Day("2026-03-25"), null);

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("a village has no centre below it", Story.Begin().Accepted(), Cast.VillageOfficer, AssignDown, false);
        yield return Row("a township has", UpInTown(), Cast.TownOfficer, AssignDown, true);

        yield return Row("goes on", Story.Begin().InMediation(), Cast.Mediator, Resume, false);
        yield return Row("stands still", Suspended(), Cast.Mediator, Resume, true);
        yield return Row("stands still already", Suspended(), Cast.Mediator, Suspend, false);
        yield return Row("stands still under suspicion", Suspected(), Cast.Mediator, Resume, false);
        yield return Row("nobody suspects anything", Story.Begin().InMediation(), Cast.TownLead, DecideSham, false);
        yield return Row("under suspicion", Suspected(), Cast.TownLead, DecideSham, true);
        yield return Row("under suspicion already", Suspected(), Cast.TownLead, ReportSham, false);
        yield return Row("suspended for something else", Suspended(), Cast.TownLead, ReportSham, true);

        yield return Row("no violence is feared", Story.Begin().Accepted(), Cast.VillageOfficer, RecordPoliceNotice, false);
        yield return Row("violence is feared", Feared(), Cast.VillageOfficer, RecordPoliceNotice, true);
        yield return Row("the police have the notice", Feared().Do(Cast.VillageOfficer, (c, at) => c.RecordPoliceNotice(at.Today, "Duty officer", null, at)), Cast.VillageOfficer, RecordPoliceNotice, false);

        yield return Row("nothing was promised", Story.Begin().Agreed(), Cast.Mediator, RecordPerformance, false);
        yield return Row("does not bind yet", Story.Begin().Agreed(AgreementForm.Written, Pays), Cast.Mediator, RecordPerformance, false);
        yield return Row("one of two is performed", Performed(1, Pays, Mends), Cast.Mediator, RecordPerformance, true);
        yield return Row("all is performed", Performed(2, Pays, Mends), Cast.Mediator, RecordPerformance, false);

        yield return Row("binds", Story.Begin().Agreed(), Cast.Mediator, ApplyForConfirmation, true);
        yield return Row("is about status", Story.Begin(Category.MarriageAndFamily).Agreed(), Cast.Mediator, ApplyForConfirmation, false);
        yield return Row("is not signed", Story.Begin().Agreed(AgreementForm.Written), Cast.Mediator, ApplyForConfirmation, false);
        yield return Row("the court has answered", Answered(), Cast.Mediator, ApplyForConfirmation, false);

        yield return Row("nobody asked for time", Story.Begin().Accepted(), Cast.TownLead, DecideExtension, false);
        yield return Row("somebody asked for time", Asked(ClockKind.Handling), Cast.TownLead, DecideExtension, true);
        yield return Row("one was refused, another asked", Asked(ClockKind.Handling).Do(Cast.TownLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, null, "No", at))
            .Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(c.Clocks.Last(k => k.Kind is ClockKind.Handling).Id, 1, "Please", true, at)), Cast.TownLead, DecideExtension, true);
        yield return Row("one clock is asked for, another is not", Asked(ClockKind.Handling), Cast.VillageOfficer, RequestExtension, true);
        yield return Row("all are asked for", Asked(ClockKind.Handling, ClockKind.Case), Cast.VillageOfficer, RequestExtension, false);
        yield return Row("one of all was refused", Asked(ClockKind.Handling, ClockKind.Case).Do(Cast.TownLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, null, "No", at)),
            Cast.VillageOfficer, RequestExtension, true);

        yield return Row("no card", Story.Begin().Accepted(), Cast.VillageOfficer, ReplyToCard, false);
        yield return Row("no card to lift", Story.Begin().Accepted(), Cast.TownLead, LiftCard, false);
        yield return Row("a card", Carded(), Cast.VillageOfficer, ReplyToCard, true);
        yield return Row("a card that was answered", Carded().Do(Cast.VillageOfficer, (c, at) => c.ReplyToCard("Done", at)), Cast.VillageOfficer, ReplyToCard, false);
        yield return Row("an answered card to lift", Carded().Do(Cast.VillageOfficer, (c, at) => c.ReplyToCard("Done", at)), Cast.TownLead, LiftCard, true);
    }

    [TestCaseSource(nameof(Rows))]
    public void An_action_is_offered_where_there_is_something_to_do(string why, Case @case, DateTimeOffset now, Actor actor, CaseAction action, bool offered) =>
        Assert.That(@case.ActionsFor(actor, now).Contains(action), Is.EqualTo(offered), why);

    private static TestCaseData Row(string why, Story story, Actor actor, CaseAction action, bool offered) =>
        new TestCaseData(why, story.Case, story.Now, actor, action, offered).SetArgDisplayNames(why, action.ToString(), offered.ToString());

    private static Story UpInTown() => Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at)).Do(Cast.TownOfficer, (c, at) => c.Accept(at));

    private static Story Suspended() => Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.Suspend("Appraisal", null, at));

    private static Story Suspected() => Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReportSham("Made up", at));

    private static Story Feared() => Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at));

    private static Story Performed(int count, params PromisedObligation[] promised)
    {
        var story = Story.Begin().Agreed(AgreementForm.Oral, promised);
        for (var n = 0; n < count; n++)
            story.Do(Cast.Mediator, (c, at) => c.RecordPerformance(c.Agreement!.Obligations.First(o => o.PerformedOn is null).Id, at.Today, null, at));
        return story;
    }

    private static Story Answered() => Story.Begin().ConfirmationPending().Do(Cast.Mediator, (c, at) => c.RecordConfirmation(ConfirmationResult.Refused, at.Today, null, "Too vague", at));

    private static Story Asked(params ClockKind[] kinds)
    {
        var story = Story.Begin().Accepted();
        foreach (var kind in kinds)
            story.Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(c.Clocks.Last(k => k.Kind == kind).Id, 1, "Witness is away", true, at));
        return story;
    }

    private static Story Carded() => Story.Begin().Accepted().Do(Cast.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, at.Today.AddDays(3), "Answer", at));
}
