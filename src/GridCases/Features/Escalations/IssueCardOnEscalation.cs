using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>督办: a supervisor answers an escalation with a yellow or red card.</summary>
public static class IssueCardOnEscalation
{
    /// <summary>What the action needs beside the escalation.</summary>
    /// <param name="Color">Yellow or red.</param>
    /// <param name="ReplyDueOn">The local day by which the holder replies.</param>
    /// <param name="Note">What is wanted, in up to 1,000 characters.</param>
    public sealed record Command(CardColor? Color, DateOnly? ReplyDueOn, string? Note) : EscalationCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Color).NotNull();
            RuleFor(c => c.ReplyDueOn).NotNull().PlausibleDay();
            RuleFor(c => c.Note).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(EscalationActionExecutor actions) : IRequestHandler<Command, EscalationView>
    {
        /// <inheritdoc/>
        public Task<EscalationView> Handle(Command command, CancellationToken ct) =>
            actions.ExecuteAsync(
                command.EscalationId, (@case, _, at) => Task.FromResult(@case.IssueCard(command.Color!.Value, command.ReplyDueOn!.Value, command.Note!, at)), ct);
    }
}
