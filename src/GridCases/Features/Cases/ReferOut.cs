using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>转出 to a court, an arbitration body, the police, the procuratorate or an agency.</summary>
public static class ReferOut
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="To">What kind of body.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.ReferOut)]
    public sealed record Command(ReferralTarget? To, string? Name, string? Reason) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.To).NotNull();
            RuleFor(c => c.Name).RequiredText(200);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.ReferOut(command.To!.Value, command.Name!, command.Reason!, at), ct);
    }
}
