using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Features.Work;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>What the user was told, the newest first.</summary>
public sealed class NotificationsModel : AppPage
{
    /// <summary>Only what is not read.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Unread { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<ListNotifications.Row> List { get; private set; } = null!;

    /// <summary>The list by day: today, yesterday, earlier.</summary>
    public IEnumerable<IGrouping<string, ListNotifications.Row>> Days => List.Items.GroupBy(n => (Today.DayNumber - LocalTime.Day(n.CreatedAt).DayNumber) switch
    {
        <= 0 => Localized.Board("Today"),
        1 => Localized.Board("Yesterday"),
        _ => Localized.Board("Earlier"),
    });

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        var query = new ListNotifications.Query { Unread = Unread, Cursor = Cursor, Limit = 30 };
        try
        {
            List = await SendAsync(query);
        }
        catch (InvalidInput)
        {
            List = await SendAsync(query with { Cursor = null });
        }
    }

    /// <summary>Opens what a notification is about: a case, a supervisor's queue, or what was handed over; with that it is read.</summary>
    public async Task<IActionResult> OnGetOpenAsync(Guid id, Guid? caseId, bool queue)
    {
        await SendAsync(new MarkNotificationsRead.Command([id]));
        return LocalRedirect(caseId is { } about ? $"~/cases/{about}" : queue ? "~/escalations" : "~/bench");
    }

    /// <summary>The numbers of the navigation, which every page asks for again and again: nothing is sent while they are the same.</summary>
    public async Task<IActionResult> OnGetCountsAsync()
    {
        var navigation = Navigation.Of(Caller, await SendAsync(new GetFrame.Query()), Now);
        var counts = navigation.Items.Where(item => item.Href != "/cases/new").ToDictionary(item => item.Href, item => item.Count);
        var tag = $"\"{string.Join('-', counts.Values)}\"";
        Response.Headers.CacheControl = "no-store";
        Response.Headers.ETag = tag;
        return Request.Headers.IfNoneMatch.Contains(tag) ? StatusCode(StatusCodes.Status304NotModified) : new JsonResult(counts);
    }

    public async Task<IActionResult> OnPostReadAllAsync()
    {
        var result = await SendAsync(new MarkNotificationsRead.Command());
        TempData["Notice"] = Localized.Board("MarkedRead", result.Marked);
        return LocalRedirect("~/notifications");
    }

    public string Address(bool unread, string? cursor = null) => Link("/notifications", new Dictionary<string, string?> { ["unread"] = unread ? "true" : null, ["cursor"] = cursor });

    /// <summary>Its icon in the sprite.</summary>
    public static string Icon(NoticeKind kind) => kind switch
    {
        NoticeKind.CaseArrived => "inbox",
        NoticeKind.CaseReturned => "arrow-left",
        NoticeKind.Escalated or NoticeKind.Orphaned => "urgent",
        NoticeKind.ExtensionDecided or NoticeKind.ExtensionRequested or NoticeKind.DueDateMoved => "hourglass",
        NoticeKind.CardIssued or NoticeKind.ShamReported => "flag",
        NoticeKind.RiskProposed => "shield-check",
        NoticeKind.CasesHandedOver => "users",
        NoticeKind.UnitMerged => "building",
        NoticeKind.ClockInDoubt => "alert-triangle",
        NoticeKind.JobFailed => "alert-triangle",
        NoticeKind.BackupFailed => "alert-triangle",
        NoticeKind.DailyDigest => "calendar-event",
    };
}
