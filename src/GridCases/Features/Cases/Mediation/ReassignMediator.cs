using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Another mediator of the same organisation.</summary>
public static class ReassignMediator
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Mediator">User name.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.Reassign, Icon = "users")]
    public sealed record Command([FormField(FieldKind.Colleague)] string? Mediator, [FormField(FieldKind.Lines)] string? Reason) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Mediator).RequiredText(100);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    public sealed class Handler(CaseActionExecutor actions, CaseDirectory directory) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command,
            async (@case, at) =>
            {
                var mediator = command.Mediator!;
                if (@case.Mediation is { } mediation)
                    mediator = (await directory.DemandMediationAsync(mediation with { Mediator = mediator }, @case.Holder.Unit, at, cancellationToken)).Mediator!;

                return @case.Reassign(mediator, command.Reason!, at);
            },
            cancellationToken);
    }
}
