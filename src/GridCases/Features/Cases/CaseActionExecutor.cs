using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>What every action on a case shares: load once at the version the caller saw, let the domain decide, save, answer from what is in hand.</summary>
public sealed class CaseActionExecutor(CaseStore cases, CaseViews views, Rulebook rules, CaseAccess access)
{
    /// <summary>Does one action of the domain to the command's case.</summary>
    public Task<CaseView> ExecuteAsync(CaseCommand command, Func<Case, CaseContext, CaseChange> action, CancellationToken cancellationToken) =>
        ExecuteAsync(command, (@case, at) => Task.FromResult(action(@case, at)), cancellationToken);

    /// <summary>The same for an action that has to look something up first.</summary>
    public Task<CaseView> ExecuteAsync(CaseCommand command, Func<Case, CaseContext, Task<CaseChange>> action, CancellationToken cancellationToken) =>
        ExecuteAsync(command.CaseId, command.ExpectedVersion, action, cancellationToken);

    /// <summary>The same for an action that changes papers as well, which the domain does not know.</summary>
    internal async Task<CaseView> CorrectAsync(CaseCommand command, Func<StoredCase, CaseContext, CorrectedPapers> action, CancellationToken cancellationToken)
    {
        var at = await rules.ContextAsync(cancellationToken);
        var stored = await cases.LoadAsync(command.CaseId, command.ExpectedVersion, cancellationToken);
        var saved = await cases.SaveAsync(stored, action(stored, at), at, cancellationToken);
        return await views.OfAsync(saved, at.Now, at.Calendar, cancellationToken);
    }

    /// <summary>The same for a message that needs no version.</summary>
    public async Task<CaseView> ExecuteAsync(Guid caseId, long? expectedVersion, Func<Case, CaseContext, Task<CaseChange>> action, CancellationToken cancellationToken)
    {
        var at = await rules.ContextAsync(cancellationToken);
        var stored = await cases.LoadAsync(caseId, expectedVersion, cancellationToken);
        var saved = await cases.SaveAsync(stored, await action(stored.Case, at), at, cancellationToken);
        return await views.OfAsync(saved, at.Now, at.Calendar, cancellationToken);
    }

    /// <summary>Does an action that leaves a trace in a second case: both are saved, or neither.</summary>
    /// <exception cref="InvalidInput">The caller sees no such second case.</exception>
    public async Task<CaseView> ExecuteAsync(
        CaseCommand command, (string Field, Guid CaseId) second, Func<Case, Case, CaseContext, (CaseChange Here, CaseChange There)> action, CancellationToken cancellationToken)
    {
        if (!await access.SeesAsync(second.CaseId, cancellationToken) || await cases.FindAsync(second.CaseId, cancellationToken) is not { } other)
            throw new InvalidInput(second.Field, Text.Field("UnknownCase"));

        var at = await rules.ContextAsync(cancellationToken);
        var stored = await cases.LoadAsync(command.CaseId, command.ExpectedVersion, cancellationToken);
        var (here, there) = action(stored.Case, other.Case, at);
        var saved = await cases.SaveTogetherAsync([(stored, here), (other, there)], at, cancellationToken);
        return await views.OfAsync(saved[0], at.Now, at.Calendar, cancellationToken);
    }
}
