using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features.Organisations;
using GridCases.Features.Units;

namespace GridCases.Web.Pages.Admin;

/// <summary>A role as it is typed in a form, under the names of the API's JSON.</summary>
/// <param name="Role">Which.</param>
/// <param name="Unit">Code or name of the unit.</param>
/// <param name="Organisation">Id of the organisation, for a mediator.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record RoleTyped(string? Role = null, string? Unit = null, string? Organisation = null, string? From = null, string? To = null)
{
    /// <summary>Whether nothing was chosen in this row.</summary>
    public bool IsEmpty => Role is null && Unit is null && Organisation is null;

    /// <summary>As it was posted.</summary>
    public static RoleTyped Of(IFormCollection posted, string prefix) => new(
        posted.Typed(prefix + "role"), posted.Typed(prefix + "unitCode"), posted.Typed(prefix + "organisationId"), posted.Typed(prefix + "from"), posted.Typed(prefix + "to"));

    /// <summary>The JSON that the API takes for it. A mediator serves in the unit of the organisation, so that nobody types it.</summary>
    /// <param name="unitCode">The unit by its code.</param>
    /// <param name="organisations">Those that could be chosen.</param>
    public JsonObject ToJson(string? unitCode, IReadOnlyList<SearchOrganisations.Row> organisations)
    {
        var isMediator = string.Equals(Role, nameof(Domain.Role.Mediator), StringComparison.Ordinal);
        return new JsonObject
        {
            ["role"] = Role,
            ["unitCode"] = isMediator ? organisations.FirstOrDefault(o => o.Id.ToString() == Organisation)?.UnitCode.Value ?? unitCode : unitCode,
            ["organisationId"] = isMediator ? Organisation : null,
            ["from"] = From,
            ["to"] = To,
        };
    }
}

/// <summary>The inputs of one role.</summary>
/// <param name="Prefix">What their names begin with.</param>
/// <param name="Id">What their ids begin with.</param>
/// <param name="Typed">What is in them.</param>
/// <param name="Choices">What there is to choose.</param>
public sealed record RoleFields(string Prefix, string Id, RoleTyped Typed, RoleChoices Choices);

/// <summary>What there is to choose from when a role is given.</summary>
/// <param name="Units">Units offered while one types.</param>
/// <param name="Organisations">Organisations for mediators.</param>
/// <param name="HasMore">Whether there are more organisations than are offered.</param>
/// <param name="Today">First day unless another is chosen.</param>
public sealed record RoleChoices(IReadOnlyList<ListUnits.Found> Units, IReadOnlyList<SearchOrganisations.Row> Organisations, bool HasMore, DateOnly Today);
