using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>核查: it really is settled; the case closes. If it is not, it is returned for rework.</summary>
public static class VerifyCase
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Settled">Must be true.</param>
    /// <param name="Satisfaction">The parties' satisfaction, 1 to 5.</param>
    /// <param name="Note">Up to 1,000 characters.</param>
    [CaseAction(CaseAction.Verify)]
    public sealed record Command(bool? Settled, int? Satisfaction, string? Note) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Settled).NotNull().Equal(true).WithMessage(_ => Text.Field("NotSettledMeansRework"));
            RuleFor(c => c.Satisfaction).NotNull().InclusiveBetween(1, 5);
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Verify(command.Satisfaction!.Value, command.Note, at), ct);
    }
}
