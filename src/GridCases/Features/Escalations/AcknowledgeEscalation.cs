using FluentValidation;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor takes note of an escalation.</summary>
public static class AcknowledgeEscalation
{
    /// <summary>What the action needs beside the escalation.</summary>
    /// <param name="Note">Up to 1,000 characters.</param>
    public sealed record Command(string? Note) : EscalationCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(EscalationActionExecutor actions) : IRequestHandler<Command, EscalationView>
    {
        /// <inheritdoc/>
        public Task<EscalationView> Handle(Command command, CancellationToken ct) =>
            actions.AcknowledgeAsync(command.EscalationId, command.Note, ct);
    }
}
