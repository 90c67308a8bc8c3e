using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>恢复: the clocks go on.</summary>
public static class ResumeCase
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">Up to 1,000 characters.</param>
    [CaseAction(CaseAction.Resume)]
    public sealed record Command(string? Reason) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).OptionalText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Resume(command.Reason, at), ct);
    }
}
