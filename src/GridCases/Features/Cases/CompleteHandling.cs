using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>办结; the unit where the case began verifies.</summary>
public static class CompleteHandling
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="Summary">What was done, in up to 2,000 characters.</param>
    [CaseAction(CaseAction.CompleteHandling)]
    public sealed record Command(Outcome? Outcome, string? Summary) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Outcome).NotNull();
            RuleFor(c => c.Summary).RequiredText(2000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.CompleteHandling(command.Outcome!.Value, command.Summary!, at), ct);
    }
}
