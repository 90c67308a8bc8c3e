using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The police have the notice that a risk of violence obliges to (People's Mediation Law art. 25).</summary>
public static class RecordPoliceNotice
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="DeliveredOn">Local day; not in the future.</param>
    /// <param name="ReceivedBy">Who took it.</param>
    /// <param name="Reference">Their file number, if known.</param>
    [CaseAction(CaseAction.RecordPoliceNotice)]
    public sealed record Command(DateOnly? DeliveredOn, string? ReceivedBy, string? Reference) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.DeliveredOn).NotNull();
            RuleFor(c => c.DeliveredOn).PlausibleDay();
            RuleFor(c => c.ReceivedBy).RequiredText(200);
            RuleFor(c => c.Reference).OptionalText(100);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.RecordPoliceNotice(command.DeliveredOn!.Value, command.ReceivedBy!, command.Reference, at),
            ct);
    }
}
