using GridCases.Data;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Demo;

/// <summary>The demo's city against the contract, written out here as api.md has it.</summary>
[OnBothDatabases]
public class DemoCityTests(Store store)
{
    private const Role Head = Role.GridHead, Officer = Role.CentreOfficer, Lead = Role.Supervisor;

    private static readonly (string UserName, Role Role, string Unit)[] Contract =
    [
        ("grid1", Head, "990101001001001"),
        ("grid2", Head, "990101001001002"),
        ("village1", Officer, "990101001001"),
        ("village1.lead", Lead, "990101001001"),
        ("town1", Officer, "990101001"),
        ("town1.lead", Lead, "990101001"),
        ("district1", Officer, "990101"),
        ("district1.lead", Lead, "990101"),
        ("city.lead", Lead, "9901"),
        ("mediator.p1", Role.Mediator, "990101001"),
        ("mediator.a1", Role.Mediator, "990101"),
        ("mediator.j1", Role.Mediator, "990101"),
        ("admin", Role.Administrator, "9901"),
        ("auditor", Role.Auditor, "9901"),
        ("grid9", Head, "990102001001001"),
        ("village9", Officer, "990102001001"),
        ("town9", Officer, "990102001"),
        ("town9.lead", Lead, "990102001"),
        ("mediator.p9", Role.Mediator, "990102001"),
    ];

    private static readonly (string Mediator, MediationTrack Track, string Unit)[] Mediators =
    [
        ("mediator.p1", MediationTrack.Peoples, "990101001"),
        ("mediator.a1", MediationTrack.Administrative, "990101"),
        ("mediator.j1", MediationTrack.Judicial, "990101"),
        ("mediator.p9", MediationTrack.Peoples, "990102001"),
    ];

    private static readonly Sql Units = new("SELECT [Code] FROM [Unit] ORDER BY [Code]");
    private static readonly Sql Organisations = new("SELECT [Track], [UnitCode] AS [Unit] FROM [Organisation]");
    private static readonly Sql CountUsers = new("SELECT COUNT(*) FROM [AppUser]");
    private static readonly Sql CountCases = new("SELECT COUNT(*) FROM [DisputeCase]");
    private static readonly Sql Roles = new(
        """
        SELECT u.[UserName], r.[Role], r.[UnitCode] AS [Unit], o.[Track], o.[UnitCode] AS [OrganisationUnit]
        FROM [AppUser] u JOIN [RoleAssignment] r ON r.[UserId] = u.[Id] LEFT JOIN [Organisation] o ON o.[Id] = r.[OrganisationId]
        """);

    private StartedApplication _application = null!;

    [OneTimeSetUp]
    public async Task Build()
    {
        _application = await StartedApplication.OnAnEmptyFolderAsync(store, new(2026, 2, 2, 1, 0, 0, TimeSpan.Zero));
        await _application.SendAsync(new SeedDemo.Command { WithCases = false });
    }

    [OneTimeTearDown]
    public ValueTask Remove() => _application.DisposeAsync();

    [Test]
    public async Task Units_are_two_districts_of_two_townships_of_three_villages_of_three_grids()
    {
        List<string> expected = ["9901"];
        foreach (var district in (string[])["990101", "990102"])
        {
            expected.Add(district);
            foreach (var township in (string[])[$"{district}001", $"{district}002"])
            {
                expected.Add(township);
                foreach (var village in (string[])[$"{township}001", $"{township}002", $"{township}003"])
                    expected.AddRange([village, $"{village}001", $"{village}002", $"{village}003"]);
            }
        }

        await using var db = _application.NewDb();
        Assert.That(await db.QueryAsync<string>(Units), Is.EquivalentTo(expected));
    }

