using System.Globalization;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;
using GridCases.Features.Clocks;
using GridCases.Features.Escalations;
using GridCases.Features.Organisations;
using GridCases.Features.Units;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>A supervisor's queue: what is overdue, the longest first, and what may be done about it.</summary>
public sealed class EscalationsModel : AppPage
{
    /// <summary>Only this state; without it, those still to be dealt with.</summary>
    [BindProperty(SupportsGet = true)]
    public EscalationState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Level { get; set; }

    /// <summary>This unit's and those of the units below; without it the caller's own queue.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>The escalation whose forms are unfolded.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? At { get; set; }

    /// <summary>What is typed into one of the forms.</summary>
    [BindProperty]
    public Form Input { get; set; } = new();

    public Page<EscalationView> List { get; private set; } = null!;

    /// <summary>Units to filter by: the caller's, and those directly below.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    /// <summary>What the unfolded forms offer; null when none are unfolded.</summary>
    public Choices? Unfolded { get; private set; }

    /// <summary>Whether a filter is set, so that an empty queue can offer to clear it.</summary>
    public bool IsFiltered => State is not null || Level is not null || Unit is not null;

    private bool MaySee => Caller.MaySend<ListEscalations.Query>();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!MaySee)
            return StatusCode(StatusCodes.Status403Forbidden);

        ModelState.Clear(); // a filter that is no word filters nothing
        await LoadAsync();
        return Page();
    }

    /// <summary>Takes note of all that are ticked.</summary>
    /// <param name="ids">The ids of each dispute's, with commas between.</param>
    /// <param name="note">What is said of all of them.</param>
    public Task<IActionResult> OnPostAcknowledgeAsync(string[] ids, string? note) => DoAsync(async () =>
    {
        var result = await SendAsync(new AcknowledgeEscalations.Command(Split(ids), note));
        return Localized.Board(result.Skipped == 0 ? "AcknowledgedSome" : "AcknowledgedSkipped", result.Acknowledged, result.Skipped);
    });

    /// <summary>Takes note of one.</summary>
    /// <param name="id">Its ids, with commas between: a dispute may have several clocks that ran out.</param>
    public Task<IActionResult> OnPostOneAsync(string? id) => DoAsync(async () =>
    {
        EscalationView? view = null;
        foreach (var one in Split([id ?? ""]))
            view = await SendAsync(new AcknowledgeEscalation(null) { EscalationId = one });
        return Localized.Board("AcknowledgedOne", (view ?? throw new NotFound("escalation")).CaseNumber);
    });

    /// <summary>The escalations of a row that nobody has taken note of, as the page's buttons send them.</summary>
    public static string OpenOnes(EscalationView row) => string.Join(',', row.Also.Prepend(row).Where(e => e.State is EscalationState.Open).Select(e => e.Id));

    private static Guid[] Split(IEnumerable<string> ids) => [.. ids.SelectMany(id => id.Split(',')).Select(id => Guid.TryParse(id, out var known) ? known : (Guid?)null).OfType<Guid>()];

    /// <summary>Does what one of the unfolded forms asks for.</summary>
    public Task<IActionResult> OnPostHandleAsync() => DoAsync(async () =>
    {
        UseKey(Input.Key, "Input.Key", $"{At:N}/{Input.Act}");
        var view = await SendAsync(Input.ToCommand(At ?? Guid.Empty));
        return Localized.Board("Did." + Input.Act, view.CaseNumber);
    });

    /// <summary>This queue's address; a change of state keeps the other filters.</summary>
    public string Address(EscalationState? state = null, string? cursor = null, Guid? at = null, string? handler = null) => Link("/escalations", new Dictionary<string, string?>
    {
        ["state"] = state?.ToString(),
        ["level"] = Level?.ToString(CultureInfo.InvariantCulture),
        ["unit"] = Unit,
        ["cursor"] = cursor,
        ["at"] = at?.ToString(),
        ["handler"] = handler,
    });

    /// <summary>Key of a field's errors: they belong to the form that was sent.</summary>
    public string Errors(string act, string field) => Input.Act == act ? field : "-";

    /// <summary>What was typed into a field of the form that was sent.</summary>
    public string? Typed(string act, string? value, string? otherwise = null) => Input.Act == act ? value : otherwise;

    private async Task<IActionResult> DoAsync(Func<Task<string>> work)
    {
        if (!MaySee)
            return StatusCode(StatusCodes.Status403Forbidden);

        ModelState.Clear();
        if (await TryAsync(async () => TempData["Notice"] = await work()))
            return LocalRedirect("~" + Address(State, Cursor));

        if (Input is { Act: "reassign", To: null or "" } && ModelState.Remove("unitCode"))
            ModelState.AddModelError("unitCode", Localized.Board("ChooseTo"));
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var query = new ListEscalations.Query { State = State, Level = Level is >= 1 and <= 4 ? Level : null, Unit = UnitCode.TryParse(Unit), OnePerCase = State is null or EscalationState.Open or EscalationState.Acknowledged, Cursor = Cursor, Limit = 30 };
        try
        {
            List = await SendAsync(query);
        }
        catch (Exception e) when (e is InvalidInput or Pipeline.NotFound)
        {
            (Cursor, Unit) = (null, null);
            List = await SendAsync(query with { Cursor = null, Unit = null });
        }

        var own = Caller.UnitsOf(Role.Supervisor);
        var units = new List<ListUnits.Found>();
        foreach (var unit in own)
        {
            var below = Enum.GetValues<UnitLevel>().Where(l => l > unit.Level).Take(1).Select(l => (UnitLevel?)l).FirstOrDefault();
            units.AddRange((await SendAsync(new ListUnits.Query { Under = unit, Level = unit.Level, Limit = 1 })).Items);
            if (below is not null)
                units.AddRange((await SendAsync(new ListUnits.Query { Under = unit, Level = below })).Items);
        }

        Units = units;
        if (List.Items.SelectMany(e => e.Also.Prepend(e)).FirstOrDefault(e => e.Id == At) is { } open && open.State is EscalationState.Open or EscalationState.Acknowledged)
            Unfolded = await UnfoldAsync(open);
    }

    private async Task<Choices> UnfoldAsync(EscalationView open)
    {
        ClockView? clock = null;
        try
        {
            clock = (await SendAsync(new GetClocks.Query(open.CaseId))).FirstOrDefault(c => c.Id == open.Clock.Id);
        }
        catch (NotFound)
        {
            return new Choices(null, false, false, false, [], [], []); // the case went where the caller does not see it; the next sweep resolves this
        }

        var centres = new List<ListUnits.Found>();
        var organisations = new List<ListOrganisations.Organisation>();
        IReadOnlyList<ListMediatorLoads.Load> loads = [];
        var redirect = Can(CaseAction.Redirect);
        if (redirect)
        {
            foreach (var unit in Caller.UnitsOf(Role.Supervisor))
            {
                foreach (var level in new[] { UnitLevel.City, UnitLevel.District, UnitLevel.Township, UnitLevel.Village }.Where(l => l >= unit.Level && l <= open.HolderUnitCode.Level))
                    centres.AddRange(await UnitsAsync(new ListUnits.Query { Under = unit, Level = level }));
            }

            organisations.AddRange(await SendAsync(new ListOrganisations.Query { Unit = open.HolderUnitCode }));
            loads = await SendAsync(new ListMediatorLoads.Query(open.HolderUnitCode));
        }

        return new Choices(clock, redirect, Can(CaseAction.TakeOver), Can(CaseAction.IssueCard), [.. centres.Where(c => c.Code != open.HolderUnitCode)], organisations, loads);

        bool Can(CaseAction action) => CaseTransitions.Next(open.CaseState, action).Count > 0;
    }

    /// <summary>What may be done about an escalation, and with whom.</summary>
    /// <param name="Clock">The clock that ran out, with its explanation.</param>
    /// <param name="Redirect">Whether the case may be given to somebody else.</param>
    /// <param name="TakeOver">Whether the supervisor's centre may take it.</param>
    /// <param name="Card">Whether a card may be issued.</param>
    /// <param name="Centres">Centres it may be given to.</param>
    /// <param name="Organisations">Organisations it may be given to.</param>
    /// <param name="Loads">What their mediators have in hand.</param>
    public sealed record Choices(
        ClockView? Clock, bool Redirect, bool TakeOver, bool Card, IReadOnlyList<ListUnits.Found> Centres, IReadOnlyList<ListOrganisations.Organisation> Organisations,
        IReadOnlyList<ListMediatorLoads.Load> Loads);

    /// <summary>The fields of the forms, as typed.</summary>
    public sealed class Form
    {
        /// <summary>Which form: extend, reassign, take-over, card, dismiss.</summary>
        public string? Act { get; set; }

        /// <summary>So that a form sent twice is done once.</summary>
        public string? Key { get; set; }

        public string? Days { get; set; }

        public string? Reason { get; set; }

        /// <summary>To whom: <c>unit:code</c>, <c>organisation:id</c> or <c>organisation:id:user name</c>.</summary>
        public string? To { get; set; }

        /// <summary>Color of the card.</summary>
        public CardColor? Color { get; set; }

        /// <summary>When the reply to the card is due.</summary>
        public string? ReplyDueOn { get; set; }

        /// <summary>What the card asks for.</summary>
        public string? Note { get; set; }

        /// <summary>The command that the form makes.</summary>
        /// <exception cref="BadHttpRequestException">There is no such form.</exception>
        /// <exception cref="InvalidInput">The days cannot be read.</exception>
        public EscalationCommand ToCommand(Guid id)
        {
            var errors = new Dictionary<string, string[]>();
            var days = Act == "extend" ? PostedForm.Number(Days, "days", errors, Counted.Days) : null;
            if (errors.Count > 0)
                throw new InvalidInput(errors);
            var to = (To ?? "").Split(':', 3);
            return Act switch
            {
                "extend" => new GrantExtension(days, Reason) { EscalationId = id },
                "reassign" => new ReassignEscalation.Command(
                    to[0] == "unit" ? UnitCode.TryParse(to.ElementAtOrDefault(1)) : null,
                    to[0] == "organisation" && Guid.TryParse(to.ElementAtOrDefault(1), out var organisation) ? organisation : null,
                    to.ElementAtOrDefault(2), Reason)
                { EscalationId = id },
                "take-over" => new TakeOverEscalation(Reason) { EscalationId = id },
                "card" => new IssueCardOnEscalation(Color, DateOnly.TryParseExact(ReplyDueOn, "yyyy-MM-dd", out var on) ? on : null, Note) { EscalationId = id },
                "dismiss" => new DismissEscalation(Reason) { EscalationId = id },
                _ => throw new BadHttpRequestException("No such form."),
            };
        }
    }
}
