using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
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

    public sealed class Handler(CaseStore cases, CaseActionExecutor actions, CaseAccess access) : IRequestHandler<Command, CaseView>
    {
        public async Task<CaseView> Handle(Command command, CancellationToken cancellationToken)
        {
            var into = command.IntoCaseId!.Value;
            if (!await access.SeesAsync(into, cancellationToken) || await cases.FindAsync(into, cancellationToken) is not { } other)
            {
                throw new InvalidInput("intoCaseId", Text.Field("UnknownCase"));
            }

            // Both are written: of two cases merged into each other at once, or one merged and the other closed, one is refused.
            return await actions.ExecuteAsync(command, other, (@case, goesOn, at) => (@case.MergeInto(goesOn, command.Reason!, at), goesOn.MergedFrom(@case)), cancellationToken);
        }
    }
}
