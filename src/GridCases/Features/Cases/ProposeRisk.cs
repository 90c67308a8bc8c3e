using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Whoever sees a danger proposes a risk level.</summary>
public static class ProposeRisk
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Risk">The level.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="Violence">Whether violence is to be feared (People's Mediation Law art. 25).</param>
    [CaseAction(CaseAction.ProposeRisk)]
    public sealed record Command(Risk? Risk, string? Reason, bool? Violence = null) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Risk).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.ProposeRisk(command.Risk!.Value, command.Violence ?? false, command.Reason!, at), ct);
    }
}
