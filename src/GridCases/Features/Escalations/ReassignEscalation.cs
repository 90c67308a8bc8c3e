using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor gives the case behind an escalation to another centre, another organisation, or another mediator of the same one.</summary>
public static class ReassignEscalation
{
    /// <summary>What the action needs beside the escalation: a unit or an organisation.</summary>
    /// <param name="UnitCode">A centre in the supervisor's area.</param>
    /// <param name="OrganisationId">A mediation organisation that takes cases of the unit in charge.</param>
    /// <param name="Mediator">User name; only with an organisation.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    public sealed record Command(UnitCode? UnitCode, Guid? OrganisationId, string? Mediator, string? Reason) : EscalationCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.UnitCode).Must((c, _) => c.UnitCode is null != c.OrganisationId is null).WithMessage(_ => Text.Get("Escalations", "UnitOrOrganisation"));
            RuleFor(c => c.Mediator).OptionalText(100);
            RuleFor(c => c.Mediator).Empty().When(c => c.OrganisationId is null).WithMessage(_ => Text.Get("Escalations", "MediatorNeedsOrganisation"));
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    internal sealed class Handler(Db db, EscalationActionExecutor actions, CaseDirectory directory) : IRequestHandler<Command, EscalationView>
    {
        private static readonly Sql FindTrack = new("SELECT Track FROM Organisation WHERE Id = @id");

        public Task<EscalationView> Handle(Command command, CancellationToken cancellationToken) =>
            actions.ExecuteAsync(command.EscalationId, (@case, _, at) => ChangeAsync(command, @case, at, cancellationToken), cancellationToken);

        private async Task<CaseChange> ChangeAsync(Command command, Case @case, CaseContext at, CancellationToken cancellationToken)
        {
            if (command.UnitCode is { } unit)
            {
                await directory.DemandUnitAsync(unit, "unitCode", cancellationToken);
                return @case.RedirectTo(unit, command.Reason!, at);
            }

            var id = command.OrganisationId!.Value;
            var mediator = string.IsNullOrWhiteSpace(command.Mediator) ? null : command.Mediator;
            var track = await db.QuerySingleOrDefaultAsync<MediationTrack?>(FindTrack, new { id }, cancellationToken)
                ?? throw new InvalidInput("organisationId", Text.Field("UnknownOrganisation"));
            var mediation = new Mediation(track, id, mediator, track is MediationTrack.Judicial ? @case.Mediation?.Entrustment : null);
            mediation = await directory.DemandMediationAsync(mediation, @case.Holder.Unit, at, cancellationToken);
            return mediation.Mediator is { } known && @case.Holder.OrganisationId == id && CaseTransitions.Next(@case.State, CaseAction.Reassign).Count > 0
                ? @case.Reassign(known, command.Reason!, at)
                : @case.RedirectTo(mediation, command.Reason!, at);
        }
    }
}
