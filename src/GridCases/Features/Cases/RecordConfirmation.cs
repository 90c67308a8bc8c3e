using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The court's ruling on the application.</summary>
public static class RecordConfirmation
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Result">Confirmed or refused.</param>
    /// <param name="DecidedOn">The local day of the ruling.</param>
    /// <param name="DocumentNumber">Number of the ruling.</param>
    /// <param name="Reason">Why it was refused.</param>
    [CaseAction(CaseAction.RecordConfirmation)]
    public sealed record Command(ConfirmationResult? Result, DateOnly? DecidedOn, string? DocumentNumber, string? Reason) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Result).NotNull();
            RuleFor(c => c.DecidedOn).NotNull().PlausibleDay();
            RuleFor(c => c.DocumentNumber).OptionalText(100);
            RuleFor(c => c.Reason).OptionalText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.RecordConfirmation(command.Result!.Value, command.DecidedOn!.Value, command.DocumentNumber, command.Reason, at), ct);
    }
}
