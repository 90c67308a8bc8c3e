using System.Collections.Frozen;
using System.Text.Json;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>What actions are called in addresses and in answers: <c>submit-upward</c> for <see cref="CaseAction.SubmitUpward"/>.</summary>
public static class CaseActionNames
{
    private static readonly FrozenDictionary<CaseAction, string> Names =
        Enum.GetValues<CaseAction>().ToFrozenDictionary(action => action, action => JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString()));

    /// <summary>The name.</summary>
    public static string Of(CaseAction action) => Names[action];

    /// <summary>Whether a case's own address takes the action. Redirecting is done from an escalation.</summary>
    public static bool IsRouted(CaseAction action) => action is not CaseAction.Redirect;
}
