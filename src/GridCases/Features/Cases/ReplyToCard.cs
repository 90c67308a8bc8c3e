using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The holder answers a card.</summary>
public static class ReplyToCard
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reply">Up to 2,000 characters.</param>
    [CaseAction(CaseAction.ReplyToCard)]
    public sealed record Command(string? Reply) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reply).RequiredText(2000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.ReplyToCard(command.Reply!, at), ct);
    }
}
