using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.TextBlocks;

/// <summary>Adds a text block to a unit, or changes one of its own.</summary>
public static class SaveTextBlock
{
    /// <summary>As many as a unit can have: more nobody finds again.</summary>
    private const int Most = 50;

    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<Guid>, IUnitMessage
    {
        /// <summary>Whose it is.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>Which one is changed; null adds one.</summary>
        public Guid? BlockId { get; init; }

        public TextBlockKind? Kind { get; init; }

        /// <summary>What it is found by, in up to 60 characters.</summary>
        public string? Title { get; init; }

        /// <summary>What is inserted, in up to 1,000 characters.</summary>
        public string? Body { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Unit).NotNull();
            RuleFor(c => c.Kind).NotNull().IsInEnum();
            RuleFor(c => c.Title).RequiredText(60);
            RuleFor(c => c.Body).RequiredText(1000);
        }
    }

    internal sealed class Handler(Db db, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, Guid>
    {
        private static readonly Sql Count = new("SELECT COUNT(*) FROM TextBlock WHERE UnitCode = @unit");
        private static readonly Sql Add = new("INSERT INTO TextBlock (Id, UnitCode, Kind, Title, Body) VALUES (@id, @unit, @kind, @title, @body)");
        private static readonly Sql Change = new("UPDATE TextBlock SET Kind = @kind, Title = @title, Body = @body WHERE Id = @id AND UnitCode = @unit");

        public async Task<Guid> Handle(Command request, CancellationToken cancellationToken)
        {
            var row = new { id = request.BlockId ?? Guid.CreateVersion7(time.GetUtcNow()), unit = request.Unit!.Value, kind = request.Kind!.Value, title = request.Title!.Trim(), body = request.Body!.Trim() };
            if (request.BlockId is null)
            {
                if (await db.QuerySingleAsync<int>(Count, row, cancellationToken) >= Most)
                    throw new InvalidInput("title", Text.Field("TooMany", Most));
                await db.ExecuteAsync(Add, row, cancellationToken);
            }
            else if (await db.ExecuteAsync(Change, row, cancellationToken) == 0)
            {
                throw new NotFound("text block");
            }

            await audit.ChangedAsync(nameof(SaveTextBlock), null, row.id.ToString(), null, new { unit = row.unit.Value, row.kind, row.title }, cancellationToken);
            return row.id;
        }
    }
}
