using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>
/// What a supervisor does about an escalation, as <c>POST /api/v1/escalations/{id}/{action}</c> sends it: the body is the command.
/// Only a supervisor of its unit, or of one above, may send it; for others it is not there.
/// </summary>
[AllowedTo(Role.Supervisor)]
public abstract record EscalationCommand : ICommand<EscalationView>
{
    [JsonIgnore]
    public Guid EscalationId { get; init; }
}

/// <summary>What a supervisor does about an escalation where nothing has to be looked up beside the case and the escalation.</summary>
public abstract record EscalationActionCommand : EscalationCommand
{
    /// <summary>Lets the case do it. The fields have passed the command's rules.</summary>
    /// <exception cref="RuleViolation">A rule of the domain forbids it.</exception>
    internal abstract CaseChange Apply(Case @case, EscalationRow escalation, CaseContext at);
}

/// <summary>Handles every <see cref="EscalationActionCommand"/>.</summary>
internal sealed class EscalationActionHandler<TCommand>(EscalationActionExecutor actions) : IRequestHandler<TCommand, EscalationView>
    where TCommand : EscalationActionCommand
{
    public Task<EscalationView> Handle(TCommand command, CancellationToken cancellationToken) => actions.ExecuteAsync(command, cancellationToken);
}

/// <summary>Whether a caller may do something to an escalation: only a supervisor of its unit, or of one above, may; for others it is not there.</summary>
internal sealed class EscalationAccess(Db db) : IMessageGuard
{
    public Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken) =>
        message is EscalationCommand about ? CheckAsync(message.GetType(), about.EscalationId, caller, cancellationToken) : Task.CompletedTask;

    public async Task CheckAsync(Type message, Guid subject, Caller caller, CancellationToken cancellationToken)
    {
        if (message.IsAssignableTo(typeof(EscalationCommand)) && (await EscalationRow.FindAsync(db, subject, cancellationToken) is not { } row || !row.IsOf(caller)))
            throw new NotFound($"escalation {subject}");
    }
}

/// <summary>What every action on an escalation shares: what is done to the case goes through the domain and into the journal, in one transaction.</summary>
public sealed class EscalationActionExecutor(Db db, CaseStore cases, Rulebook rules, Caller caller)
{
    private static readonly Sql FindLower = new("SELECT Id FROM Escalation WHERE ClockId = @ClockId AND [Level] < @Level AND State IN ('Open', 'Acknowledged') AND UnitCode IN {codes supervised}");

    /// <summary>Does what only the case and the escalation decide.</summary>
    /// <exception cref="RuleViolation">The escalation is closed, or a rule forbids what is to be done.</exception>
    internal Task<EscalationView> ExecuteAsync(EscalationActionCommand command, CancellationToken cancellationToken) =>
        ExecuteAsync(command.EscalationId, (@case, row, at) => Task.FromResult(command.Apply(@case, row, at)), cancellationToken);

    /// <summary>Does something to the case behind an open escalation; the one who does it has acknowledged it.</summary>
    /// <exception cref="RuleViolation">It is closed, or a rule forbids what is to be done.</exception>
    internal async Task<EscalationView> ExecuteAsync(Guid id, Func<Case, EscalationRow, CaseContext, Task<CaseChange>> action, CancellationToken cancellationToken)
    {
        var at = await rules.ContextAsync(cancellationToken);
        var found = await EscalationRow.FindAsync(db, id, cancellationToken) ?? throw new NotFound($"escalation {id}");

        // The case is held from here on: of two answers at once the second finds what the first has done.
        var stored = await cases.LoadAsync(found.CaseId, null, cancellationToken);
        var row = await OpenAsync(id, cancellationToken);
        var change = await action(stored.Case, row, at);
        await cases.SaveAsync(stored, change with { Escalations = [new EscalationStep.Acknowledged(id), .. change.Escalations, .. await LowerAsync(row, change, cancellationToken)] }, at, cancellationToken);
        return (await EscalationRow.FindAsync(db, id, cancellationToken))!.ToView();
    }

    /// <summary>The same answer to the lower levels of the clock that stand in the caller's queue: who answers the highest has answered them.</summary>
    private async Task<IEnumerable<EscalationStep>> LowerAsync(EscalationRow row, CaseChange change, CancellationToken cancellationToken)
    {
        var dismissed = change.Escalations.OfType<EscalationStep.Dismissed>().FirstOrDefault();
        var lower = await db.QueryAsync<Guid>(FindLower, new { row.ClockId, row.Level, supervised = caller.Roles.Where(r => r.Role is Role.Supervisor).Select(r => r.Unit).Distinct() }, cancellationToken);
        return lower.SelectMany(id => dismissed is null ? [new EscalationStep.Acknowledged(id)] : (EscalationStep[])[new EscalationStep.Acknowledged(id), new EscalationStep.Dismissed(id, dismissed.Reason)]);
    }

    private async Task<EscalationRow> OpenAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await EscalationRow.FindAsync(db, id, cancellationToken) ?? throw new NotFound($"escalation {id}");
        return row.IsOpen ? row : throw new RuleViolation("EscalationClosed", row.State);
    }
}
