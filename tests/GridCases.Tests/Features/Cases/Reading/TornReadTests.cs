using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Work;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>What one message reads is of one moment, however much is written meanwhile.</summary>
[OnBothDatabases]
public class TornReadTests(Store store)
{
    // Every round has a case of its own, whose journal is short again.
    private const int Rounds = 8;
    private readonly int _readsInRound = store is Store.Sqlite ? 500 : 75;

    [TestCase(true)]
    [TestCase(false, Description = "a SQL Server whose administrator allows no snapshots")]
    public async Task A_case_that_is_read_while_it_is_suspended_and_resumed_never_contradicts_itself(bool snapshots)
    {
        if (store is Store.Sqlite && !snapshots)
            Assert.Ignore("SQLite always has snapshots.");
        await using var city = await City.NewAsync(store);
        city.Application.AllowSnapshots(snapshots);
        var versions = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var @case = await InMediationAsync(city);
            using var done = new CancellationTokenSource();
            // Without snapshots a reader tries again until nobody writes in between, so somebody has to pause now and then.
            var writing = WriteAsync(city, @case, pause: snapshots ? 0 : 20, done.Token);
            var read = await Task.WhenAll(ReadAsync(city, @case), ReadAsync(city, @case));
            await done.CancelAsync();
            await writing;

            Assert.That(read.SelectMany(r => r.Torn), Is.Empty);
            versions += read.SelectMany(r => r.Versions).Distinct().Count();
        }

        Assert.That(versions, Is.GreaterThan(5 * Rounds), "nothing was written meanwhile");
    }

    private static async Task<Guid> InMediationAsync(City city)
    {
        var @case = await city.SubmittedAsync();
        await city.ActAsync("village1", @case, new AcceptCase());
        var organisation = (await city.PersonAsync("mediator.p1")).Roles[0].OrganisationId;
        var assigned = await city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, organisation, "mediator.p1", null));
        await city.ActAsync("mediator.p1", @case, new StartMediation([.. assigned.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "in person"))]));
        return @case.Id;
    }

    private static async Task WriteAsync(City city, Guid id, int pause, CancellationToken done)
    {
        var mediator = await city.PersonAsync("mediator.p1");
        var version = (await city.LookAsync("mediator.p1", id)).Version;
        await Task.Run(
            async () =>
            {
                for (var n = 0; !done.IsCancellationRequested; n++)
                {
                    CaseCommand next = n % 2 == 0 ? new SuspendCase("an appraisal", null) : new ResumeCase(null);
                    version = (await city.Application.SendAsync(next with { CaseId = id, ExpectedVersion = version }, mediator, CancellationToken.None)).Version;
                    if (pause > 0)
                        await Task.Delay(pause, CancellationToken.None);
                }
            },
            CancellationToken.None);
    }

    private async Task<(List<string> Torn, HashSet<int> Versions)> ReadAsync(City city, Guid id)
    {
        var (torn, versions, reader) = (new List<string>(), new HashSet<int>(), await city.PersonAsync("village1.lead"));
        await Task.Run(async () =>
        {
            for (var n = 0; n < _readsInRound / 2; n++)
            {
                var view = await city.Application.SendAsync(new GetCasePage.Query(id), reader);
                versions.Add(view.View.Version);
                var paused = view.View.Clocks.Any(k => k.Status is ClockStatus.Paused);
                var told = view.Journal.Last(line => line.Kind is CaseEventKind.Suspend or CaseEventKind.Resume or CaseEventKind.StartMediation).Kind is CaseEventKind.Suspend;
                if (view.View.Suspended != paused || view.View.Suspended != told)
                    torn.Add($"version {view.View.Version}: suspended {view.View.Suspended}, clocks paused {paused}, journal {told}");
            }
        });
        return (torn, versions);
    }
}
