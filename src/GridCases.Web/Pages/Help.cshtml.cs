using GridCases.Domain;

namespace GridCases.Web.Pages;

/// <summary>What each role does and how, in short answers: first for the caller's own roles, then for everybody.</summary>
public sealed class HelpModel : AppPage
{
    /// <summary>The parts of the page: heading, and its questions with their answers.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<(string Ask, string Say)> Items)> Parts { get; private set; } = [];

    public void OnGet()
    {
        var parts = new List<(string, IReadOnlyList<(string, string)>)>();
        foreach (var role in Caller.Roles.Select(r => r.Role is Role.GovernanceAssistant ? Role.GridHead : r.Role).Distinct())
            parts.Add((Localized.Word(role), [.. Localized.HelpFor(role.ToString())]));
        parts.Add((Localized.Help("ForAll"), [.. Localized.HelpFor("All")]));
        Parts = [.. parts.Where(part => part.Item2.Count > 0)];
    }
}
