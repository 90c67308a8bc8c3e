using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>调解不成; the parties must have been told their other remedies (People's Mediation Law art. 26).</summary>
public static class FailMediation
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="RemediesNoticed">That the parties were told: arbitration, administrative remedies, litigation. Must be true.</param>
    [CaseAction(CaseAction.FailMediation)]
    public sealed record Command(string? Reason, bool? RemediesNoticed) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.RemediesNoticed).NotNull().Equal(true).WithMessage(_ => Text.Field("RemediesMustBeNoticed"));
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.FailMediation(command.Reason!, command.RemediesNoticed!.Value, at), ct);
    }
}
