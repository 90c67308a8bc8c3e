using FluentValidation;
using GridCases.Data;
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
    [CaseAction(CaseAction.Link)]
    public sealed record Command(Guid? ToCaseId, string? Reason) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.ToCaseId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(Db db, CaseStore cases, CaseViews views, CaseSight scope, Rulebook rules) : IRequestHandler<Command, CaseView>
    {
        private static readonly Sql Insert = new("""
            INSERT INTO CaseLink (CaseId, OtherCaseId, Reason, LinkedBy, LinkedAt) VALUES (@lesser, @greater, @Reason, @UserName, @Now)
            """);

        /// <inheritdoc/>
        public async Task<CaseView> Handle(Command command, CancellationToken ct)
        {
            var at = await rules.ContextAsync(ct);
            var @case = await cases.LoadAsync(command.CaseId, command.ExpectedVersion, ct);
            var to = command.ToCaseId!.Value;
            if (!await scope.SeesAsync(to, ct) || await cases.FindAsync(to, ct) is not { } other)
            {
                throw new InvalidInput("toCaseId", Text.Field("UnknownCase"));
            }

            CaseChange[] both = [@case.LinkTo(other, at), other.LinkedFrom(@case)];
            await cases.SaveTogetherAsync(both, at, ct);
            var (lesser, greater) = @case.Id.CompareTo(other.Id) < 0 ? (@case.Id, other.Id) : (other.Id, @case.Id);
            await db.ExecuteAsync(Insert, new { lesser, greater, command.Reason, at.By.UserName, at.Now }, ct);
            return await views.LoadAsync(command.CaseId, ct);
        }
    }
}
