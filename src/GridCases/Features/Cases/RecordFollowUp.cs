using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>回访: a visit after closing.</summary>
public static class RecordFollowUp
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="VisitedOn">The local day.</param>
    /// <param name="Method">In person, by phone, and so on.</param>
    /// <param name="Satisfaction">The parties' satisfaction, 1 to 5.</param>
    /// <param name="Note">Up to 1,000 characters.</param>
    [CaseAction(CaseAction.RecordFollowUp)]
    public sealed record Command(DateOnly? VisitedOn, string? Method, int? Satisfaction, string? Note) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.VisitedOn).NotNull().PlausibleDay();
            RuleFor(c => c.Method).RequiredText(100);
            RuleFor(c => c.Satisfaction).NotNull().InclusiveBetween(1, 5);
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.RecordFollowUp(
                new FollowUpVisit(at.NewId(), command.VisitedOn!.Value, command.Method!, command.Satisfaction!.Value, command.Note), at),
            ct);
    }
}
