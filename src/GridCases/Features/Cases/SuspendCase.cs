using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>中止, such as while an appraisal is awaited: the clocks stand still.</summary>
public static class SuspendCase
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="ExpectedResumeOn">The local day on which it is expected to go on.</param>
    [CaseAction(CaseAction.Suspend)]
    public sealed record Command(string? Reason, DateOnly? ExpectedResumeOn) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.ExpectedResumeOn).PlausibleDay();
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Suspend(command.Reason!, command.ExpectedResumeOn, at), ct);
    }
}
