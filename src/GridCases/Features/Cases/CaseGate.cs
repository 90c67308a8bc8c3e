using System.Reflection;
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
    public Task DemandAsync(CaseAction action, Guid caseId, CancellationToken ct) =>
        DemandAsync(new CaseActionAttribute(action).Allows(caller), action.ToString(), caseId, ct);

    /// <summary>Demands one of the roles that may send the message, then the case.</summary>
    /// <exception cref="AccessDenied">The caller has none of the roles.</exception>
    /// <exception cref="NotFound">The case is not there for the caller.</exception>
    public Task DemandAsync<TMessage>(Guid caseId, CancellationToken ct)
        where TMessage : ICaseMessage =>
        DemandAsync(typeof(TMessage).GetCustomAttributes<AllowedAttribute>().Any(a => a.Allows(caller)), MessageName.Of(typeof(TMessage)), caseId, ct);

    private async Task DemandAsync(bool hasRole, string what, Guid caseId, CancellationToken ct)
    {
        if (!hasRole)
        {
            throw new AccessDenied(what);
        }

        if (!await sight.SeesAsync(caseId, ct))
        {
            throw new NotFound($"case {caseId}");
        }
    }
}
