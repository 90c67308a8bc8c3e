using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.TextBlocks;

/// <summary>The text blocks that the cases of a unit are offered: its own and those of the units above it.</summary>
public static class ListTextBlocks
{
    /// <param name="Unit">The unit.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Query(UnitCode? Unit) : IQuery<IReadOnlyList<Block>>, IUnitMessage;

    /// <summary>A text block.</summary>
    public sealed record Block
    {
        public Guid Id { get; init; }
        public UnitCode UnitCode { get; init; }
        public string UnitName { get; init; } = "";
        public TextBlockKind Kind { get; init; }
        public string Title { get; init; } = "";
        public string Body { get; init; } = "";
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Unit).NotNull();
    }

    internal sealed class Handler(Db db) : IRequestHandler<Query, IReadOnlyList<Block>>
    {
        // The nearest unit's first.
        private static readonly Sql Find = new("""
            SELECT b.Id, b.UnitCode, u.Name AS UnitName, b.Kind, b.Title, b.Body FROM TextBlock b JOIN Unit u ON u.Code = b.UnitCode
            WHERE b.UnitCode IN {codes path} ORDER BY b.UnitCode DESC, b.Kind, b.Title, b.Id
            """);

        public async Task<IReadOnlyList<Block>> Handle(Query query, CancellationToken cancellationToken)
        {
            var batch = db.Batch();
            var blocks = Ask(batch, query.Unit!.Value);
            await batch.RunAsync(cancellationToken);
            return blocks;
        }

        /// <summary>Asks for them in a batch.</summary>
        internal static Rows<Block> Ask(ReadBatch batch, UnitCode unit) => batch.Read<Block>(Find, new { path = unit.SelfAndAncestors });
    }
}
