using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Installation;
using GridCases.Features.Rules;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using Microsoft.Extensions.Options;

namespace GridCases.Tests.Features.Installation;

[OnBothDatabases]
public class InstallationTests(Store store)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    private static readonly (string, string)[] First =
    [
        ("GridCases:FirstAdministrator:UserName", "root"),
        ("GridCases:FirstAdministrator:Password", "a long enough password"),
        ("GridCases:FirstAdministrator:CityCode", "9902"),
        ("GridCases:FirstAdministrator:CityName", "某市"),
    ];

    private static readonly Sql CountUsers = new("SELECT COUNT(*) FROM [AppUser]");
    private static readonly Sql CountYears = new("SELECT COUNT(*) FROM [CalendarYear]");
    private static readonly Sql CountUnits = new("SELECT COUNT(*) FROM [Unit]");

    [Test]
    public async Task The_stored_policies_and_calendars_are_the_ones_that_come_with_the_program()
    {
        await using var application = await StartedApplication.OnAnEmptyFolderAsync(store, Now);
        await using var db = application.NewDb();
        var rules = new Rulebook(db, new CurrentCaller(), application.Time, new RulesCache());

        var policies = await rules.PoliciesAsync(default);
        var calendar = await rules.CalendarAsync(default);

        foreach (var expected in DefaultPolicies.All)
        {
            var stored = policies.ById(expected.Id);
            Assert.That(stored with { LaterLevels = expected.LaterLevels }, Is.EqualTo(expected));
            Assert.That(stored.LaterLevels, Is.EqualTo(expected.LaterLevels));
        }

        Assert.Multiple(() =>
        {
            Assert.That(policies.All, Has.Count.EqualTo(DefaultPolicies.All.Count));
            Assert.That(calendar.IsLoaded(2025) && calendar.IsLoaded(2026), Is.True);
            Assert.That(calendar.IsWorkingDay(new DateOnly(2026, 10, 10)), Is.True, "a Saturday that is worked");
            Assert.That(calendar.IsWorkingDay(new DateOnly(2026, 10, 7)), Is.False, "National Day");
        });
    }

    [Test]
    public async Task Starting_again_adds_nothing()
    {
        await using var application = await StartedApplication.OnAnEmptyFolderAsync(store, Now, First);

        Assert.That(await application.SendAsync(new LoadRules.Command()), Is.EqualTo(new LoadRules.Result(0, [])).UsingPropertiesComparer());
        await using var again = await application.RestartedAsync([("GridCases:FirstAdministrator:UserName", "second"), .. First[1..]]);

        await using var db = again.NewDb();
        Assert.That(await db.QuerySingleAsync<long>(CountUsers), Is.EqualTo(1));
        Assert.That(await db.QuerySingleAsync<long>(CountYears), Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task Without_configuration_nobody_is_made()
    {
        await using var application = await StartedApplication.OnAnEmptyFolderAsync(store, Now);

        await using var db = application.NewDb();
        Assert.That(await db.QuerySingleAsync<long>(CountUsers) + await db.QuerySingleAsync<long>(CountUnits), Is.Zero);
    }

    [Test]
    public async Task The_configured_first_administrator_can_sign_in_and_administers_the_city()
    {
        await using var application = await StartedApplication.OnAnEmptyFolderAsync(store, Now, First);

        var signedIn = await application.SendAsync(new SignIn.Command { UserName = "root", Password = "a long enough password" }, Caller.Anonymous);

        await using var db = application.NewDb();
        var found = await new Callers(db, application.Time, application.Machine, Options.Create(new SignIn.Settings())).FindAsync(signedIn.SessionId, default);
        Assert.That(found!.Caller.Roles, Is.EqualTo([new RoleInUnit(Role.Administrator, new UnitCode("9902"))]));
    }

    [Test]
    public void A_first_administrator_without_a_city_or_with_a_password_that_the_rules_refuse_stops_the_start()
    {
        Assert.ThrowsAsync<InvalidInput>(() => StartedApplication.OnAnEmptyFolderAsync(store, Now, First[..2]));
        foreach (var password in new[] { "short", "password1234" })
            Assert.ThrowsAsync<InvalidInput>(() => StartedApplication.OnAnEmptyFolderAsync(store, Now, [First[0], ("GridCases:FirstAdministrator:Password", password), .. First[2..]]), password);
    }
}
