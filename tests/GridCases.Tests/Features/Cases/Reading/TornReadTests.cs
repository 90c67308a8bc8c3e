using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Work;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>What one message reads is of one moment, however much is written meanwhile.</summary>
[OnBothDatabases]
public class TornReadTests(Store store)
{
    private readonly int _reads = store is Store.Sqlite ? 4000 : 600;

    [TestCase(true)]
    [TestCase(false, Description = "a SQL Server whose administrator allows no snapshots")]
    public async Task A_case_that_is_read_while_it_is_suspended_and_resumed_never_contradicts_itself(bool snapshots)
    {
        if (store is Store.Sqlite && !snapshots)
            Assert.Ignore("SQLite always has snapshots.");
        await using var city = await City.NewAsync(store);
        city.Application.AllowSnapshots(snapshots);
        var @case = await city.SubmittedAsync();
        await city.ActAsync("village1", @case, new AcceptCase());
        var organisation = (await city.PersonAsync("mediator.p1")).Roles[0].OrganisationId;
        var assigned = await city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, organisation, "mediator.p1", null));
        await city.ActAsync("mediator.p1", @case, new StartMediation([.. assigned.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "in person"))]));

        var (reader, mediator) = (await city.PersonAsync("village1.lead"), await city.PersonAsync("mediator.p1"));
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var version = (await city.LookAsync("mediator.p1", @case.Id)).Version;
            for (var n = 0; !done.IsCancellationRequested; n++)
            {
                CaseCommand next = n % 2 == 0 ? new SuspendCase("an appraisal", null) : new ResumeCase(null);
                version = (await city.Application.SendAsync(next with { CaseId = @case.Id, ExpectedVersion = version }, mediator)).Version;

                // Without snapshots a reader tries again until nobody writes in between, so somebody has to pause now and then.
                if (!snapshots)
                    await Task.Delay(20);
            }

            return version;
        });

        var read = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var torn = new List<string>();
            var versions = new HashSet<int>();
            for (var n = 0; n < _reads / 2; n++)
            {
                var view = await city.Application.SendAsync(new GetCasePage.Query(@case.Id), reader);
                versions.Add(view.View.Version);
                var paused = view.View.Clocks.Any(k => k.Status is ClockStatus.Paused);
                var told = view.Journal.Last(line => line.Kind is CaseEventKind.Suspend or CaseEventKind.Resume or CaseEventKind.StartMediation).Kind is CaseEventKind.Suspend;
                if (view.View.Suspended != paused || view.View.Suspended != told)
                    torn.Add($"version {view.View.Version}: suspended {view.View.Suspended}, clocks paused {paused}, journal {told}");
            }

            return (torn, versions);
        })));
        await done.CancelAsync();
        await writing;

        Assert.That(read.SelectMany(r => r.torn), Is.Empty);
        Assert.That(read.SelectMany(r => r.versions).Distinct().Count(), Is.GreaterThan(20), "nothing was written meanwhile");
    }
}
