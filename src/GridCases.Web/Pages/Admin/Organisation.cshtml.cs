using System.Text.Json.Nodes;
using GridCases.Features.Organisations;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>One mediation organisation: who mediates there, how it is called, and its end.</summary>
public sealed class OrganisationModel : AdminPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The organisation, as stored.</summary>
    public ListOrganisations.Organisation Organisation { get; private set; } = null!;

    /// <summary>Makes sure that a form sent twice is done once.</summary>
    public string Key => field ??= Guid.CreateVersion7(Now).ToString();

    public async Task OnGetAsync() => Organisation = await SendAsync(new GetOrganisation.Query(Id));

    public Task<IActionResult> OnPostRenameAsync() => ChangeAsync("rename", "OrganisationRenamed", "name");

    public Task<IActionResult> OnPostCloseAsync() => ChangeAsync("close", "OrganisationClosed", "closedOn");

    /// <summary>What was typed.</summary>
    public string? Typed(string name) => Request.HasFormContentType ? Request.Form.Typed(name) : null;

    private async Task<IActionResult> ChangeAsync(string form, string done, string field)
    {
        ModelState.Clear();
        if (await TryAsync(async () =>
            {
                var value = Typed(field) ?? throw new InvalidInput(field, Localized.People("PleaseFillIn"));
                var command = (ChangeOrganisation.Command)PostedForm.Message(typeof(ChangeOrganisation.Command), new JsonObject { [field] = value }, new Dictionary<string, string[]>());
                UseKey(Request.Form["key"], "key", form);
                await SendAsync(command with { OrganisationId = Id });
            }))
        {
            TempData["Notice"] = Localized.People(done);
            return Redirect($"/admin/organisations/{Id}");
        }

        Organisation = await SendAsync(new GetOrganisation.Query(Id));
        return Page();
    }
}
