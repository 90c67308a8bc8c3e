using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Subsidies;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>The mediator's workbench: what to take up, what goes on, what has to be signed or performed, and what comes next.</summary>
public sealed class WorkbenchModel : AppPage
{
    /// <summary>How far ahead the agenda looks, in days.</summary>
    public const int AgendaDays = 14;

    /// <summary>All cases in the mediator's hands, the one due first.</summary>
    public IReadOnlyList<ListCases.Row> Cases { get; private set; } = [];

    /// <summary>The mediator's own subsidies, the latest first.</summary>
    public IReadOnlyList<SubsidyRow> Subsidies { get; private set; } = [];

    /// <summary>What falls due within <see cref="AgendaDays"/>.</summary>
    public IEnumerable<ListCases.Row> Agenda => Cases
        .Where(c => !c.Suspended && c.Light is not Light.Red && c.DueAt is { } due && LocalTime.Day(due) <= Today.AddDays(AgendaDays));

    /// <summary>Its sections, what is overdue before all else: heading, the cases under it, and the step each of them is about to take.</summary>
    public IEnumerable<(string Title, CaseRows Rows)> Sections =>
    [
        (Localized.Page("Overdue"), Rows(IsOverdue)),
        (Localized.Page("BenchNew"), Rows(c => c.State is CaseState.Assigned && !IsOverdue(c))),
        (Localized.Page("BenchRunning"), Rows(c => c.State is CaseState.InMediation && !IsOverdue(c))),
        (Localized.Page("BenchAgreed"), Rows(c => c.State is CaseState.AgreementReached or CaseState.ConfirmationPending && !IsOverdue(c))),
        (Localized.Page("BenchFailed"), Rows(c => c.State is CaseState.MediationFailed && !IsOverdue(c))),
    ];

    private static bool IsOverdue(ListCases.Row row) => row.Light is Light.Red && !row.Suspended;

    /// <summary>The step that a case is about to take: where its form is, and its name.</summary>
    private static (string Anchor, string Label) Step(ListCases.Row row) => row.State switch
    {
        CaseState.Assigned => ("#do-start-mediation", Localized.Word(CaseAction.StartMediation)),
        CaseState.InMediation when row.Suspended => ("#do-resume", Localized.Word(CaseAction.Resume)),
        CaseState.InMediation => ("#do-record-session", Localized.Word(CaseAction.RecordSession)),
        _ => ("", Localized.Page("Open")),
    };

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Caller.MaySend<ListOwnSubsidies.Query>())
            return StatusCode(StatusCodes.Status403Forbidden);

        Cases = (await SendAsync(new ListCases.Query { Mine = true, Sort = ListCases.Order.Due, Limit = 200 })).Items;
        Subsidies = await SendAsync(new ListOwnSubsidies.Query());
        return Page();
    }

    private CaseRows Rows(Func<ListCases.Row, bool> which) => new([.. Cases.Where(which)], Now) { Do = Step };
}
