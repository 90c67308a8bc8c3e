using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Views;

/// <summary>Which units' kept searches a caller has, and which of them the caller may remove.</summary>
internal static class ViewAccess
{
    /// <summary>The units the caller serves in, themselves and not those below.</summary>
    public static IReadOnlyList<UnitCode> Units(Caller caller) => [.. caller.Roles.Select(r => r.Unit).Distinct()];

    /// <summary>Those of them that the caller supervises.</summary>
    public static IReadOnlyList<UnitCode> Supervised(Caller caller) => [.. caller.Roles.Where(r => r.Role is Role.Supervisor).Select(r => r.Unit).Distinct()];
}
