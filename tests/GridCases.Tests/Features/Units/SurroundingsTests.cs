using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Units;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Units;

/// <summary>Where units lie, told from where their disputes were located.</summary>
[OnBothDatabases]
public class SurroundingsTests(Store store)
{
    private static readonly UnitCode First = new("990101001001001"), Second = new("990101001001002");
    private City _city = null!;

    [SetUp]
    public async Task Make() => _city = await City.NewAsync(store);

    [TearDown]
    public async Task Remove() => await _city.DisposeAsync();

    [Test]
    public async Task A_unit_lies_in_the_middle_of_five_disputes_and_of_fewer_nothing_is_told()
    {
        for (var i = 0; i < GetSurroundings.FewestCases; i++)
        {
            Assert.That((await AskAsync("village1")).Units, Is.Empty, $"{i} disputes");
            await RegisterAsync("grid1", First, 43.8 + (i * 0.001), 125.3);
        }

        for (var i = 1; i < GetSurroundings.FewestCases; i++)
            await RegisterAsync("grid2", Second, 43.8, 125.32);

        var found = await AskAsync("village1");
        Assert.That(found.Units.Select(u => (u.Code, u.Latitude, u.Longitude)), Is.EqualTo(new[] { (First, 43.802, 125.3) }), "rounded; of the other one four are not enough");
        await RegisterAsync("grid2", Second, 43.8, 125.32);
        found = await AskAsync("grid1", longitude: 125.319);
        Assert.That(found.Units.Select(u => u.Code), Is.EqualTo(new[] { First, Second }), "who serves in the unit is told of its neighbours");
        Assert.That(found.Doubt!.Nearer, Is.EqualTo(Second));
    }

    [Test]
    public async Task Somebody_who_does_not_serve_there_is_told_nothing()
    {
        for (var i = 0; i < GetSurroundings.FewestCases; i++)
            await RegisterAsync("grid1", First, 43.8, 125.3);
        Assert.That((await AskAsync("grid1")).Units, Has.Count.EqualTo(1));
        Assert.That((await AskAsync("grid2")).Units, Is.Empty);
        Assert.That((await AskAsync("grid9")).Units, Is.Empty);
    }

    private Task<GetSurroundings.Result> AskAsync(string user, double longitude = 125.3) => _city.AsAsync(user, new GetSurroundings.Query(First, 43.8, longitude));

    private Task<CaseView> RegisterAsync(string user, UnitCode unit, double latitude, double longitude) => _city.AsAsync(user, new RegisterCase.Command
    {
        Title = "Cocks crow at four",
        Category = Category.Neighbours,
        Source = Source.Patrol,
        Place = new RegisterCase.PlaceInput(unit, null, latitude, longitude),
        Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "Zhang San", null, null, null, null)],
    });
}
