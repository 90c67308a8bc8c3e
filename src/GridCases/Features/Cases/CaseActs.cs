using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>What every action on a case shares: load at the version the caller saw, let the domain decide, save, answer with the case.</summary>
public sealed class CaseActs(CaseStore cases, CaseViews views, Rulebook rules)
{
    /// <summary>Does one action of the domain to the command's case.</summary>
    public Task<CaseView> DoAsync(CaseCommand command, Func<Case, CaseContext, CaseChange> action, CancellationToken ct) =>
        DoAsync(command, (@case, at) => Task.FromResult(action(@case, at)), ct);

    /// <summary>The same for an action that has to look something up first.</summary>
    public async Task<CaseView> DoAsync(CaseCommand command, Func<Case, CaseContext, Task<CaseChange>> action, CancellationToken ct)
    {
        var at = await rules.ContextAsync(ct);
        var @case = await cases.LoadAsync(command.CaseId, command.ExpectedVersion, ct);
        await cases.SaveAsync(await action(@case, at), at, ct);
        return await views.LoadAsync(command.CaseId, ct);
    }
}
