using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>An obligation of the agreement was performed (the committee watches: People's Mediation Law art. 31).</summary>
public static class RecordPerformance
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="ObligationId">The obligation.</param>
    /// <param name="PerformedOn">The local day it was performed.</param>
    /// <param name="Note">Up to 1,000 characters.</param>
    [CaseAction(CaseAction.RecordPerformance)]
    public sealed record Command(Guid? ObligationId, DateOnly? PerformedOn, string? Note) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.ObligationId).NotNull();
            RuleFor(c => c.PerformedOn).NotNull().PlausibleDay();
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.RecordPerformance(command.ObligationId!.Value, command.PerformedOn!.Value, command.Note, at), ct);
    }
}
