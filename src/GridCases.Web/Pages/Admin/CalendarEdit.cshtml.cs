using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>A year of the working calendar: typed from the State Council's notice, looked at beforehand, loaded; or corrected.</summary>
public sealed class CalendarEditModel : AdminPage
{
    private const int FewestRests = 8, FewestWorkdays = 8, Spare = 2, LongestNotice = 20_000;

    /// <summary>Which year; the first that is not loaded.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>Makes sure that a form sent twice is done once.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The values of the inputs.</summary>
    public RuleForm.CalendarTyped Typed { get; private set; } = null!;

    /// <summary>What the year would do; null until it is asked.</summary>
    public RulePreview.Effect? Effect { get; private set; }

    /// <summary>The year as typed, drawn; null until it is asked.</summary>
    public DrawnYear? Drawn { get; private set; }

    /// <summary>The notice's text as it was pasted.</summary>
    public string? Pasted { get; private set; }

    /// <summary>What was understood of it; null until it is read.</summary>
    public HolidayNotice? Read { get; private set; }

    /// <summary>Rows for holidays, some of them empty.</summary>
    public int Rests => Math.Max(FewestRests, Typed.RestDays.Count + Spare);

    /// <summary>Inputs for make-up workdays, some of them empty.</summary>
    public int Workdays => Math.Max(FewestWorkdays, Typed.MakeUpWorkdays.Count + Spare);

    /// <summary>Shows the form: what is loaded, or an empty one.</summary>
    public Task<IActionResult> OnGetAsync() => ShowAsync();

    /// <summary>Shows which deadlines the year would change, without saving it.</summary>
    public Task<IActionResult> OnPostPreviewAsync() => ShowAsync(async () =>
    {
        var query = Typed.To<PreviewCalendar.Query>();
        Effect = await SendAsync(query);
        Drawn = new DrawnYear(new GetCalendar.Notice(query.Year!.Value, query.Source!, [.. query.RestDays!.Select(r => new GetCalendar.Range(r.From!.Value, r.To ?? r.From.Value))], query.MakeUpWorkdays ?? []), Today);
        return false;
    });

    /// <summary>Fills the form from the notice's text, and shows what was understood; nothing is saved.</summary>
    public Task<IActionResult> OnPostReadAsync() => ShowAsync(() =>
    {
        Pasted = Request.Form.Typed("notice") ?? throw new InvalidInput("notice", Localized.Board("PasteNeeded"));
        var read = HolidayNotice.Read(Pasted.Length > LongestNotice ? Pasted[..LongestNotice] : Pasted, int.TryParse(Typed.Year, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and <= 2199 ? year : null);
        if (read.Year is not { } known)
            throw new InvalidInput("year", Localized.Board("PasteYear"));
        if (read.Holidays.Count == 0)
            throw new InvalidInput("notice", Localized.Board("PasteNothing"));
        Read = read;
        Typed = new(known.ToString(CultureInfo.InvariantCulture), read.Source ?? Typed.Source, [.. read.Holidays.Select(h => ((string?)$"{h.From:yyyy-MM-dd}", (string?)$"{h.To:yyyy-MM-dd}"))], [.. read.MakeUpWorkdays.Select(d => $"{d:yyyy-MM-dd}")]);
        return Task.FromResult(false);
    });

    public Task<IActionResult> OnPostSaveAsync() => ShowAsync(async () =>
    {
        UseKey(Request.Form["key"], "key", "save");
        Year = (await SendAsync(Typed.To<SaveCalendarYear.Command>())).Year;
        TempData["Notice"] = Localized.Board("CalendarSaved", Year);
        return true;
    });

    private async Task<IActionResult> ShowAsync(Func<Task<bool>>? work = null)
    {
        if (!MaySave)
            return StatusCode(StatusCodes.Status403Forbidden);

        ModelState.Clear();
        if (Request.HasFormContentType)
        {
            Typed = RuleForm.CalendarTyped.Of(Request.Form);
            Key = Request.Form["key"].ToString();
            Pasted = Request.Form.Typed("notice");
        }
        else
        {
            var years = await SendAsync(new GetCalendar.Query());
            Year ??= years.Count > 0 ? years[0].Year + 1 : Today.Year;
            Typed = years.FirstOrDefault(y => y.Year == Year) is { } loaded ? RuleForm.CalendarTyped.Of(loaded) : new(Year?.ToString(CultureInfo.InvariantCulture), null, [], []);
            Key = Guid.CreateVersion7(Now).ToString();
        }

        var saved = false;
        if (work is not null && await TryAsync(async () => saved = await work(), field => field is "restDays" or "makeUpWorkdays" ? $"{field}[0]" + (field is "restDays" ? ".from" : "") : field) && saved)
            return Redirect($"/admin/calendar?year={Year}");
        return Page();
    }
}
