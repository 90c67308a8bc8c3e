using FluentValidation;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor closes an escalation with a reason; nothing is done to the case, and higher levels still open in their time.</summary>
public static class DismissEscalation
{
    /// <summary>What the action needs beside the escalation.</summary>
    /// <param name="Reason">Why, in up to 1,000 characters; it is shown with the escalation.</param>
    public sealed record Command(string? Reason) : EscalationCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(EscalationActionExecutor actions) : IRequestHandler<Command, EscalationView>
    {
        /// <inheritdoc/>
        public Task<EscalationView> Handle(Command command, CancellationToken ct) =>
            actions.DismissAsync(command.EscalationId, command.Reason!, ct);
    }
}
