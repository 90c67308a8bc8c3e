using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>分派: a mediation organisation of the chosen track takes the case.</summary>
public static class AssignMediation
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Track">The track.</param>
    /// <param name="OrganisationId">An organisation of that track that may take cases of the holding unit.</param>
    /// <param name="Mediator">User name, where the parties chose one (People's Mediation Law art. 19).</param>
    /// <param name="Entrustment">How a court entrusted it; judicial track only.</param>
    [CaseAction(CaseAction.AssignMediation, Icon = "messages")]
    public sealed record Command(
        [FormField(FieldKind.Mediation, Name = "mediation")] MediationTrack? Track,
        Guid? OrganisationId,
        string? Mediator,
        [FormField(FieldKind.WordList, When = "mediation")] Entrustment? Entrustment) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Track).NotNull();
            RuleFor(c => c.OrganisationId).NotNull();
            RuleFor(c => c.Mediator).OptionalText(100);
            RuleFor(c => c.Entrustment).Null().When(c => c.Track is not (null or MediationTrack.Judicial)).WithMessage(_ => Text.Field("EntrustmentIsJudicial"));
        }
    }

    public sealed class Handler(CaseActionExecutor actions, CaseDirectory directory) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command,
            async (@case, at) =>
            {
                var to = new Mediation(command.Track!.Value, command.OrganisationId!.Value, command.Mediator, command.Entrustment);
                to = await directory.DemandMediationAsync(to, @case.Holder.Unit, at, cancellationToken);
                return @case.AssignMediation(to, at);
            },
            cancellationToken);
    }
}
