using GridCases.Features.Organisations;
using GridCases.Pipeline;

namespace GridCases.Web.Pages.Admin;

/// <summary>A page on which roles are given.</summary>
public abstract class PersonPage : AdminPage
{
    /// <summary>What there is to choose from.</summary>
    public RoleChoices Choices { get; private set; } = null!;

    /// <summary>Makes sure that a form sent twice is done once: for a password two slips would be printed, and the first would be wrong.</summary>
    public string Key => field ??= Guid.CreateVersion7(Now).ToString();

    /// <summary>Reads what there is to choose from; the organisation that is chosen already is among it.</summary>
    protected async Task ChooseAsync(string? organisation = null)
    {
        var organisations = await SendAsync(new SearchOrganisations.Query { Limit = 200 });
        var offered = organisations.Items.ToList();
        if (Guid.TryParse(organisation, out var id) && offered.TrueForAll(o => o.Id != id) && await FindAsync(id) is { } chosen)
            offered.Insert(0, chosen);
        Choices = new(await OfferedUnitsAsync(), offered, organisations.Next is not null, Today);
    }

    private async Task<SearchOrganisations.Row?> FindAsync(Guid id)
    {
        try
        {
            var found = await SendAsync(new GetOrganisation.Query(id));
            return new() { Id = found.Id, Name = found.Name, UnitCode = found.UnitCode, UnitName = found.UnitName, Track = found.Track, Kind = found.Kind };
        }
        catch (NotFound)
        {
            return null;
        }
    }
}
