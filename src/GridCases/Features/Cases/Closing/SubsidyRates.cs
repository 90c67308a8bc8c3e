using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The subsidy's rates as they are stored. A fresh installation has none, and grants nothing until somebody sets one.</summary>
public sealed class SubsidyRates(Db db)
{
    private static readonly Sql Find = new("SELECT Id, EffectiveFrom, EffectiveTo, Form, Category, Amount FROM SubsidyRate ORDER BY EffectiveFrom DESC, Id DESC");
    private static readonly Sql Insert = new("""
        INSERT INTO SubsidyRate (Id, EffectiveFrom, EffectiveTo, Form, Category, Amount) VALUES (@Id, @EffectiveFrom, @EffectiveTo, @Form, @Category, @Amount)
        """);

    /// <summary>All of them, those that begin last first.</summary>
    public async Task<IReadOnlyList<SubsidyRate>> AllAsync(CancellationToken cancellationToken) =>
        [.. (await db.QueryAsync<Row>(Find, null, cancellationToken)).Select(r => new SubsidyRate(r.Id, r.EffectiveFrom, r.EffectiveTo, r.Form, r.Category, r.Amount))];

    public static Task AddAsync(Db db, SubsidyRate rate, CancellationToken cancellationToken) => db.ExecuteAsync(Insert, rate, cancellationToken);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public DateOnly EffectiveFrom { get; init; }
        public DateOnly? EffectiveTo { get; init; }
        public AgreementForm? Form { get; init; }
        public Category? Category { get; init; }
        public decimal Amount { get; init; }
    }
}
