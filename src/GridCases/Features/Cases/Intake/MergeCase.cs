using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>并案: the same dispute is already on file; that case goes on.</summary>
public static class MergeCase
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="IntoCaseId">The case on file, in the caller's scope.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.Merge, Icon = "file-text", IsExceptional = true)]
    public sealed record Command([FormField(FieldKind.CaseNumber, Max = 30)] Guid? IntoCaseId, [FormField(FieldKind.Lines)] string? Reason) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.IntoCaseId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    public sealed class Handler(CaseActionExecutor actions) : IRequestHandler<Command, CaseView>
    {
        // Both are written: of two cases merged into each other at once, or one merged and the other closed, one is refused.
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command, ("intoCaseId", command.IntoCaseId!.Value), (@case, goesOn, at) => (@case.MergeInto(goesOn, command.Reason!, at), goesOn.MergedFrom(@case)), cancellationToken);
    }
}
