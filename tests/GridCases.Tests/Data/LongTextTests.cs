using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>Texts that fill many of a driver's packets come back as they were written.</summary>
[OnBothDatabases]
public sealed class LongTextTests(Store store) : DataFixture(store)
{
    private static readonly Sql AddLine = new(
        """
        INSERT INTO CaseEvent (CaseId, Sequence, [At], ByUser, [Action], DataJson, PreviousHash, Hash)
        VALUES (@Id, @Sequence, @At, 'grid1', 'Comment', @Data, @Hash, @Hash)
        """);

    private static readonly Sql ReadLines = new("SELECT Sequence, DataJson FROM CaseEvent WHERE CaseId = @Id ORDER BY Sequence");

    [Test]
    public async Task A_journal_of_long_lines_is_read_whole()
    {
        await using var db = NewDb();
        var id = await TestRows.AddCaseAsync(db);
        var written = Enumerable.Range(1, 60).Select(n => new string('水', n * 977 % 30_000)).ToList();
        for (var n = 0; n < written.Count; n++)
            await db.ExecuteAsync(AddLine, new { id, Sequence = n + 1, At = TimeProvider.System.GetUtcNow(), Data = written[n], Hash = TestRows.NoHash });

        for (var tries = 0; tries < 5; tries++)
        {
            var read = await db.QueryAsync<Line>(ReadLines, new { id });
            Assert.That(read.Select(r => r.DataJson), Is.EqualTo(written));
        }
    }

    private sealed record Line
    {
        public int Sequence { get; init; }

        public string DataJson { get; init; } = "";
    }
}
