using System.Globalization;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.People;
using GridCases.Features.Units;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>The administrator's users with their roles; those that are ticked get a temporary password each, on slips to be printed.</summary>
public sealed class UsersModel : AdminPage
{
    /// <summary>Part of a name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only who holds or held a role in this unit or below: its code, or its name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Only who holds or held this role.</summary>
    [BindProperty(SupportsGet = true)]
    public Role? Role { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>How many a page shows: few, or as many as can be ticked at once.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Size { get; set; }

    /// <summary>Makes sure that a form sent twice is done once.</summary>
    public string Key => field ??= Guid.CreateVersion7(Now).ToString();

    /// <summary>The users, by user name.</summary>
    public Page<UserView> List { get; private set; } = new([], null);

    /// <summary>Who was ticked when the form was refused.</summary>
    public IReadOnlyCollection<string> Chosen { get; private set; } = [];

    /// <summary>Units offered while one types.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    /// <summary>Where a user is added, in the unit that is looked at.</summary>
    public string NewAddress => Link("/admin/new-user", new Dictionary<string, string?> { ["unit"] = Unit });

    /// <summary>The same list with as many on a page as can be ticked at once.</summary>
    public string LongAddress => $"{Address(null)}{(Address(null).Contains('?', StringComparison.Ordinal) ? '&' : '?')}size={ResetPasswords.Most}";

    public Task OnGetAsync() => ShowAsync();

    /// <summary>Resets the passwords of those who are ticked.</summary>
    public async Task<IActionResult> OnPostSlipsAsync(string? key)
    {
        ModelState.Clear();
        Chosen = [.. Request.Form["userNames"].OfType<string>()];
        IReadOnlyList<ResetPasswords.Slip> slips = [];
        UseKey(key, "key", "slips");
        if (await TryAsync(async () => slips = await SendAsync(new ResetPasswords.Command([.. Chosen]))))
            return PrintedSlips(slips, Address(Cursor));
        await ShowAsync();
        return Page();
    }

    /// <summary>Whether the user's password is the caller's to reset.</summary>
    public bool MayReset(UserView user) => !user.ServesElsewhere && user.DeactivatedAt is null && user.UserName != Caller.UserName;

    /// <summary>A page's address.</summary>
    public string Address(string? cursor, string? handler = null) => Link("/admin/users", new Dictionary<string, string?>
    {
        ["handler"] = handler,
        ["q"] = Q,
        ["unit"] = Unit,
        ["role"] = Role?.ToString(),
        ["size"] = Size?.ToString(CultureInfo.InvariantCulture),
        ["cursor"] = cursor ?? (handler is null ? null : Cursor),
    });

    public string PersonAddress(string userName) => $"/admin/users/{Uri.EscapeDataString(userName)}";

    private async Task ShowAsync()
    {
        var errors = ModelState.ErrorCount > 0;
        if (!errors)
            ModelState.Clear();
        Q = Q is { Length: > 100 } ? Q[..100] : Q;
        Role = Role is { } role && Enum.IsDefined(role) ? role : null;
        Size = Size == ResetPasswords.Most ? Size : null;
        Units = await OfferedUnitsAsync();
        var wrong = new Dictionary<string, string[]>();
        var unit = await UnitCodeOfAsync(Unit is { Length: > 100 } ? Unit[..100] : Unit, "unit", wrong);
        if (wrong.Count > 0 && !errors)
            await TryAsync(() => throw new InvalidInput(wrong));
        if (wrong.Count > 0)
            return;
        try
        {
            List = await SendAsync(new ListUsers.Query { Q = Q, Unit = UnitCode.TryParse(unit), Role = Role, Cursor = Cursor, Limit = Size ?? 50 });
        }
        catch (Exception e) when (e is GridCases.Pipeline.NotFound or InvalidInput)
        {
            // A unit of somebody else's, or a cursor that is none: there is nobody.
        }
    }
}
