using FluentValidation;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor gives the clock behind an escalation more time; when that reaches past now, the escalation is resolved.</summary>
public static class GrantExtension
{
    /// <summary>What the action needs beside the escalation.</summary>
    /// <param name="Days">How many, counted as the clock counts: days or working days; 1 to 365.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="PartiesAgree">Whether the parties agree; put on record where it was said.</param>
    public sealed record Command(int? Days, string? Reason, bool? PartiesAgree = null) : EscalationCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Days).NotNull().InclusiveBetween(1, 365);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(EscalationActionExecutor actions) : IRequestHandler<Command, EscalationView>
    {
        /// <inheritdoc/>
        public Task<EscalationView> Handle(Command command, CancellationToken ct) =>
            actions.ExecuteAsync(
                command.EscalationId, (@case, row, at) => Task.FromResult(@case.GrantExtension(row.ClockId, command.Days!.Value, command.Reason!, command.PartiesAgree ?? false, at)), ct);
    }
}
