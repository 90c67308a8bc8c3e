using System.Globalization;
using GridCases.Domain;

namespace GridCases.Web.Pages;

/// <summary>What each role does and how, in short answers beside a picture of what it sees first: for the caller's own roles, then for everybody.</summary>
public sealed class HelpModel : AppPage
{
    /// <summary>Roles of which the browser tests have made a picture: those that somebody has in the demo (<c>scripts/screenshots</c>).</summary>
    public static IReadOnlyList<Role> Pictured { get; } = [Role.GridHead, Role.CentreOfficer, Role.Mediator, Role.Supervisor, Role.Administrator, Role.Auditor];

    /// <summary>The parts of the page.</summary>
    public IReadOnlyList<Part> Parts { get; private set; } = [];

    /// <summary>Name of the file that shows what a role sees first, in a language.</summary>
    public static string PictureOf(Role role, string language) => $"{role}.{language}.jpg";

    public void OnGet()
    {
        var language = CultureInfo.CurrentUICulture.Name;
        Part[] all =
        [
            .. Caller.Roles.Select(r => r.Role is Role.GovernanceAssistant ? Role.GridHead : r.Role).Distinct()
                .Select(role => new Part(Localized.Word(role), Pictured.Contains(role) ? PictureOf(role, language) : null, [.. Localized.HelpFor(role.ToString())])),
            new Part(Localized.Help("ForAll"), null, [.. Localized.HelpFor("All")]),
        ];
        Parts = [.. all.Where(part => part.Items.Count > 0)];
    }

    /// <summary>A part of the page: its heading, its picture's file if it has one, and its questions with their answers.</summary>
    public sealed record Part(string Title, string? Picture, IReadOnlyList<(string Ask, string Say)> Items);
}
