using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Organisations;
using GridCases.Features.Units;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>The administrator's mediation organisations, and a form for another one.</summary>
public sealed class OrganisationsModel : AdminPage
{
    /// <summary>Part of a name.</summary>
    [FromQuery(Name = "q")]
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only of this unit and below: its code, or its name.</summary>
    [FromQuery(Name = "unit")]
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Only of this track.</summary>
    [FromQuery(Name = "track")]
    [BindProperty(SupportsGet = true)]
    public MediationTrack? Track { get; set; }

    /// <summary>Only of this kind.</summary>
    [FromQuery(Name = "kind")]
    [BindProperty(SupportsGet = true)]
    public OrganisationKind? Kind { get; set; }

    /// <summary>Whether those come too that are closed.</summary>
    [FromQuery(Name = "closed")]
    [BindProperty(SupportsGet = true)]
    public bool Closed { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [FromQuery(Name = "cursor")]
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>Makes sure that a form sent twice is done once.</summary>
    public string Key => field ??= Guid.CreateVersion7(Now).ToString();

    /// <summary>The organisations, by unit.</summary>
    public Page<SearchOrganisations.Row> List { get; private set; } = new([], null);

    /// <summary>Units offered while one types.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    public Task OnGetAsync() => ShowAsync();

    /// <summary>Adds an organisation.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Clear();
        ListOrganisations.Organisation? created = null;
        if (await TryAsync(async () =>
            {
                var errors = new Dictionary<string, string[]>();
                var body = new JsonObject { ["name"] = Typed("name"), ["kind"] = Typed("kind"), ["track"] = Typed("track"), ["unitCode"] = await UnitCodeOfAsync(Typed("unitCode"), "unitCode", errors) };
                var command = (CreateOrganisation.Command)PostedForm.Message(typeof(CreateOrganisation.Command), body, errors);
                UseKey(Request.Form["key"], "key");
                created = await SendAsync(command);
            }))
        {
            TempData["Notice"] = Localized.People("OrganisationAdded");
            return Redirect($"/admin/organisations/{created!.Id}");
        }

        await ShowAsync();
        return Page();
    }

    /// <summary>What was typed.</summary>
    public string? Typed(string name) => Request.HasFormContentType ? Request.Form.Typed(name) : null;

    public string Address(string cursor) => Link("/admin/organisations", new Dictionary<string, string?>
    {
        ["q"] = Q,
        ["unit"] = Unit,
        ["track"] = Track?.ToString(),
        ["kind"] = Kind?.ToString(),
        ["closed"] = Closed ? "true" : null,
        ["cursor"] = cursor,
    });

    private async Task ShowAsync()
    {
        if (Problem is null)
            ModelState.Clear();
        Q = Q is { Length: > 100 } ? Q[..100] : Q;
        Track = Track is { } track && Enum.IsDefined(track) ? track : null;
        Kind = Kind is { } kind && Enum.IsDefined(kind) ? kind : null;
        Units = await OfferedUnitsAsync();
        var wrong = new Dictionary<string, string[]>();
        var unit = await UnitCodeOfAsync(Unit is { Length: > 100 } ? Unit[..100] : Unit, "unit", wrong);
        if (wrong.Count > 0)
            return;
        try
        {
            List = await SendAsync(new SearchOrganisations.Query { Q = Q, Unit = UnitCode.TryParse(unit), Track = Track, Kind = Kind, Closed = Closed, Cursor = Cursor });
        }
        catch (Exception e) when (e is GridCases.Pipeline.NotFound or InvalidInput)
        {
            // A unit of somebody else's, or a cursor that is none: there is nothing.
        }
    }
}
