using GridCases.Domain;
using GridCases.Features.Clocks;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>The server's clock. Where it cannot be believed deadlines stand still, and an administrator of the city says whether it is right.</summary>
public sealed class ClockModel : AdminPage
{
    /// <summary>How it stands.</summary>
    public GetServerClock.Result Clock { get; private set; } = null!;

    /// <summary>Whether it is the caller's to confirm.</summary>
    public bool MayConfirm => Caller.MaySend<ConfirmServerClock.Command>();

    public async Task OnGetAsync() => Clock = await SendAsync(new GetServerClock.Query());

    /// <summary>Confirms it.</summary>
    /// <param name="now">What it said when the form was shown.</param>
    public async Task<IActionResult> OnPostAsync(DateTimeOffset? now)
    {
        ModelState.Clear();
        if (await TryAsync(async () => await SendAsync(new ConfirmServerClock.Command(now))))
        {
            TempData["Notice"] = Localized.Clock("Confirmed");
            return Redirect("/admin/clock");
        }

        Clock = await SendAsync(new GetServerClock.Query());
        return Page();
    }

    /// <summary>An instant with its year and its seconds, in Asia/Shanghai.</summary>
    public static string Instant(DateTimeOffset? instant) =>
        instant is { } at ? $"{at.ToOffset(LocalTime.Offset):yyyy-MM-dd HH:mm:ss}" : Localized.Clock("NotYet");
}
