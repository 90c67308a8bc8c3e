using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>三调联动: another track takes the case over with its file.</summary>
public static class SwitchTrack
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Track">The new track.</param>
    /// <param name="OrganisationId">An organisation of that track.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="Mediator">User name, where the parties chose one.</param>
    /// <param name="Entrustment">How a court entrusted it; judicial track only.</param>
    [CaseAction(CaseAction.SwitchTrack, Icon = "route")]
    public sealed record Command(
        [FormField(FieldKind.OtherTrack, Name = "mediation", Order = 1)] MediationTrack? Track,
        Guid? OrganisationId,
        [FormField(FieldKind.Lines, Order = 3)] string? Reason,
        string? Mediator = null,
        [FormField(FieldKind.WordList, When = "mediation", Order = 2)] Entrustment? Entrustment = null) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Track).NotNull();
            RuleFor(c => c.OrganisationId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
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
                return @case.SwitchTrack(to, command.Reason!, at);
            },
            cancellationToken);
    }
}
