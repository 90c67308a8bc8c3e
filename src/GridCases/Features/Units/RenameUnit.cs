using System.Text.Json.Serialization;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Units;

/// <summary>Another name for a unit; its code never changes.</summary>
public static class RenameUnit
{
    /// <summary>What changes.</summary>
    /// <param name="Name">The new name, in up to 100 characters.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string? Name) : ICommand<ListUnits.Found>, IUnitMessage
    {
        /// <summary>The unit, by the address.</summary>
        [JsonIgnore]
        public UnitCode? Unit { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Unit).NotNull();
            RuleFor(c => c.Name).RequiredText(100);
        }
    }

    internal sealed class Handler(Db db, ReadAudit audit) : IRequestHandler<Command, ListUnits.Found>
    {
        // What two who rename it at once wait for one another with.
        private static readonly Sql Hold = new("UPDATE Unit SET Name = Name WHERE Code = @unit");
        private static readonly Sql Rename = new("UPDATE Unit SET Name = @name WHERE Code = @unit");

        public async Task<ListUnits.Found> Handle(Command request, CancellationToken cancellationToken)
        {
            var (unit, name) = (request.Unit!.Value, request.Name!.Trim());
            await db.ExecuteAsync(Hold, new { unit }, cancellationToken);
            var before = await UnitRows.ReadAsync(db, unit, cancellationToken);
            if (before.Name == name)
                return before;

            await db.ExecuteAsync(Rename, new { unit, name }, cancellationToken);
            await audit.ChangedAsync(nameof(RenameUnit), unit, unit.Value, new { before.Name }, new { name }, cancellationToken);
            return before with { Name = name };
        }
    }
}
