using System.Text.Json.Nodes;
using GridCases.Features.People;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>One user: roles past, present and to come, name and phone, and whether and how the user signs in.</summary>
public sealed class PersonModel : PersonPage
{
    /// <summary>The user, as stored.</summary>
    public UserView Person { get; private set; } = null!;

    /// <summary>Whether it is the administrator's own account.</summary>
    public bool IsSelf => string.Equals(Person.UserName, Caller.UserName, StringComparison.Ordinal);

    /// <summary>The role that was to be added, as typed.</summary>
    public RoleTyped NewRole { get; private set; } = new();

    /// <summary>Whether adding a role was refused.</summary>
    public bool Adding { get; private set; }

    /// <summary>Whether changing name or phone was refused.</summary>
    public bool Saving { get; private set; }

    /// <summary>Whether deactivating was refused.</summary>
    public bool Deactivating { get; private set; }

    /// <summary>What waits for the user in person, and who could take it; null where it is not asked.</summary>
    public GetHandOver.Result? Waiting { get; private set; }

    /// <summary>The role whose end was refused.</summary>
    public Guid? EndingRole { get; private set; }

    private string UserName => (string)RouteData.Values["userName"]!;

    public async Task OnGetAsync() => await ShowAsync();

    public Task<IActionResult> OnPostSaveAsync() => DoAsync("save", "Saved", async () =>
    {
        Saving = true;

        // An empty name is a mistake, an empty phone takes it away.
        await SendAsync(new ChangeUser.Command { UserName = UserName, DisplayName = Typed("displayName") ?? "", Phone = Typed("phone") ?? "" });
    });

    public Task<IActionResult> OnPostAddRoleAsync() => DoAsync("add-role", "RoleAdded", async () =>
    {
        Adding = true;
        NewRole = RoleTyped.Of(Request.Form, "");
        await ChooseAsync(NewRole.Organisation);
        var errors = new Dictionary<string, string[]>();
        var body = NewRole.ToJson(await UnitCodeOfAsync(NewRole.Unit, "unitCode", errors), Choices.Organisations);
        await SendAsync((AssignRole.Command)PostedForm.Message(typeof(AssignRole.Command), body, errors) with { UserName = UserName });
    });

    public Task<IActionResult> OnPostEndRoleAsync(Guid roleId) => DoAsync("end-role", "RoleEnded", async () =>
    {
        EndingRole = roleId;
        var command = (EndRole.Command)PostedForm.Message(typeof(EndRole.Command), new JsonObject { ["on"] = Typed("on") }, new Dictionary<string, string[]>());
        await SendAsync(command with { UserName = UserName, RoleId = roleId });
    });

    public async Task<IActionResult> OnPostResetAsync()
    {
        ModelState.Clear();
        UseKey(Request.Form["key"], "key", "reset");
        IReadOnlyList<ResetPasswords.Slip> slips = [];
        if (await TryAsync(async () => slips = await SendAsync(new ResetPasswords.Command([UserName]))))
            return PrintedSlips(slips, Address());
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostReactivateAsync()
    {
        ModelState.Clear();
        UseKey(Request.Form["key"], "key", "reactivate");
        CreateUser.Result? back = null;
        if (await TryAsync(async () => back = await SendAsync(new ReactivateUser.Command(UserName))))
            return PrintedSlips([ResetPasswords.Slip.Of(back!.User, back.TemporaryPassword)], Address());
        await ShowAsync();
        return Page();
    }

    public Task<IActionResult> OnPostUnlockAsync() => DoAsync("unlock", "Unlocked", () => SendAsync(new UnlockUser.Command(UserName)));

    public Task<IActionResult> OnPostSignOutAsync() => DoAsync("sign-out", "SignedOut", () => SendAsync(new SignOutUser.Command(UserName)));

    public Task<IActionResult> OnPostDeactivateAsync() => DoAsync("deactivate", "NowDeactivated", async () =>
    {
        Deactivating = true;
        await SendAsync(new DeactivateUser.Command { UserName = UserName, Reason = Typed("reason"), HandOverTo = Typed("handOverTo") });
    });

    /// <summary>What was typed.</summary>
    public string? Typed(string name) => Request.HasFormContentType ? Request.Form.Typed(name) : null;

    /// <summary>The page's address, or that of one of its forms.</summary>
    public string Address(string? handler = null) => Link($"/admin/users/{Uri.EscapeDataString(UserName)}", new Dictionary<string, string?> { ["handler"] = handler });

    private async Task<IActionResult> DoAsync(string form, string done, Func<Task> work)
    {
        ModelState.Clear();
        UseKey(Request.Form["key"], "key", form);
        if (await TryAsync(work))
        {
            TempData["Notice"] = Localized.People(done);
            return Redirect(Address());
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        Person = await SendAsync(new GetUser.Query(UserName));
        if (Choices is null)
            await ChooseAsync();

        // Whoever only stands in for somebody has nothing to hand over.
        if (Person is { DeactivatedAt: null, ServesElsewhere: false } && !IsSelf && Person.Roles.Any(r => r.DeputyFor is null))
            Waiting = await SendAsync(new GetHandOver.Query(UserName));
    }
}
