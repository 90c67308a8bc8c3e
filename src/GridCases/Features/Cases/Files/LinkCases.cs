using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Two cases belong together without being one; each goes its own way.</summary>
public static class LinkCases
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="ToCaseId">The other case, in the caller's scope.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.Link, Icon = "link")]
    public sealed record Command([FormField(FieldKind.CaseNumber, Max = 30)] Guid? ToCaseId, [FormField(FieldKind.Lines)] string? Reason) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.ToCaseId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    public sealed class Handler(CaseStore cases, CaseActionExecutor actions, CaseAccess access) : IRequestHandler<Command, CaseView>
    {
        public async Task<CaseView> Handle(Command command, CancellationToken cancellationToken)
        {
            var to = command.ToCaseId!.Value;
            if (!await access.SeesAsync(to, cancellationToken) || await cases.FindAsync(to, cancellationToken) is not { } other)
            {
                throw new InvalidInput("toCaseId", Text.Field("UnknownCase"));
            }

            return await actions.ExecuteAsync(command, other, (@case, linked, at) => (@case.LinkTo(linked, command.Reason!, at), linked.LinkedFrom(@case)), cancellationToken);
        }
    }
}
