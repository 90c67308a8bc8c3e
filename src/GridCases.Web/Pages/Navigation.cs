using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Work;
using GridCases.Pipeline;

namespace GridCases.Web.Pages;

/// <summary>One entry of the navigation.</summary>
/// <param name="Href">Address.</param>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="Label">Its text.</param>
/// <param name="Count">How many things wait there; zero is not shown.</param>
public sealed record NavItem(string Href, string Icon, string Label, int Count = 0);

/// <summary>Header and navigation: what the user's roles need, nothing else.</summary>
public sealed record Navigation
{
    /// <summary>Name of the user's unit or organisation.</summary>
    public required string Unit { get; init; }

    /// <summary>The units above it.</summary>
    public required string Path { get; init; }

    /// <summary>The user's roles in the user's language.</summary>
    public required string Roles { get; init; }

    /// <summary>Unread notifications.</summary>
    public required int Unread { get; init; }

    /// <summary>As many of them as the bell shows: none in the user's quiet hours.</summary>
    public required int Bell { get; init; }

    /// <summary>The left rail of the desktop, in order.</summary>
    public required IReadOnlyList<NavItem> Items { get; init; }

    /// <summary>Whether the user may log disputes.</summary>
    public required bool CanRegister { get; init; }

    /// <summary>The header and navigation of one user, from what was read for them.</summary>
    public static Navigation Of(Caller caller, GetFrame.Result read, DateTimeOffset now)
    {
        var bell = caller.Quiet?.Holds(now) is true ? 0 : read.Unread;
        var canRegister = caller.MaySend<RegisterCase.Command>();
        var sees = caller.Has(Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Mediator, Role.Supervisor, Role.Auditor);
        var items = new List<NavItem>();
        if (caller.Has(Role.Supervisor))
            items.Add(new NavItem("/escalations", "urgent", Localized.Page("NavEscalations"), read.Escalations));
        if (caller.Has(Role.Mediator))
            items.Add(new NavItem("/bench", "messages", Localized.Page("NavBench"), read.Waiting));
        if (sees)
            items.Add(new NavItem("/work", "inbox", Localized.Page("NavWork"), caller.Has(Role.Mediator) || caller.Has(Role.Supervisor) ? 0 : read.Waiting));
        if (canRegister)
            items.Add(new NavItem("/cases/new", "pencil-plus", Localized.Page("NavRegister")));
        if (sees)
            items.Add(new NavItem("/search", "search", Localized.Page("NavSearch")));
        if (caller.Has(Role.CentreOfficer, Role.Supervisor, Role.Auditor))
            items.Add(new NavItem("/dashboard", "chart-bar", Localized.Page("NavDashboard")));
        if (caller.Has(Role.Administrator))
            items.Add(new NavItem("/admin/units", "settings", Localized.Page("NavAdmin")));
        if (caller.Has(Role.Supervisor, Role.Administrator))
            items.Add(new NavItem("/subsidies", "scale", Localized.Page("NavSubsidies")));
        items.Add(new NavItem("/notifications", "bell", Localized.Page("NavNotifications"), bell));
        return new Navigation
        {
            Unit = read.Unit,
            Path = string.Join(" · ", read.Path),
            Roles = string.Join(Localized.Page("ListComma"), caller.Roles.Select(r => Localized.Word(r.Role)).Distinct()),
            Unread = read.Unread,
            Bell = bell,
            Items = items,
            CanRegister = canRegister,
        };
    }

    /// <summary>Where a user starts: supervisors in the queue of escalations, mediators on their workbench, administrators at the units, all others in the work list.</summary>
    public static string Home(Caller caller) =>
        caller.Has(Role.Supervisor) ? "/escalations"
        : caller.Has(Role.Mediator) ? "/bench"
        : caller.Has(Role.Administrator) ? "/admin/units"
        : "/work";
}
