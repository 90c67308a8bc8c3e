using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Features.People;
using GridCases.Features.Units;
using GridCases.Features.Users;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Users;

/// <summary>What administrators look up, and what is forgotten about sign-ins.</summary>
[OnBothDatabases]
public class AdministrationTests(Store store)
{
    private static readonly Sql EndRole = new("UPDATE RoleAssignment SET ToDate = @day WHERE UserId = (SELECT Id FROM AppUser WHERE UserName = @userName)");
    private static readonly Sql CountTokens = new("SELECT COUNT(*) FROM RefreshToken");
    private static readonly Sql CountFailures = new("SELECT COUNT(*) FROM SignInFailure");
    private static readonly Sql CountSessions = new("SELECT COUNT(*) FROM UserSession");

    private City _city = null!;

    [OneTimeSetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [OneTimeTearDown]
    public async Task Remove() => await _city.DisposeAsync();

    [Test]
    public async Task An_administrator_sees_every_user_of_the_subtree_with_past_roles_marked()
    {
        await using (var db = _city.Application.NewDb())
            await db.ExecuteAsync(EndRole, new { userName = "town9", day = new DateOnly(2026, 2, 1) });

        var users = (await SendAsync(new ListUsers.Query { Limit = 200 }, "admin")).Items;

        Assert.That(users.Select(u => u.UserName), Is.SupersetOf(new[] { "grid1", "town1", "mediator.p9", "admin", "auditor" }));
        Assert.That(users.Single(u => u.UserName == "town9").Roles.Single(), Has.Property("State").EqualTo(RoleState.Over).And.Property("To").EqualTo(new DateOnly(2026, 2, 1)));
        var mediator = users.Single(u => u.UserName == "mediator.p1").Roles.Single();
        Assert.That((mediator.Role, mediator.State), Is.EqualTo((Role.Mediator, RoleState.Held)));
        Assert.That(mediator.OrganisationName, Is.Not.Empty);
    }

    [TestCase("town1.lead")]
    [TestCase("auditor")]
    public async Task Nobody_else_sees_the_users(string userName)
    {
        var caller = await _city.PersonAsync(userName);

        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new ListUsers.Query { Limit = 200 }, caller));
    }

    [Test]
    public async Task An_administrator_and_an_auditor_read_policies_and_calendar()
    {
        foreach (var reader in new[] { "admin", "auditor" })
        {
            Assert.That(await SendAsync(new ListPolicies.Query(), reader), Has.Count.EqualTo(DefaultPolicies.All.Count));
            var years = await SendAsync(new GetCalendar.Query(), reader);
            Assert.That(years.Select(y => y.Year), Is.EqualTo(new[] { 2026, 2025 }));
            Assert.That(years[0].RestDays, Does.Contain(new GetCalendar.Range(new DateOnly(2026, 2, 15), new DateOnly(2026, 2, 23))));
            Assert.That(years[0].MakeUpWorkdays, Does.Contain(new DateOnly(2026, 2, 14)));
        }

        var officer = await _city.PersonAsync("village1");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new ListPolicies.Query(), officer));
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new GetCalendar.Query(), officer));
    }

    [Test]
    public async Task Units_are_found_by_a_part_of_the_name_or_the_beginning_of_the_code()
    {
        var grids = await SendAsync(new ListUnits.Query { Text = "990101001002" }, "town1");
        Assert.That(grids.Items.Select(u => u.Code.Value), Is.EqualTo(new[] { "990101001002", "990101001002001", "990101001002002", "990101001002003" }));
        Assert.That(grids.Items[1].ParentName, Is.EqualTo(grids.Items[0].Name));

        var byName = await SendAsync(new ListUnits.Query { Text = grids.Items[0].Name[1..] }, "town1");
        Assert.That(byName.Items.Select(u => u.Code), Does.Contain(grids.Items[0].Code));
        Assert.That((await SendAsync(new ListUnits.Query { Text = "%" }, "town1")).Items, Is.Empty);
    }

    [Test]
    public async Task Tokens_past_their_end_sessions_a_month_later_and_old_failures_are_removed_by_the_nightly_job()
    {
        await SendAsAnybodyAsync(new SignIn.Command { UserName = "grid1", Password = "demo", WithRefreshToken = true });
        Assert.ThrowsAsync<NotSignedIn>(() => SendAsAnybodyAsync(new SignIn.Command { UserName = "grid2", Password = "wrong" }));
        await _city.Application.SendAsync(new PurgeExpired.Command());
        Assert.That(await CountAsync(), Is.EqualTo((1, 1, 5)), "tries of either name here and anywhere, and of anybody here");

        await PurgeAfterAsync(days: 2);
        Assert.That(await CountAsync(), Is.EqualTo((1, 1, 0)));

        await PurgeAfterAsync(days: 13);
        Assert.That(await CountAsync(), Is.EqualTo((0, 1, 0)));

        await PurgeAfterAsync(days: 44);
        Assert.That((await CountAsync()).Sessions, Is.EqualTo(1), "its last day was a month ago less one");
        await PurgeAfterAsync(days: 2);
        Assert.That((await CountAsync()).Sessions, Is.Zero);
    }

    private async Task PurgeAfterAsync(int days)
    {
        _city.Application.Machine.Now += TimeSpan.FromDays(days);
        await _city.Application.SendAsync(new PurgeExpired.Command());
    }

    private async Task<T> SendAsync<T>(MediatR.IRequest<T> message, string userName) => await _city.Application.SendAsync(message, await _city.PersonAsync(userName));

    private Task<SignIn.Result> SendAsAnybodyAsync(SignIn.Command command) => _city.Application.SendAsync(command, Caller.Anonymous);

    private async Task<(int Tokens, int Sessions, int Failures)> CountAsync()
    {
        await using var db = _city.Application.NewDb();
        return (await db.QuerySingleAsync<int>(CountTokens), await db.QuerySingleAsync<int>(CountSessions), await db.QuerySingleAsync<int>(CountFailures));
    }
}
