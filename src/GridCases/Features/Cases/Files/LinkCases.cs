using FluentValidation;
using GridCases.Domain;
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

    public sealed class Handler(CaseActionExecutor actions) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command, ("toCaseId", command.ToCaseId!.Value), (@case, linked, at) => (@case.LinkTo(linked, command.Reason!, at), linked.LinkedFrom(@case)), cancellationToken);
    }
}
