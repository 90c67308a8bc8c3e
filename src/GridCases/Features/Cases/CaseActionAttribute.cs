using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>
/// The action that a command is. Its address in the API, its description there, its form on the pages and who may send it come from here:
/// whoever holds one of the action's roles may, and the case then says whether it is theirs to do now.
/// </summary>
public sealed class CaseActionAttribute(CaseAction action) : AllowedAttribute
{
    public CaseAction Action { get; } = action;

    /// <summary>Name of the icon on its button; null for what the pages do elsewhere than in a form.</summary>
    public string? Icon { get; init; }

    /// <summary>Whether it ends something or is out of the ordinary: the pages offer it last.</summary>
    public bool IsExceptional { get; init; }

    public override bool Allows(Caller caller) => caller.Roles.Any(AllowsBy);

    public override bool AllowsBy(RoleInUnit role) => CaseAuthority.RolesFor(Action).Contains(role.Role);
}

/// <summary>A command that does an action, as it declares itself.</summary>
/// <param name="Command">Its type, a <see cref="CaseCommand"/>.</param>
/// <param name="Declared">What it says of itself.</param>
public sealed record CaseActionCommandType(Type Command, CaseActionAttribute Declared);

/// <summary>All commands that are sent to a case's own address, and what the actions are called there.</summary>
public static class CaseActionCatalogue
{
    private static readonly FrozenDictionary<CaseAction, string> Names =
        Enum.GetValues<CaseAction>().ToFrozenDictionary(action => action, action => JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString()));

    /// <summary>Every command, in the order of the actions.</summary>
    public static IReadOnlyList<CaseActionCommandType> All { get; } =
    [
        .. typeof(CaseCommand).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(CaseCommand)))
            .Select(type => new CaseActionCommandType(type, type.GetCustomAttribute<CaseActionAttribute>() ?? throw new InvalidOperationException($"{type} does not say which action it is.")))
            .OrderBy(found => found.Declared.Action),
    ];

    /// <summary>What an action is called in addresses and answers: <c>submit-upward</c> for <see cref="CaseAction.SubmitUpward"/>.</summary>
    public static string NameOf(CaseAction action) => Names[action];

    /// <summary>Whether a case's own address takes the action. Redirecting is done from an escalation.</summary>
    public static bool IsRouted(CaseAction action) => action is not CaseAction.Redirect;
}
