using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Subsidies;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>What a mediated case is worth, by form and category, from a day on.</summary>
public sealed class AdminSubsidiesModel : AdminPage
{
    /// <summary>All rates, those that begin last first.</summary>
    public IReadOnlyList<SubsidyRate> Rates { get; private set; } = [];

    [BindProperty]
    public string? Form { get; set; }

    [BindProperty]
    public string? Category { get; set; }

    /// <summary>First day as typed.</summary>
    [BindProperty]
    public string? EffectiveFrom { get; set; }

    /// <summary>Yuan as typed.</summary>
    [BindProperty]
    public string? Amount { get; set; }

    public async Task OnGetAsync() => Rates = await SendAsync(new ListSubsidyRates.Query());

    /// <summary>Sets a rate.</summary>
    /// <param name="key">The form's key: sent twice it is set once.</param>
    public async Task<IActionResult> OnPostAsync(string? key)
    {
        ModelState.Clear();
        UseKey(key, "key");
        if (await TryAsync(async () => await SendAsync(Command())))
        {
            TempData["Notice"] = Localized.Board("RateSet");
            return Redirect("/admin/subsidies");
        }

        Rates = await SendAsync(new ListSubsidyRates.Query());
        return Page();
    }

    private SetSubsidyRate.Command Command()
    {
        var errors = new Dictionary<string, string[]>();
        DateOnly? from = null;
        if (!string.IsNullOrWhiteSpace(EffectiveFrom))
        {
            if (DateOnly.TryParseExact(EffectiveFrom.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                from = day;
            else
                errors["effectiveFrom"] = [Text.Field("NotADay")];
        }

        var amount = PostedForm.Yuan(Amount, "amount", errors);
        return errors.Count > 0 ? throw new InvalidInput(errors) : new(from, null, Word<AgreementForm>(Form), Word<Category>(Category), amount);
    }

    private static TWord? Word<TWord>(string? text)
        where TWord : struct, Enum => Enum.TryParse<TWord>(text, out var word) && Enum.IsDefined(word) ? word : null;
}
