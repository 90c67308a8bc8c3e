using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Rules;
using GridCases.Pipeline;

namespace GridCases.Features.Escalations;

/// <summary>
/// What a supervisor does about an escalation, as <c>POST /api/v1/escalations/{id}/{action}</c> sends it: the body is the command.
/// Only a supervisor of its unit, or of one above, may send it; for others it is not there.
/// </summary>
[AllowedTo(Role.Supervisor)]
public abstract record EscalationCommand : ICommand<EscalationView>
{
    /// <summary>The escalation.</summary>
    [JsonIgnore]
    public Guid EscalationId { get; init; }
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
public sealed class EscalationActionExecutor(Db db, CaseStore cases, Rulebook rules)
{
    /// <summary>Does something to the case behind an open escalation; the one who does it has acknowledged it.</summary>
    /// <exception cref="RuleViolation">It is closed, or a rule forbids what is to be done.</exception>
    internal async Task<EscalationView> ExecuteAsync(Guid id, Func<Case, EscalationRow, CaseContext, Task<CaseChange>> action, CancellationToken ct)
    {
        var at = await rules.ContextAsync(ct);
        var row = await OpenAsync(id, ct);
        var stored = await cases.LoadAsync(row.CaseId, null, ct);
        var change = await action(stored.Case, row, at);
        await cases.SaveAsync(stored, change with { Escalations = [new EscalationStep.Acknowledged(id), .. change.Escalations] }, at, ct);
        return (await EscalationRow.FindAsync(db, id, ct))!.ToView();
    }

    /// <summary>Takes note of an open escalation.</summary>
    /// <exception cref="RuleViolation">Somebody has, or it is closed.</exception>
    internal Task<EscalationView> AcknowledgeAsync(Guid id, string? note, CancellationToken ct) => ExecuteAsync(
        id,
        (@case, row, at) => row.AcknowledgedBy is { } other
            ? throw new RuleViolation("EscalationAcknowledged", other)
            : Task.FromResult(Only(@case, CaseEventKind.AcknowledgeEscalation, row, EventKey.Note.Is(note))),
        ct);

    /// <summary>Closes an open escalation without doing anything to the case; higher levels still open in their time.</summary>
    /// <exception cref="RuleViolation">It is closed already.</exception>
    internal Task<EscalationView> DismissAsync(Guid id, string reason, CancellationToken ct) => ExecuteAsync(
        id,
        (@case, row, _) => Task.FromResult(Only(@case, CaseEventKind.DismissEscalation, row, EventKey.Reason.Is(reason)) with { Escalations = [new EscalationStep.Dismissed(id, reason)] }),
        ct);

    private static CaseChange Only(Case @case, CaseEventKind kind, EscalationRow row, EventMember said) =>
        new(@case, @case, [CaseEvent.Of(kind, EventKey.Escalation.Is(row.Id), EventKey.Clock.Is(row.ClockKind), EventKey.ClockId.Is(row.ClockId), EventKey.Level.Is(row.Level), said)])
        {
            IsDecision = false,
        };

    private async Task<EscalationRow> OpenAsync(Guid id, CancellationToken ct)
    {
        var row = await EscalationRow.FindAsync(db, id, ct) ?? throw new NotFound($"escalation {id}");
        return row.IsOpen ? row : throw new RuleViolation("EscalationClosed", row.State);
    }
}
