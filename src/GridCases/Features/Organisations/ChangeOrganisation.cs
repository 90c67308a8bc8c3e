using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.People;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Organisations;

/// <summary>
/// Renames a mediation organisation, or closes it from a day on: it is given no more cases then, and its mediators serve there until the day before. While it has cases in hand it
/// stays open, or nobody could go on with them. It is never deleted: files name it.
/// </summary>
public static class ChangeOrganisation
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<ListOrganisations.Organisation>, IOrganisationMessage
    {
        /// <summary>The organisation, from the address.</summary>
        public Guid OrganisationId { get; init; }

        public string? Name { get; init; }

        /// <summary>From which day on it is closed.</summary>
        public DateOnly? ClosedOn { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).RequiredText(100).When(c => c.Name is not null);
            RuleFor(c => c.ClosedOn).PlausibleDay();
        }
    }

    internal sealed class Handler(Db db, OrganisationRecords organisations, DeputyRoles deputies, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, ListOrganisations.Organisation>
    {
        private static readonly Sql CountCases = new("""
            SELECT COUNT(*) FROM DisputeCase WHERE HolderOrganisationId = @id AND State IN ('Assigned', 'InMediation', 'AgreementReached', 'ConfirmationPending', 'MediationFailed')
            """);

        private static readonly Sql Change = new("UPDATE Organisation SET Name = @name, ClosedOn = @closedOn WHERE Id = @id");

        private static readonly Sql FindServing = new("SELECT Id, UserId, FromDate FROM RoleAssignment WHERE OrganisationId = @id AND (ToDate IS NULL OR ToDate >= @day)");
        private static readonly Sql EndRole = new("UPDATE RoleAssignment SET ToDate = @To WHERE Id = @Id");

        public async Task<ListOrganisations.Organisation> Handle(Command request, CancellationToken cancellationToken)
        {
            var was = await organisations.HoldAsync(request.OrganisationId, cancellationToken);
            var will = new { was.Id, name = request.Name?.Trim() ?? was.Name, closedOn = request.ClosedOn ?? was.ClosedOn };
            if ((will.name, will.closedOn) == (was.Name, was.ClosedOn))
                return was;

            var ended = 0;
            if (will.closedOn is { } closedOn && closedOn != was.ClosedOn)
            {
                if (await db.QuerySingleAsync<int>(CountCases, will, cancellationToken) is > 0 and var inHand)
                    throw new RuleViolation("OrganisationHasCases", inHand);

                // Whatever day it is said to have been, the roles were held until now.
                var today = LocalTime.Day(time.GetUtcNow());
                var day = closedOn > today ? closedOn : today;
                var serving = await db.QueryAsync<RoleRow>(FindServing, new { will.Id, day }, cancellationToken);
                ended = await db.ExecuteManyAsync(EndRole, serving.Select(r => (object?)new { r.Id, To = r.FromDate < day ? day.AddDays(-1) : r.FromDate.AddDays(-1) }).ToList(), cancellationToken);
                foreach (var mediator in serving.Select(r => r.UserId).Distinct().Order())
                    await deputies.KeepInStepAsync(mediator, cancellationToken);
            }

            await db.ExecuteAsync(Change, will, cancellationToken);
            await audit.ChangedAsync(
                nameof(ChangeOrganisation), was.UnitCode, was.Id.ToString(), new { was.Name, was.ClosedOn }, new { will.name, will.closedOn, rolesEnded = ended }, cancellationToken);
            return await organisations.FindAsync(was.Id, cancellationToken);
        }

        private sealed record RoleRow
        {
            public Guid Id { get; init; }
            public Guid UserId { get; init; }
            public DateOnly FromDate { get; init; }
        }
    }
}
