using System.Globalization;
using GridCases.Benchmarks;
using GridCases.Benchmarks.City;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Features.Statistics;
using GridCases.Jobs;
using GridCases.Pipeline;

namespace GridCases.Tests.Benchmarks;

/// <summary>The city that is measured is one in which the application could go on working.</summary>
public class CityMakerTests
{
    private const int Cases = 200;

    [Test]
    public async Task A_made_city_verifies_has_nothing_left_to_do_and_goes_on_with_the_next_number()
    {
        var plan = new CityPlan(districts: 2, townships: 6, villages: 18, grids: 54);
        var folder = System.IO.Directory.CreateTempSubdirectory("gridcases-city-").FullName;
        try
        {
            Assert.That(() => CityMaker.MakeAsync(folder, plan, Cases, new InterruptedAt("index")), Throws.InstanceOf<IOException>());
            var now = await CityMaker.MakeAsync(folder, plan, Cases, TextWriter.Null);

            await using var application = await Application.StartAsync(folder, now);
            var audit = await application.SendAsync(new VerifyAudit.Query());
            Assert.That(audit.Findings, Is.Empty);
            Assert.That(audit.Cases, Is.EqualTo(Cases));
            Assert.That(audit.Lines, Is.GreaterThan(4 * Cases));
            Assert.That(audit.Signatures, Is.Positive);
            var recount = await application.SendAsync(new RecountStatistics.Command(Repair: false));
            Assert.That((recount.Sums.Count, recount.Gaps.Count), Is.EqualTo((0, 0)));
            Assert.That(await application.SendAsync(new RecomputeClocks.Command()), Is.EqualTo(new RecomputeClocks.Result(0, 0)));
            Assert.That(await application.SendAsync(new SweepEscalations.Command()), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));

            using var store = new Store(folder);
            Assert.That(store.Query("PRAGMA foreign_key_check"), Is.Empty);
            Assert.That(store.Query("SELECT DISTINCT State FROM DisputeCase"), Has.Count.GreaterThan(8));
            Assert.That(store.Number("SELECT COUNT(*) FROM CaseSearch"), Is.EqualTo(Cases), "all can be found");
            Assert.That(store.Number("SELECT COUNT(*) FROM Unit"), Is.EqualTo(1 + 2 + 6 + 18 + 54));
            Assert.That(store.Number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND name = 'IX_DisputeCase_Ended'"), Is.EqualTo(1));
            var last = store.Query("SELECT MAX(Number) FROM DisputeCase WHERE Number LIKE $p0", $"990101{LocalTime.Day(now).Year}-%")[0][0];
            Assert.That(await RegisterAsync(application, store), Is.EqualTo(Next((string)last!)));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void What_lies_around_a_place_lies_around_the_place_it_is_moved_to()
    {
        var plan = CityPlan.Whole;
        const string from = "990101001002003", to = "990112014011006";

        Assert.That(plan.Grids, Has.Count.EqualTo(13_676).And.Contains(to));
        Assert.That(new[] { from, from[..12], from[..9], from[..6], "9901" }.Select(unit => plan.Moved(unit, from, to)), Is.EqualTo(new[] { to, to[..12], to[..9], to[..6], "9901" }));
        Assert.That(plan.Moved("990101001002001", from, to), Does.StartWith(to[..12]).And.Not.EqualTo(to), "a grid of the same village");
        Assert.That(plan.Moved("990101002", from, to), Does.StartWith(to[..6]).And.Not.EqualTo(to[..9]), "a township of the same district");
        Assert.That(plan.Units, Does.Contain(plan.Moved("990102001001001", from, to)));
    }

    private static async Task<string> RegisterAsync(Application application, Store store)
    {
        var head = new Caller
        {
            UserId = Guid.Parse((string)store.Query("SELECT Id FROM AppUser WHERE UserName = 'grid1'")[0][0]!),
            UserName = "grid1",
            Roles = [new RoleInUnit(Role.GridHead, new UnitCode("990101001001001"), null)],
        };
        var registered = await application.SendAsync(
            new RegisterCase.Command
            {
                Title = "宅基地界址",
                Category = Category.Neighbours,
                Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), null, null, null),
                Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null)],
            },
            head);
        return registered.Number;
    }

    private static string Next(string number) => $"{number[..11]}{int.Parse(number[11..], CultureInfo.InvariantCulture) + 1:000000}";

    /// <summary>Ends the making where this is said for the first time, as if it were killed there.</summary>
    private sealed class InterruptedAt(string word) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value!.Contains(word, StringComparison.Ordinal))
                throw new IOException("Killed.");
        }
    }
}
