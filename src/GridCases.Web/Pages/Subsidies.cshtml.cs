using System.Globalization;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Subsidies;
using GridCases.Features.Units;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>以案定补, case by case: what was granted, what was paid. For supervisors, who record payments, and the city's administrator.</summary>
public sealed class SubsidiesModel : AppPage
{
    /// <summary>Only this unit and those below.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>First day, yyyy-MM-dd.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>Last day, yyyy-MM-dd.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>true, false or nothing.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Paid { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>What was found; null when the question could not be read.</summary>
    public ListSubsidies.Result? List { get; private set; }

    /// <summary>Units to filter by.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    /// <summary>Whether the numbers lead to the cases.</summary>
    public bool SeesCases => Caller.Has(Role.Supervisor, Role.Auditor);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Caller.MaySend<ListSubsidies.Query>())
            return StatusCode(StatusCodes.Status403Forbidden);

        await LoadAsync();
        return Page();
    }

    /// <summary>The list as a file that spreadsheets open.</summary>
    public async Task<IActionResult> OnGetCsvAsync()
    {
        if (!Caller.MaySend<ListSubsidies.Query>())
            return StatusCode(StatusCodes.Status403Forbidden);

        IReadOnlyList<SubsidyRow> rows = [];
        if (await TryAsync(async () => rows = await SendAsync(new ExportSubsidies.Query { Unit = UnitCode.TryParse(Unit), From = Day(From, "from"), To = Day(To, "to"), Paid = IsPaid })))
            return File(Csv(rows), "text/csv; charset=utf-8", $"subsidies-{Today:yyyyMMdd}.csv");

        await LoadAsync();
        return Page();
    }

    /// <summary>Records a payment.</summary>
    /// <param name="caseId">The case.</param>
    public async Task<IActionResult> OnPostPayAsync(Guid caseId)
    {
        ModelState.Clear();
        SubsidyRow? paid = null;
        if (await TryAsync(async () => paid = await SendAsync(new PaySubsidy.Command { CaseId = caseId })))
        {
            TempData["Notice"] = Localized.Board("PaidNotice", paid!.Number, Localized.Yuan(paid.Amount));
            return Redirect(Address(Cursor));
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>The address of a page of the same list.</summary>
    public string Address(string? cursor, string? handler = null) => Link("/subsidies", new Dictionary<string, string?>
    {
        ["handler"] = handler,
        ["unit"] = Unit,
        ["from"] = From,
        ["to"] = To,
        ["paid"] = Paid,
        ["cursor"] = cursor,
    });

    private bool? IsPaid => bool.TryParse(Paid, out var paid) ? paid : null;

    private async Task LoadAsync()
    {
        var problem = Problem;
        foreach (var level in new[] { UnitLevel.City, UnitLevel.District, UnitLevel.Township, UnitLevel.Village })
            Units = [.. Units, .. await UnitsAsync(new ListUnits.Query { Level = level })];
        Units = [.. Units.OrderBy(u => u.Code)];
        await TryAsync(async () => List = await SendAsync(new ListSubsidies.Query
        {
            Unit = UnitCode.TryParse(Unit),
            From = Day(From, "from"),
            To = Day(To, "to"),
            Paid = IsPaid,
            Cursor = Cursor,
        }));
        Problem ??= problem;
    }

    private static DateOnly? Day(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null
        : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InvalidInput(field, Text.Field("NotADay"));

    private static byte[] Csv(IReadOnlyList<SubsidyRow> rows) => TableFile.Csv(new TableSheet(
        Localized.Page("NavSubsidies"),
        [Localized.Board("CaseNumber"), Localized.Page("Category"), Localized.Board("AgreementForm"), Localized.Board("MediatedBy"), Localized.Board("Organisation"), Localized.Board("SubsidyAmount"), Localized.Board("GrantedOn"), Localized.Board("PaidOnDay")],
        rows.Select(s => new[]
        {
            s.Number, Localized.Word(s.Category), Localized.Word(s.Form), s.MediatorName ?? s.Mediator, s.OrganisationName, s.Amount.ToString("0.00", CultureInfo.InvariantCulture),
            $"{LocalTime.Day(s.GrantedAt):yyyy-MM-dd}", s.PaidAt is { } paid ? $"{LocalTime.Day(paid):yyyy-MM-dd}" : "",
        })));
}
