namespace GridCases.Domain;

// Suspected sham mediation.
public sealed partial record Case
{
    /// <summary>A suspected sham mediation is suspended and reported to the supervisor (SPC, court-invited mediation, art. 18).</summary>
    public CaseChange ReportSham(string reason, CaseContext at)
    {
        Demand(CaseAction.ReportSham, at);
        if (Sham is not null)
            throw new RuleViolation("ShamReported");

        var report = new ShamReport(at.NewId(), reason, at.By.UserName, at.Now);
        return Done(AsSuspended(at) with { Sham = report, ExpectedResumeOn = null }, CaseAction.ReportSham, EventKey.Report.Is(report.Id), EventKey.Reason.Is(reason));
    }

    /// <summary>A supervisor decides on a report of sham mediation: unfounded, mediation goes on; founded, it ends, and the clocks of the agreement it led to are cancelled.</summary>
    public CaseChange DecideSham(bool founded, string note, CaseContext at)
    {
        Demand(CaseAction.DecideSham, at);
        if (Sham is not { } report)
            throw new RuleViolation("NoShamReport");

        var after = founded
            ? WithClocks(c => c.Kind is ClockKind.Performance or ClockKind.ConfirmationWindow, c => c.Cancelled(at.Now)).WithMediationFailed(at)
            : Unsuspended(at);
        return Done(after, CaseAction.DecideSham, EventKey.Report.Is(report.Id), EventKey.Founded.Is(founded), EventKey.Note.Is(note)) with { ShamDecision = new ShamDecision(founded, note) };
    }
}
