using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Tests.Data;

/// <summary>A server may choose a reader as the victim of a deadlock, outside of a transaction too.</summary>
[TestFixtureSource(nameof(Servers))]
public sealed class DeadlockTests(Store store) : DataFixture(store)
{
    public static IEnumerable<TestFixtureData> Servers => [OnBothDatabasesAttribute.Run(Store.SqlServer)];

    private static readonly Sql AddSerial = new("INSERT INTO CaseNumber (DistrictCode, [Year], LastSerial) VALUES (@District, @Year, 0)");
    private static readonly Sql Years = new("SELECT [Year] FROM CaseNumber");

    [Test]
    public async Task A_read_that_lost_against_others_is_read_again()
    {
        await using var db = NewDb();
        var tries = 0;

        Assert.That(await db.SnapshotAsync(() => ++tries < 3 ? throw SqlServerErrorTests.Error(1205) : Task.FromResult(5)), Is.EqualTo(5));
        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public async Task A_decision_that_lost_while_it_read_is_made_anew_and_written_once()
    {
        await using var db = NewDb();
        var tries = 0;
        await db.ReadThenWriteAsync(async () =>
        {
            await db.WriteAsync([new Write(AddSerial, new { District = new UnitCode("990101"), Year = ++tries })]);
            return tries < 2 ? throw SqlServerErrorTests.Error(1205) : true;
        });

        Assert.That(tries, Is.EqualTo(2));
        Assert.That(await db.QueryAsync<int>(Years), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task A_read_that_loses_again_and_again_is_given_up_after_three_times()
    {
        await using var db = NewDb();
        var tries = 0;

        var error = Assert.ThrowsAsync<StorageUnavailable>(() => db.SnapshotAsync<int>(() =>
        {
            tries++;
            throw SqlServerErrorTests.Error(1205);
        }));

        Assert.That((tries, error!.IsMomentary), Is.EqualTo((3, true)));
    }
}
