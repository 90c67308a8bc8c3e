using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Organisations;

/// <summary>A new mediation organisation of a unit; its mediators are users with that role in it.</summary>
public static class CreateOrganisation
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<ListOrganisations.Organisation>, IUnitMessage
    {
        public string? Name { get; init; }

        public OrganisationKind? Kind { get; init; }

        public MediationTrack? Track { get; init; }

        public UnitCode? UnitCode { get; init; }

        UnitCode? IUnitMessage.Unit => UnitCode;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).RequiredText(100);
            RuleFor(c => c.Kind).NotNull();
            RuleFor(c => c.Track).NotNull();
            RuleFor(c => c.UnitCode).NotNull();
            RuleFor(c => c.Track).Must((command, track) => track is null || command.Kind is null || command.Kind.Value.WorksOn(track.Value))
                .WithMessage(command => Text.Field("KindNotOnTrack", command.Kind!.Value, command.Track!.Value));
        }
    }

    internal sealed class Handler(Db db, OrganisationRecords organisations, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, ListOrganisations.Organisation>
    {
        private static readonly Sql FindUnit = new("SELECT ClosedOn, SuccessorCode FROM Unit WHERE Code = @unit");

        private static readonly Sql Insert = new("""
            INSERT INTO Organisation (Id, Name, Track, UnitCode, Kind)
            SELECT @id, @name, @Track, @unit, @Kind
            WHERE NOT EXISTS (SELECT 1 FROM Organisation o WHERE o.UnitCode = @unit AND o.Track = @Track AND o.Name = @name AND (o.ClosedOn IS NULL OR o.ClosedOn > @today))
            """);

        public async Task<ListOrganisations.Organisation> Handle(Command request, CancellationToken cancellationToken)
        {
            // Two of one name made at once would both find none.
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            var now = time.GetUtcNow();
            var row = new { id = Guid.CreateVersion7(now), name = request.Name!.Trim(), request.Track, request.Kind, unit = request.UnitCode!.Value, today = LocalTime.Day(now) };
            if (await db.QuerySingleOrDefaultAsync<UnitRow>(FindUnit, row, cancellationToken) is not { } unit)
                throw new InvalidInput("unitCode", Text.Field("UnitNotYours"));
            if (unit.ClosedOn <= row.today)
                throw new InvalidInput("unitCode", Text.Field("UnitClosed", unit.SuccessorCode?.Value ?? ""));
            if (await db.ExecuteAsync(Insert, row, cancellationToken) == 0)
                throw new RuleViolation("OrganisationExists", row.name);

            await audit.ChangedAsync(nameof(CreateOrganisation), row.unit, row.id.ToString(), null, new { row.name, request.Kind, request.Track, unitCode = row.unit }, cancellationToken);
            return await organisations.FindAsync(row.id, cancellationToken);
        }

        private sealed record UnitRow
        {
            public DateOnly? ClosedOn { get; init; }
            public UnitCode? SuccessorCode { get; init; }
        }
    }
}
