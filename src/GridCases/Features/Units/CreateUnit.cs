using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Units;

/// <summary>A new unit below one that is there: its code says below which, and on which level.</summary>
public static class CreateUnit
{
    /// <summary>The unit.</summary>
    /// <param name="Code">Its division code, of 6, 9, 12 or 15 digits.</param>
    /// <param name="Name">Its name, in up to 100 characters.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Command(UnitCode? Code, string? Name) : ICommand<ListUnits.Found>, IUnitMessage
    {
        UnitCode? IUnitMessage.Unit => Code;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Code).NotNull();
            RuleFor(c => c.Code).Must(code => code is null || code.Value.Parent is not null).WithMessage(_ => Text.Field("CityIsSetUp"));
            RuleFor(c => c.Name).RequiredText(100);
        }
    }

    internal sealed class Handler(Db db, OpenUnits units, ReadAudit audit) : IRequestHandler<Command, ListUnits.Found>
    {
        private static readonly Sql Insert = new("INSERT INTO Unit (Code, Name, [Level], ParentCode) VALUES (@code, @name, @level, @parent)");

        public async Task<ListUnits.Found> Handle(Command request, CancellationToken cancellationToken)
        {
            // The unit above must not be closed at the same time.
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            var (code, name) = (request.Code!.Value, request.Name!.Trim());
            var parent = code.Parent!.Value;
            await units.DemandAsync(parent, "code", cancellationToken, unknown: "UnknownParentUnit");
            if (await units.FindAsync(parent, cancellationToken) is { ClosedOn: { } closing } above)
                throw new InvalidInput("code", Text.Field("UnitCloses", above.Name, closing));
            if (await units.FindAsync(code, cancellationToken) is { } known)
                throw new RuleViolation("UnitExists", code, known.Name);

            await db.ExecuteAsync(Insert, new { code, name, level = code.Level, parent }, cancellationToken);
            await audit.ChangedAsync(nameof(CreateUnit), code, code.Value, null, new { name }, cancellationToken);
            return await UnitRows.ReadAsync(db, code, cancellationToken);
        }
    }
}
