using GridCases.Data;
using GridCases.Features.Cases;
using GridCases.Features.Installation;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Installation;

/// <summary>Cases from before there was an index for the search.</summary>
[OnBothDatabases]
public sealed class FillSearchTests(Store store)
{
    private static readonly Sql ForgetWords = Sql.Per(
        sqlServer: "DELETE FROM CaseGram; DELETE FROM CaseSearch",
        sqlite: "INSERT INTO CaseGram (CaseGram) VALUES ('delete-all'); DELETE FROM CaseSearch");

    private static readonly Sql StartAgain = new("UPDATE Backfill SET LastId = @last, DoneAt = NULL WHERE Name = 'CaseSearch'");
    private static readonly Sql Keys = new("SELECT c.Id FROM DisputeCase c JOIN CaseSearch s ON s.CaseId = c.Id ORDER BY s.SearchKey");

    private City _city = null!;

    [SetUp]
    public async Task Found_a_city() => _city = await City.NewAsync(store);

    [TearDown]
    public async Task Leave() => await _city.DisposeAsync();

    [Test]
    public async Task Are_found_after_a_start_and_the_newest_first()
    {
        var cases = new List<Guid>();
        for (var minute = 0; minute < 3; minute++)
        {
            _city.At(2, 2, 10, minute);
            cases.Add((await _city.SubmittedAsync()).Id);
        }

        var db = _city.Application.NewDb();
        await db.ExecuteAsync(ForgetWords);
        await db.ExecuteAsync(StartAgain, new { last = (Guid?)null });
        Assert.That(await FoundAsync(), Is.Empty);

        Assert.That(await _city.Application.SendAsync(new FillSearch.Command()), Is.EqualTo(3));

        cases.Reverse();
        Assert.That(await FoundAsync(), Is.EqualTo(cases));
        Assert.That(await _city.Application.SendAsync(new FillSearch.Command()), Is.Zero, "done once");

        async Task<IEnumerable<Guid>> FoundAsync() => (await _city.AsAsync("town1", new ListCases.Query { Q = "宅基地" })).Items.Select(i => i.Id);
    }

    /// <summary>A start that was killed left a batch done; what was registered meanwhile is there already.</summary>
    [Test]
    public async Task Are_gone_on_with_where_a_killed_start_left_off()
    {
        var first = await _city.SubmittedAsync();
        await _city.Application.NewDb().ExecuteAsync(StartAgain, new { last = (Guid?)null });
        Assert.That(await _city.Application.SendAsync(new FillSearch.Command()), Is.Zero);
        Assert.That(await _city.Application.NewDb().QueryAsync<Guid>(Keys), Is.EqualTo(new[] { first.Id }));
    }

    [Test]
    public async Task Of_one_instant_have_each_a_place_of_their_own()
    {
        for (var i = 0; i < 20; i++)
            await _city.SubmittedAsync();
        Assert.That((await _city.Application.NewDb().QueryAsync<Guid>(Keys)).Distinct().Count(), Is.EqualTo(20));
    }
}
