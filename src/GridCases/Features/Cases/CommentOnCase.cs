using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A note; moves nothing.</summary>
public static class CommentOnCase
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Note">Up to 2,000 characters.</param>
    [CaseAction(CaseAction.Comment), VersionOptional]
    public sealed record Command(string? Note) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Note).RequiredText(2000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Comment(command.Note!, at), ct);
    }
}
