using System.Text.Json.Nodes;
using GridCases.Features.People;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>A new user with one or several roles; the answer is the slip with the temporary password.</summary>
public sealed class NewUserModel : PersonPage
{
    /// <summary>The roles as typed; there is a row for one at least.</summary>
    public IReadOnlyList<RoleTyped> Roles { get; private set; } = [];

    /// <summary>Starts with the unit, or the organisation whose mediator it shall be, where the page was come from.</summary>
    public async Task OnGetAsync(string? unit, string? organisation)
    {
        ModelState.Clear();
        await ChooseAsync(organisation);
        var chosen = Choices.Organisations.FirstOrDefault(o => o.Id.ToString() == organisation);
        Roles = [chosen is null ? new RoleTyped(Unit: unit is { Length: > 100 } ? null : unit) : new RoleTyped(nameof(Domain.Role.Mediator), Organisation: organisation)];
    }

    public async Task<IActionResult> OnPostAsync(string? addRole, int? removeRole)
    {
        ModelState.Clear();
        var rows = Request.Form.Rows("roles");
        Roles = [.. rows.Select(i => RoleTyped.Of(Request.Form, $"roles[{i}]."))];
        await ChooseAsync(Roles.FirstOrDefault(r => r.Organisation is not null)?.Organisation);
        if (addRole is not null || removeRole is not null)
        {
            Roles = removeRole is { } gone ? [.. Roles.Where((_, i) => i != gone)] : [.. Roles, new RoleTyped()];
            return Page();
        }

        CreateUser.Result? created = null;
        if (await TryAsync(async () =>
            {
                var command = await CommandAsync();
                UseKey(Request.Form["key"], "key");
                created = await SendAsync(command);
            }))
        {
            return PrintedSlips([ResetPasswords.Slip.Of(created!.User, created.TemporaryPassword)], $"/admin/users/{Uri.EscapeDataString(created.User.UserName)}");
        }

        if (Roles.Count == 0)
            Roles = [new RoleTyped()];
        return Page();
    }

    /// <summary>What was typed.</summary>
    public string? Typed(string name) => Request.HasFormContentType ? Request.Form.Typed(name) : null;

    private async Task<CreateUser.Command> CommandAsync()
    {
        var errors = new Dictionary<string, string[]>();
        var roles = new JsonArray();
        Roles = [.. Roles.Where((role, i) => i == 0 || !role.IsEmpty)];
        for (var i = 0; i < Roles.Count; i++)
            roles.Add(Roles[i].ToJson(await UnitCodeOfAsync(Roles[i].Unit, $"roles[{i}].unitCode", errors), Choices.Organisations));
        var body = new JsonObject { ["userName"] = Typed("userName"), ["displayName"] = Typed("displayName"), ["phone"] = Typed("phone"), ["roles"] = roles };
        return (CreateUser.Command)PostedForm.Message(typeof(CreateUser.Command), body, errors);
    }
}
