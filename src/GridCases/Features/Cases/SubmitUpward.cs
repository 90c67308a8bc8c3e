using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>上报 to the parent unit; a level is skipped only where policy allows it (越级).</summary>
public static class SubmitUpward
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="SkipTo">The unit to skip to, above the parent; usually none.</param>
    [CaseAction(CaseAction.SubmitUpward)]
    public sealed record Command(string? Reason, UnitCode? SkipTo) : CaseCommand;

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
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.SubmitUpward(command.Reason!, command.SkipTo, at), ct);
    }
}
