using GridCases.Domain;
using GridCases.Features.Clocks;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>The deadline that matters now, for the summary at the top of the case: until when, and why.</summary>
/// <param name="Title">Which limit it is.</param>
/// <param name="Light">Value of <c>data-light</c>.</param>
/// <param name="Big">还剩 3 天, 已中止, 已结案.</param>
/// <param name="Line">The day, with a remark where it is provisional or was reported to a higher unit.</param>
/// <param name="Why">How the day came about; empty when nothing is due.</param>
public sealed record DeadlineSummary(string Title, string Light, string Big, string Line, IReadOnlyList<string> Why)
{
    /// <summary>The limit that matters to the present holder: that of the step, else the next obligation's, else the whole case's.</summary>
    public static DeadlineSummary Of(CaseDetails details)
    {
        var view = details.View;
        if (view.HandedOnAt is { } handedOn)
            return new DeadlineSummary(Localized.Case("HandedOn"), "none", Localized.Day(LocalTime.Day(handedOn), details.Today), "", []);
        if (MainClock(details) is not { } clock)
        {
            if (CaseTransitions.IsOpen(view.State))
                return new DeadlineSummary(Localized.Case("Limit"), "none", Localized.Case("NoLimit"), "", []);
            var ended = view.ClosedAt ?? details.Journal.Last(j => j.Kind is not CaseEventKind.Comment).At;
            var days = LocalTime.Day(ended).DayNumber - LocalTime.Day(view.RegisteredAt).DayNumber;
            return new DeadlineSummary(Localized.Case("Ended"), "none", Localized.Day(LocalTime.Day(ended), details.Today), days == 0 ? Localized.Case("TookToday") : Localized.Case("Took", days), []);
        }

        var title = NameOf(details, clock);
        if (clock.Status is ClockStatus.Paused)
        {
            var line = view.ExpectedResumeOn is { } day ? Localized.Case("SuspendedUntil", Localized.Day(day, details.Today)) : Localized.Case("SuspendedOpen");
            return new DeadlineSummary(title, "none", Localized.Case("Suspended"), line, clock.Explanation);
        }

        var due = DueText.Of(clock.DueAt, clock.Light, details.Now);
        return new DeadlineSummary(title, due.Light, due.Text, LineOf(details, clock, due), clock.Explanation);
    }

    /// <summary>Other limits that have passed, to be listed below the one shown.</summary>
    public static IEnumerable<ClockView> AlsoOverdue(CaseDetails details)
    {
        var shown = MainClock(details);
        return details.View.Clocks.Where(c => details.View.HandedOnAt is null && c.Status is ClockStatus.Running && c.Light is Domain.Light.Red && c.Id != shown?.Id && c.Kind is not ClockKind.ConfirmationWindow);
    }

    /// <summary>The name of a clock: that of a mediation names the track, that of an obligation what was promised.</summary>
    public static string NameOf(CaseDetails details, ClockView clock) => clock.Kind switch
    {
        ClockKind.Mediation when details.View.Track is { } track && clock.Status is ClockStatus.Running or ClockStatus.Paused => Localized.Case("LimitOf", Localized.Word(track)),
        // Until it has signed for a court's referral, the organisation's clock is that of its receipt.
        ClockKind.Acceptance when details.View.State is CaseState.Assigned && clock.Status is ClockStatus.Running => Localized.Case("LimitReceipt"),
        ClockKind.Performance => details.View.Agreement?.Obligations.FirstOrDefault(o => o.Id == clock.SubjectId) is { } promised
            ? Localized.Case("LimitPerformance", promised.Text)
            : Localized.Word(clock.Kind),
        _ => Localized.Word(clock.Kind),
    };

    /// <summary>The clock of the limit shown; null when none runs that matters.</summary>
    public static ClockView? MainClock(CaseDetails details) => details.View.State switch
    {
        CaseState.AwaitingAcceptance => details.Running(ClockKind.Acceptance) ?? details.Running(ClockKind.Case),
        CaseState.Accepted or CaseState.MediationFailed => details.Running(ClockKind.Handling) ?? details.Running(ClockKind.Case),
        CaseState.Assigned or CaseState.InMediation => details.Running(ClockKind.Mediation) ?? details.Running(ClockKind.Acceptance) ?? details.Running(ClockKind.Case),
        CaseState.AgreementReached or CaseState.ConfirmationPending => details.Running(ClockKind.Performance) ?? details.Running(ClockKind.Case),
        CaseState.AwaitingVerification => details.Running(ClockKind.Verification) ?? details.Running(ClockKind.Case),
        CaseState.Closed => details.Running(ClockKind.Performance) ?? details.Running(ClockKind.FollowUp),
        CaseState.Registered => details.Running(ClockKind.Case),
        CaseState.Declined or CaseState.Withdrawn or CaseState.ReferredOut or CaseState.Merged or CaseState.Archived => null,
    };

    private static string LineOf(CaseDetails details, ClockView clock, DueText due)
    {
        var line = Localized.Case(clock.Light is Domain.Light.Red ? "WasUntil" : "Until", due.On);
        if (clock.Provisional)
            line += Localized.Case("ProvisionalMark");
        var escalated = details.Journal.LastOrDefault(j => j.Kind is CaseEventKind.Escalate or CaseEventKind.RerouteEscalation && j.Particulars.Get(EventKey.ClockId) == clock.Id);
        return clock.Light is Domain.Light.Red && escalated?.Particulars.Get(EventKey.To) is { } to
            ? Localized.Case("ReportedTo", line, details.Centre(to))
            : line;
    }
}
