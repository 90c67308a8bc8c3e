using GridCases.Features.Escalations;

namespace GridCases.Web.Pages.Admin;

/// <summary>What is overdue and nobody supervises up to the city: an administrator appoints somebody.</summary>
public sealed class OrphansModel : AdminPage
{
    /// <summary>The longest overdue first.</summary>
    public IReadOnlyList<EscalationView> List { get; private set; } = [];

    public async Task OnGetAsync() => List = await SendAsync(new ListOrphans.Query());
}
