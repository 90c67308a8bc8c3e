using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The grid head settled it on the spot; the village centre verifies.</summary>
public static class ResolveOnSpot
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Summary">What was settled and how, in up to 2,000 characters.</param>
    [CaseAction(CaseAction.ResolveOnSpot)]
    public sealed record Command(string? Summary) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Summary).RequiredText(2000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.ResolveOnSpot(command.Summary!, at), ct);
    }
}
