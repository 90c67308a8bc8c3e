using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The holder asks for more time on a running clock.</summary>
public static class RequestExtension
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="ClockId">The clock.</param>
    /// <param name="Days">How many days or working days, as the clock counts; 1 to 365.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="PartiesAgree">Whether the parties agree, where the rule asks for it.</param>
    [CaseAction(CaseAction.RequestExtension)]
    public sealed record Command(Guid? ClockId, int? Days, string? Reason, bool? PartiesAgree) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.ClockId).NotNull();
            RuleFor(c => c.Days).NotNull().InclusiveBetween(1, 365);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.RequestExtension(command.ClockId!.Value, command.Days!.Value, command.Reason!, command.PartiesAgree ?? false, at), ct);
    }
}
