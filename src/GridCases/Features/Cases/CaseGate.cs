using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>
/// For a request that cannot even be read as a command: whether its sender may do the action at all and sees the case.
/// Only then is there anything to say about its fields, as the pipeline has it for commands.
/// </summary>
public sealed class CaseGate(Caller caller, CaseSight sight)
{
    /// <summary>Demands one of the action's roles, then the case.</summary>
    /// <exception cref="AccessDenied">The caller has none of the roles.</exception>
    /// <exception cref="NotFound">The case is not there for the caller.</exception>
    public async Task DemandAsync(CaseAction action, Guid caseId, CancellationToken ct)
    {
        if (!caller.Roles.Any(held => CaseAuthority.RolesFor(action).Contains(held.Role)))
        {
            throw new AccessDenied(action.ToString());
        }

        if (!await sight.SeesAsync(caseId, ct))
        {
            throw new NotFound($"case {caseId}");
        }
    }
}
