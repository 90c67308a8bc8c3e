using GridCases.Domain;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>A step in the progress of a case, as the bar at the top of its page shows it.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Small">The day it was done, or its present status.</param>
/// <param name="IsDone">Whether it is completed.</param>
/// <param name="IsCurrent">Whether it is the present step.</param>
/// <param name="IsOff">Whether the case ended early there: declined, withdrawn, referred, merged.</param>
public sealed record ProgressStep(string Label, string Small, bool IsDone = false, bool IsCurrent = false, bool IsOff = false)
{
    private const int Registered = 0, Accepted = 1, Assigned = 2, Mediated = 3, Verified = 4, Closed = 5;

    /// <summary>
    /// The steps of a case. Those behind it are the ones the journal knows: what was skipped is left out. A case that was opened again shows its latest round.
    /// </summary>
    public static IReadOnlyList<ProgressStep> Of(CaseDetails details)
    {
        var labels = Localized.Page("ProgressSteps").Split('|');
        var days = Days(details);
        var here = Position(details.View.State);
        var steps = new List<ProgressStep>();
        for (var i = Registered; i <= Closed; i++)
        {
            if (here is null || i < here)
            {
                if (days[i] is { } day)
                    steps.Add(new ProgressStep(labels[i], Short(day), IsDone: true));
            }
            else if (i == here)
            {
                var over = here is Closed;
                steps.Add(new ProgressStep(labels[i], Now(details, days[i]), IsDone: over, IsCurrent: !over));
            }
            else
            {
                steps.Add(new ProgressStep(labels[i], ""));
            }
        }

        if (here is null)
            steps.Add(new ProgressStep(Localized.Word(details.View.State), Short(details.Journal.Last(j => j.Kind is not CaseEventKind.Comment).At), IsCurrent: true, IsOff: true));
        return steps;
    }

    /// <summary>A day without its weekday.</summary>
    public static string Short(DateTimeOffset at) => LocalTime.Day(at).ToString(Localized.Case("ShortDay"), System.Globalization.CultureInfo.CurrentCulture);

    private static DateTimeOffset?[] Days(CaseDetails details)
    {
        var days = new DateTimeOffset?[Closed + 1];
        days[Registered] = details.View.RegisteredAt;
        foreach (var line in details.Journal)
        {
            switch (line.Kind)
            {
                case CaseEventKind.Reopen:
                    Array.Clear(days, Accepted, Closed);
                    days[Accepted] = line.At;
                    break;
                case CaseEventKind.Accept or CaseEventKind.TakeOver:
                    days[Accepted] = line.At;
                    break;
                case CaseEventKind.AssignMediation or CaseEventKind.SwitchTrack:
                case CaseEventKind.Redirect when line.Particulars.Has(EventKey.Organisation):
                    days[Assigned] = line.At;
                    break;
                case CaseEventKind.StartMediation:
                    days[Mediated] = line.At;
                    break;
                case CaseEventKind.Verify:
                    days[Verified] = days[Closed] = line.At;
                    break;
            }
        }

        return days;
    }

    private static int? Position(CaseState state) => state switch
    {
        CaseState.Registered => Registered,
        CaseState.AwaitingAcceptance or CaseState.Accepted => Accepted,
        CaseState.Assigned => Assigned,
        CaseState.InMediation or CaseState.AgreementReached or CaseState.ConfirmationPending or CaseState.MediationFailed => Mediated,
        CaseState.AwaitingVerification => Verified,
        CaseState.Closed or CaseState.Archived => Closed,
        CaseState.Declined or CaseState.Withdrawn or CaseState.ReferredOut or CaseState.Merged => null,
    };

    private static string Now(CaseDetails details, DateTimeOffset? since) => details.View.Suspended ? Localized.Case("Suspended") : details.View.State switch
    {
        CaseState.AwaitingAcceptance => details.Running(ClockKind.Acceptance) is { } clock ? Localized.Case("ProgressDue", Short(clock.DueAt)) : "",
        CaseState.AwaitingVerification => details.Running(ClockKind.Verification) is { } clock ? Localized.Case("ProgressDue", Short(clock.DueAt)) : "",
        CaseState.Assigned => Localized.Case("ProgressToStart"),
        CaseState.InMediation => Localized.Case("ProgressGoing"),
        CaseState.AgreementReached or CaseState.ConfirmationPending or CaseState.MediationFailed or CaseState.Archived => Localized.Word(details.View.State),
        CaseState.Registered or CaseState.Accepted or CaseState.Closed or CaseState.Declined or CaseState.Withdrawn or CaseState.ReferredOut or CaseState.Merged =>
            since is { } day ? Short(day) : "",
    };
}
