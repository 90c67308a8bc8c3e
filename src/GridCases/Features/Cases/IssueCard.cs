using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>督办: a supervisor issues a yellow or red card.</summary>
public static class IssueCard
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Color">Yellow or red.</param>
    /// <param name="ReplyDueOn">The local day by which the holder replies.</param>
    /// <param name="Note">What is wanted, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.IssueCard)]
    public sealed record Command(CardColor? Color, DateOnly? ReplyDueOn, string? Note) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Color).NotNull();
            RuleFor(c => c.ReplyDueOn).NotNull().PlausibleDay();
            RuleFor(c => c.Note).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.IssueCard(command.Color!.Value, command.ReplyDueOn!.Value, command.Note!, at), ct);
    }
}
