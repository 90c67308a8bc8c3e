using GridCases.Domain;
using GridCases.Features.Users;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>The administrator's users with their roles, where and from when until when.</summary>
public sealed class UsersModel : AdminPage
{
    /// <summary>Part of a name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only who holds or held this role.</summary>
    [BindProperty(SupportsGet = true)]
    public Role? Role { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The users, by user name.</summary>
    public ListUsers.Result List { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        Q = Q is { Length: > 100 } ? Q[..100] : Q;
        List = await SendAsync(new ListUsers.Query { Text = Q, Role = Role, After = After is { Length: > 100 } ? null : After, Limit = 50 });
    }

    /// <summary>The next page's address.</summary>
    public string Address(string after) => Link("/admin/users", new Dictionary<string, string?> { ["q"] = Q, ["role"] = Role?.ToString(), ["after"] = after });
}
