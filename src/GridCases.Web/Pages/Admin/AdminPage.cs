using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Features.People;
using GridCases.Features.Units;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GridCases.Web.Pages.Admin;

/// <summary>A page for administrators; everybody else gets a 403.</summary>
public abstract class AdminPage : AppPage
{
    /// <summary>Whether the rules, which hold for a whole city, are the caller's to change.</summary>
    public bool MaySave => Caller.MaySend<SavePolicy.Command>();

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Caller.Has(Role.Administrator))
            return base.OnPageHandlerExecutionAsync(context, next);

        context.Result = StatusCode(StatusCodes.Status403Forbidden);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Units to be offered while one types: of those that the caller administers, from the top as many levels as a list can hold. Others are typed by their code or name.
    /// </summary>
    protected async Task<IReadOnlyList<ListUnits.Found>> OfferedUnitsAsync()
    {
        const int few = 200;
        var offered = new List<ListUnits.Found>();
        foreach (var level in Enum.GetValues<UnitLevel>())
        {
            var all = await SendAsync(new ListUnits.Query { Level = level, Limit = few });
            if (all.Next is not null || offered.Count + all.Items.Count > few)
                break;
            offered.AddRange(all.Items.Where(u => Administers(u.Code)));
        }

        return [.. offered.OrderBy(u => u.Code)];
    }

    /// <summary>The code of a unit that was typed as its code or its name; null when nothing was typed.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="field">The input it was typed in.</param>
    /// <param name="errors">Where it is written when there is no such unit, or several.</param>
    protected async Task<string?> UnitCodeOfAsync(string? typed, string field, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(typed) || UnitCode.IsValid(typed.Trim()))
            return string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

        const int shown = 5;
        var text = typed.Trim();
        var found = text.Length > 100 ? [] : (await SendAsync(new ListUnits.Query { Text = text, Limit = 50 })).Items.Where(u => Administers(u.Code)).ToList();
        var named = found.Where(u => u.Name == text).ToList();
        if ((named.Count > 0 ? named : found) is [var only])
            return only.Code.Value;
        errors[field] =
        [
            found.Count == 0 ? Text.Field("UnitNotYours") : Localized.People("SeveralUnits", string.Join(Localized.Page("ListComma"), found.Take(shown).Select(u => $"{u.Name} {u.Code}"))),
        ];
        return null;
    }

    /// <summary>The answer that shows temporary passwords, on slips to be printed: they stand in no address, and nothing keeps the page.</summary>
    protected IActionResult PrintedSlips(IReadOnlyList<ResetPasswords.Slip> slips, string back)
    {
        Response.Headers.CacheControl = "no-store";
        TakenForm.Mark(HttpContext);
        return Partial("/Pages/Admin/_Slips.cshtml", new SlipSheets(slips, $"{Request.Scheme}://{Request.Host}/sign-in", back));
    }

    private bool Administers(UnitCode unit) => Caller.UnitsOf(Role.Administrator).Any(top => top.Contains(unit));
}

/// <summary>Slips to be printed.</summary>
/// <param name="Slips">One for each user.</param>
/// <param name="Address">Where to sign in.</param>
/// <param name="Back">The page to go on with.</param>
public sealed record SlipSheets(IReadOnlyList<ResetPasswords.Slip> Slips, string Address, string Back)
{
    /// <summary>How many fit on a sheet of A4: two beside each other, ten below.</summary>
    public const int PerSheet = 20;
}