    [Test]
    public async Task Each_district_mediates_on_all_tracks_and_each_township_has_a_peoples_committee()
    {
        await using var db = _application.NewDb();
        var organisations = (await db.QueryAsync<OrganisationRow>(Organisations)).Select(o => (o.Track, o.Unit.Value));

        Assert.That(organisations, Is.EquivalentTo((
            from unit in (string[])["990101", "990102", "990101001", "990101002", "990102001", "990102002"]
            from track in Enum.GetValues<MediationTrack>()
            where unit.Length == 6 || track is MediationTrack.Peoples
            select (track, unit)).Concat([(MediationTrack.Administrative, "990101"), (MediationTrack.Peoples, "990101"), (MediationTrack.Peoples, "990101001")])),
            "and one has a mediation room of the public-security bureau, a social organisation and, in a township, volunteers");
    }

    [Test]
    public async Task Users_are_those_of_the_contract()
    {
        var roles = await RolesAsync();

        Assert.Multiple(() =>
        {
            foreach (var (userName, role, unit) in Contract)
                Assert.That(roles.Where(r => r.UserName == userName).Select(r => (r.Role, r.Unit.Value)), Is.EqualTo([(role, unit)]), userName);

            foreach (var (userName, track, unit) in Mediators)
                Assert.That(roles.Where(r => r.UserName == userName).Select(r => (r.Track, r.OrganisationUnit?.Value)), Is.EqualTo([((MediationTrack?)track, unit)]), userName);
        });
    }

    [Test]
    public async Task Supervisors_serve_only_where_the_contract_has_them()
    {
        var supervisors = (await RolesAsync()).Where(r => r.Role is Role.Supervisor).Select(r => r.Unit.Value);

        Assert.That(supervisors, Is.EquivalentTo(["9901", "990101", "990101001", "990102001", "990101001001"]));
    }

    [Test]
    public async Task Every_grid_has_a_head_and_an_assistant_and_every_centre_an_officer()
    {
        await using var db = _application.NewDb();
        var units = (await db.QueryAsync<string>(Units)).Select(u => new UnitCode(u)).ToList();
        var roles = await RolesAsync();

        Assert.Multiple(() =>
        {
            Assert.That(roles.Where(r => r.Role is Head).Select(r => r.Unit), Is.EquivalentTo(units.Where(u => u.Level is UnitLevel.Grid)));
            Assert.That(roles.Where(r => r.Role is Role.GovernanceAssistant).Select(r => r.Unit), Is.EquivalentTo(units.Where(u => u.Level is UnitLevel.Grid)));
            Assert.That(roles.Where(r => r.Role is Officer).Select(r => r.Unit), Is.EquivalentTo(units.Where(u => u.Level is > UnitLevel.City and < UnitLevel.Grid)));
        });
    }

    [TestCase("grid1")]
    [TestCase("mediator.p9")]
    [TestCase("assistant.990102002003003")]
    public async Task Everybody_signs_in_with_demo(string userName) =>
        Assert.That((await _application.SendAsync(new SignIn.Command { UserName = userName, Password = "demo" }, Caller.Anonymous)).UserName, Is.EqualTo(userName));

    [Test]
    public async Task Seeding_twice_adds_nothing()
    {
        await using var db = _application.NewDb();
        var users = await db.QuerySingleAsync<long>(CountUsers);

        Assert.That(await _application.SendAsync(new SeedDemo.Command()), Is.False);
        Assert.That(await db.QuerySingleAsync<long>(CountUsers), Is.EqualTo(users));
        Assert.That(await db.QuerySingleAsync<long>(CountCases), Is.Zero, "the city was asked for without cases");
    }

    private async Task<IReadOnlyList<RoleRow>> RolesAsync()
    {
        await using var db = _application.NewDb();
        return await db.QueryAsync<RoleRow>(Roles);
    }

    private sealed record OrganisationRow
    {
        public MediationTrack Track { get; init; }
        public UnitCode Unit { get; init; }
    }

    private sealed record RoleRow
    {
        public string UserName { get; init; } = "";
        public Role Role { get; init; }
        public UnitCode Unit { get; init; }
        public MediationTrack? Track { get; init; }
        public UnitCode? OrganisationUnit { get; init; }
    }
}
