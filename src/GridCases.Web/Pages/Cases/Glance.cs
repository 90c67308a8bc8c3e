using GridCases.Domain;
using GridCases.Features.Clocks;

namespace GridCases.Web.Pages.Cases;

/// <summary>The middle of the glance box: until when, and why.</summary>
/// <param name="Title">Which limit it is.</param>
/// <param name="Light">Value of <c>data-light</c>.</param>
/// <param name="Big">还剩 3 天, 已中止, 已结案.</param>
/// <param name="Line">The day, and what else is to be said about it.</param>
/// <param name="Why">How the day came about; empty when nothing is due.</param>
public sealed record Glance(string Title, string Light, string Big, string Line, IReadOnlyList<string> Why)
{
    /// <summary>The limit that matters to the present holder: that of the step, else the next obligation's, else the whole case's.</summary>
    public static Glance Of(CaseSheet sheet)
    {
        var view = sheet.View;
        if (MainClock(sheet) is not { } clock)
        {
            if (CaseTransitions.IsOpen(view.State))
                return new Glance(T.C("Limit"), "none", T.C("NoLimit"), "", []);
            var ended = view.ClosedAt ?? sheet.Journal.Last(j => j.Kind is not CaseEventKind.Comment).At;
            var days = LocalTime.Day(ended).DayNumber - LocalTime.Day(view.RegisteredAt).DayNumber;
            return new Glance(T.C("Ended"), "none", T.Day(LocalTime.Day(ended), sheet.Today), days == 0 ? T.C("TookToday") : T.C("Took", days), []);
        }

        var title = NameOf(sheet, clock);
        if (clock.Status is ClockStatus.Paused)
        {
            var line = view.ExpectedResumeOn is { } day ? T.C("SuspendedUntil", T.Day(day, sheet.Today)) : T.C("SuspendedOpen");
            return new Glance(title, "none", T.C("Suspended"), line, clock.Explanation);
        }

        var due = DueWords.Of(clock.DueAt, clock.Light, sheet.Now);
        return new Glance(title, due.Light, due.Text, LineOf(sheet, clock, due), clock.Explanation);
    }

    /// <summary>Other limits that have passed, to be told beside the one shown.</summary>
    public static IEnumerable<ClockView> AlsoOverdue(CaseSheet sheet)
    {
        var shown = MainClock(sheet);
        return sheet.View.Clocks.Where(c => c.Status is ClockStatus.Running && c.Light is Domain.Light.Red && c.Id != shown?.Id && c.Kind is not ClockKind.ConfirmationWindow);
    }

    /// <summary>The name of a clock: that of a mediation says the track, that of an obligation what was promised.</summary>
    public static string NameOf(CaseSheet sheet, ClockView clock) => clock.Kind switch
    {
        ClockKind.Mediation when sheet.View.Track is { } track && clock.Status is ClockStatus.Running or ClockStatus.Paused => T.C("LimitOf", T.W(track)),
        ClockKind.Performance => sheet.View.Agreement?.Obligations.FirstOrDefault(o => o.Id == clock.SubjectId) is { } promised
            ? T.C("LimitPerformance", promised.Text)
            : T.W(clock.Kind),
        _ => T.W(clock.Kind),
    };

    /// <summary>The clock of the limit shown; null when none runs that matters.</summary>
    public static ClockView? MainClock(CaseSheet sheet) => sheet.View.State switch
    {
        CaseState.AwaitingAcceptance => sheet.Running(ClockKind.Acceptance) ?? sheet.Running(ClockKind.Case),
        CaseState.Accepted or CaseState.MediationFailed => sheet.Running(ClockKind.Handling) ?? sheet.Running(ClockKind.Case),
        CaseState.Assigned or CaseState.InMediation => sheet.Running(ClockKind.Mediation) ?? sheet.Running(ClockKind.Case),
        CaseState.AgreementReached or CaseState.ConfirmationPending => sheet.Running(ClockKind.Performance) ?? sheet.Running(ClockKind.Case),
        CaseState.AwaitingVerification => sheet.Running(ClockKind.Verification) ?? sheet.Running(ClockKind.Case),
        CaseState.Closed => sheet.Running(ClockKind.Performance) ?? sheet.Running(ClockKind.FollowUp),
        CaseState.Registered => sheet.Running(ClockKind.Case),
        CaseState.Declined or CaseState.Withdrawn or CaseState.ReferredOut or CaseState.Merged or CaseState.Archived => null,
    };

    private static string LineOf(CaseSheet sheet, ClockView clock, DueWords due)
    {
        var line = T.C(clock.Light is Domain.Light.Red ? "WasUntil" : "Until", due.On);
        if (clock.Provisional)
            line += T.C("ProvisionalMark");
        var escalated = sheet.Journal.LastOrDefault(j => j.Kind is CaseEventKind.Escalate or CaseEventKind.RerouteEscalation && j.Particulars.Get(EventKey.ClockId) == clock.Id);
        return clock.Light is Domain.Light.Red && escalated?.Particulars.Get(EventKey.To) is { } to
            ? T.C("ReportedTo", line, sheet.Centre(to))
            : line;
    }
}
