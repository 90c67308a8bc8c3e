using FluentValidation;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor takes the case behind an escalation to its own centre.</summary>
public static class TakeOverEscalation
{
    /// <summary>What the action needs beside the escalation.</summary>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
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
            actions.ExecuteAsync(command.EscalationId, (@case, _, at) => Task.FromResult(@case.TakeOver(command.Reason!, at)), ct);
    }
}
