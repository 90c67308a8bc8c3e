using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Tests.Data;

/// <summary>The rows a data test needs around what it is about.</summary>
internal static class TestRows
{
    public static readonly UnitCode City = new("9901");

    /// <summary>The hash before a journal's first line.</summary>
    public static readonly HexHash NoHash = new(new string('0', 64));

    private static readonly Sql AddUnit = new(
        "INSERT INTO Unit (Code, Name, [Level], ParentCode) SELECT @Code, @Name, @Level, @Parent WHERE NOT EXISTS (SELECT 1 FROM Unit WHERE Code = @Code)");

    private static readonly Sql AddCase = new(
        """
        INSERT INTO DisputeCase (Id, Number, Version, State, Title, Category, Source, Urgency, Scale, PlaceUnitCode, Risk,
            OriginUnitCode, HolderUnitCode, RegisteredAt, RegisteredBy, LastEventSequence, LastEventHash)
        VALUES (@Id, @Number, 1, @State, 'A wall', @Category, @Source, @Urgency, @Scale, @Unit, @Risk, @Unit, @Unit, @At, 'grid1', 0, @Hash)
        """);

    public static async Task<Guid> AddCaseAsync(Db db)
    {
        await db.ExecuteAsync(AddUnit, new { Code = City, Name = "示范市", City.Level, City.Parent });
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await db.ExecuteAsync(AddCase, new
        {
            Id = id, Number = id.ToString("N")[..30], State = CaseState.Registered, Category = Category.Neighbours, Source = Source.Patrol,
            Urgency = Urgency.Normal, Scale = Scale.Individual, Unit = City, Risk = Risk.Green, At = now, Hash = NoHash,
        });
        return id;
    }
}
