using GridCases.Domain;
using GridCases.Features.Deadlines;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>A new version of a rule, or a new rule: typed, looked at beforehand, saved.</summary>
public sealed class PolicyEditModel : AdminPage
{
    /// <summary>The version that is changed; none for a new rule.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    /// <summary>Makes sure that a form sent twice is done once.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The version that is changed; null for a new rule.</summary>
    public DeadlinePolicy? Former { get; private set; }

    /// <summary>What the rule would do; null until it is asked.</summary>
    public RulePreview.Effect? Effect { get; private set; }

    /// <summary>Whether what is measured has a due date of its own.</summary>
    public bool IsDated => Former is { Limit: null };

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    /// <summary>Shows which deadlines the rule would change, without saving it.</summary>
    public Task<IActionResult> OnPostPreviewAsync() => ShowAsync(async () =>
    {
        Effect = await SendAsync(RuleForm.Policy<PreviewPolicy.Query>(Request.Form, Former));
        return false;
    });

    public Task<IActionResult> OnPostSaveAsync() => ShowAsync(async () =>
    {
        UseKey(Request.Form["key"], "key", "save");
        var saved = await SendAsync(RuleForm.Policy<SavePolicy.Command>(Request.Form, Former));
        TempData["Notice"] = Localized.Board("RuleSaved", Localized.Word(saved.Policy.Stage), saved.Policy.Version, Localized.Day(saved.Policy.EffectiveFrom, Today));
        return true;
    });

    /// <summary>The value of an input: as typed, or as the former version has it.</summary>
    public string? Value(string name) => Request.HasFormContentType ? Request.Form.Typed(name) : RuleForm.Filled(Former, Today).GetValueOrDefault(name);

    /// <summary>The choices of a word.</summary>
    public static IEnumerable<(string Value, string Word)> Words<TWord>()
        where TWord : struct, Enum => Enum.GetValues<TWord>().Select(w => (w.ToString(), Localized.Word(w)));

    private async Task<IActionResult> ShowAsync(Func<Task<bool>>? work = null)
    {
        if (!MaySave)
            return StatusCode(StatusCodes.Status403Forbidden);

        ModelState.Clear();
        Former = Id is { } id ? (await SendAsync(new ListPolicies.Query())).FirstOrDefault(p => p.Id == id) : null;
        if (Id is not null && Former is null)
            return NotFound();

        var saved = false;
        if (work is not null && await TryAsync(async () => saved = await work(), InputOf) && saved)
            return Redirect("/admin/policies");
        Key = Request.HasFormContentType ? Request.Form["key"].ToString() : Guid.CreateVersion7(Now).ToString();
        return Page();
    }

    /// <summary>An error about a length, or about the ladder as a whole, is shown at its first input.</summary>
    private static string InputOf(string field) => field switch
    {
        "limit" or "limit.unit" => "limit.amount",
        "warningLead" or "warningLead.unit" => "warningLead.amount",
        "laterLevels" => "laterLevels[0].amount",
        _ => field,
    };
}
