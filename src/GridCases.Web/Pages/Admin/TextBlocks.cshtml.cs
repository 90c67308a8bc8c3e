using GridCases.Domain;
using GridCases.Features.TextBlocks;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>常用语: the text blocks of a unit, and those it has from above.</summary>
public sealed class TextBlocksModel : AdminPage
{
    /// <summary>The unit's code.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>Which block a posted form is about; null for a new one.</summary>
    [BindProperty]
    public Guid? Block { get; set; }

    [BindProperty]
    public TextBlockKind? Kind { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Body { get; set; }

    public IReadOnlyList<ListTextBlocks.Block> Blocks { get; private set; } = [];

    /// <summary>The unit's own.</summary>
    public IEnumerable<ListTextBlocks.Block> Own => Blocks.Where(b => b.UnitCode == Unit);

    /// <summary>Those of the units above.</summary>
    public IEnumerable<ListTextBlocks.Block> FromAbove => Blocks.Where(b => b.UnitCode != Unit);

    /// <summary>Whether a form was sent and refused, and it was this one.</summary>
    public bool IsRefused(Guid? block) => Problem is not null && Block == block;

    private UnitCode Unit => UnitCode.TryParse(Code) ?? throw new NotFound("unit");

    public Task OnGetAsync()
    {
        ModelState.Clear();
        return LoadAsync();
    }

    /// <summary>Adds or changes one.</summary>
    public Task<IActionResult> OnPostSaveAsync(string? key) => DoAsync("BlockSaved", async () =>
    {
        UseKey(key, "key", $"save-{Block:N}");
        await SendAsync(new SaveTextBlock.Command { Unit = Unit, BlockId = Block, Kind = Kind, Title = Title, Body = Body });
    });

    /// <summary>Removes one; one that is gone already is gone.</summary>
    public Task<IActionResult> OnPostRemoveAsync() => DoAsync("BlockRemoved", () => SendAsync(new RemoveTextBlock.Command(Unit, Block ?? Guid.Empty)));

    private async Task<IActionResult> DoAsync(string done, Func<Task> work)
    {
        ModelState.Clear();
        if (await TryAsync(work))
        {
            TempData["Notice"] = Localized.Unit(done);
            return LocalRedirect($"~/admin/units/{Unit}/texts");
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync() => Blocks = await SendAsync(new ListTextBlocks.Query(Unit));
}
