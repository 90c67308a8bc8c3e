using GridCases.Features.Organisations;

namespace GridCases.Web.Pages;

/// <summary>What a mediator has in hand, in words beside the name where a case is assigned.</summary>
public static class MediatorLoad
{
    private const int MostKinds = 3;

    /// <summary>在办 3 件：邻里 2、合同 1. Empty where the loads are not known to the caller.</summary>
    /// <param name="loads">Those of all mediators; null where they were not asked for.</param>
    /// <param name="organisation">The mediator's organisation.</param>
    /// <param name="userName">The mediator.</param>
    public static string Of(IReadOnlyList<ListMediatorLoads.Load>? loads, Guid organisation, string userName)
    {
        if (loads is null)
            return "";
        var own = loads.Where(l => l.OrganisationId == organisation && l.UserName == userName).OrderByDescending(l => l.Cases).ThenBy(l => l.Category).ToList();
        if (own.Count == 0)
            return Localized.Page("LoadNone");
        var kinds = own.Take(MostKinds).Select(l => Localized.Page("LoadKind", Localized.Word(l.Category), l.Cases));
        return Localized.Page("Load", own.Sum(l => l.Cases), string.Join(Localized.Page("ListComma"), own.Count > MostKinds ? kinds.Append("…") : kinds));
    }
}
