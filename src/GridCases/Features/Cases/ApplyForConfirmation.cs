using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>申请司法确认: all parties jointly, within 30 days of effect (People's Mediation Law art. 33).</summary>
public static class ApplyForConfirmation
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Court">The court.</param>
    /// <param name="Applicants">Ids of the parties that apply: every applicant and respondent.</param>
    [CaseAction(CaseAction.ApplyForConfirmation)]
    public sealed record Command(string? Court, IReadOnlyList<Guid>? Applicants) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Court).RequiredText(200);
            RuleFor(c => c.Applicants).NotEmpty();
            RuleFor(c => c.Applicants).Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100));
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.ApplyForConfirmation(command.Court!, [.. command.Applicants!], at), ct);
    }
}
