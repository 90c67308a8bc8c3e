using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>不予受理, with the reason and the parties' other remedies.</summary>
public static class DeclineCase
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="OtherRemedies">Where the parties can turn instead, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.Decline)]
    public sealed record Command(string? Reason, string? OtherRemedies) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.OtherRemedies).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Decline(command.Reason!, command.OtherRemedies!, at), ct);
    }
}
