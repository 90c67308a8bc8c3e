using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>What every action on a case shares: load once at the version the caller saw, let the domain decide, save, answer from what is in hand.</summary>
public sealed class CaseActs(CaseStore cases, CaseViews views, Rulebook rules)
{
    /// <summary>Does one action of the domain to the command's case.</summary>
    public Task<CaseView> DoAsync(CaseCommand command, Func<Case, CaseContext, CaseChange> action, CancellationToken ct) =>
        DoAsync(command, (@case, at) => Task.FromResult(action(@case, at)), ct);

    /// <summary>The same for an action that has to look something up first.</summary>
    public Task<CaseView> DoAsync(CaseCommand command, Func<Case, CaseContext, Task<CaseChange>> action, CancellationToken ct) =>
        DoAsync(command.CaseId, command.ExpectedVersion, action, ct);

    /// <summary>The same for a message that needs no version.</summary>
    public async Task<CaseView> DoAsync(Guid caseId, long? expectedVersion, Func<Case, CaseContext, Task<CaseChange>> action, CancellationToken ct)
    {
        var at = await rules.ContextAsync(ct);
        var stored = await cases.LoadAsync(caseId, expectedVersion, ct);
        var saved = await cases.SaveAsync(stored, await action(stored.Case, at), at, ct);
        return await views.OfAsync(saved, at.Now, at.Calendar, ct);
    }

    /// <summary>Does an action that leaves a trace in a second case: both are saved, or neither.</summary>
    public async Task<CaseView> DoAsync(CaseCommand command, StoredCase other, Func<Case, Case, CaseContext, (CaseChange Here, CaseChange There)> action, CancellationToken ct)
    {
        var at = await rules.ContextAsync(ct);
        var stored = await cases.LoadAsync(command.CaseId, command.ExpectedVersion, ct);
        var (here, there) = action(stored.Case, other.Case, at);
        var saved = await cases.SaveTogetherAsync([(stored, here), (other, there)], at, ct);
        return await views.OfAsync(saved[0], at.Now, at.Calendar, ct);
    }
}
