using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.TextBlocks;

/// <summary>Removes one of a unit's text blocks; what was inserted from it stays where it is.</summary>
public static class RemoveTextBlock
{
    /// <param name="Unit">Whose it is.</param>
    /// <param name="BlockId">Which one.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Command(UnitCode? Unit, Guid BlockId) : ICommand<bool>, IUnitMessage;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Unit).NotNull();
    }

    internal sealed class Handler(Db db, ReadAudit audit) : IRequestHandler<Command, bool>
    {
        private static readonly Sql Remove = new("DELETE FROM TextBlock WHERE Id = @BlockId AND UnitCode = @unit");

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.ExecuteAsync(Remove, new { request.BlockId, unit = request.Unit!.Value }, cancellationToken) == 0)
                return false;
            await audit.ChangedAsync(nameof(RemoveTextBlock), null, request.BlockId.ToString(), new { unit = request.Unit.Value.Value }, null, cancellationToken);
            return true;
        }
    }
}
