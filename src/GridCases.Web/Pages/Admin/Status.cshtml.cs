using GridCases.Features.Operations;

namespace GridCases.Web.Pages.Admin;

/// <summary>How the installation is, for administrators of the city: what is not well comes first and says what to do.</summary>
public sealed class StatusModel : AdminPage
{
    /// <summary>The status.</summary>
    public GetStatus.Result Status { get; private set; } = null!;

    /// <summary>What is not well, the worst first.</summary>
    public IReadOnlyList<StatusLine> Unwell { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Status = await SendAsync(new GetStatus.Query());
        Unwell = [.. Status.Lines.Where(l => l.State is not StatusState.Fine).OrderByDescending(l => l.State)];
    }
}
