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
    [CaseAction(CaseAction.Merge)]
    public sealed record Command(Guid? IntoCaseId, string? Reason) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.IntoCaseId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseStore cases, CaseViews views, CaseSight scope, Rulebook rules) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public async Task<CaseView> Handle(Command command, CancellationToken ct)
        {
            var at = await rules.ContextAsync(ct);
            var @case = await cases.LoadAsync(command.CaseId, command.ExpectedVersion, ct);
            var into = command.IntoCaseId!.Value;
            if (!await scope.SeesAsync(into, ct) || await cases.FindAsync(into, ct) is not { } other)
            {
                throw new InvalidInput("intoCaseId", Text.Field("UnknownCase"));
            }

            // Both are written: of two cases merged into each other at once, or one merged and the other closed, one is refused.
            var merged = @case.MergeInto(other, command.Reason!, at);
            await cases.SaveTogetherAsync([merged, other.MergedFrom(@case)], at, ct);
            return await views.LoadAsync(command.CaseId, ct);
        }
    }
}
