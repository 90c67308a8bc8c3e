using System.Globalization;
using GridCases.Data;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Tests.Data;
using GridCases.Tests.Features;
using GridCases.Texts;

namespace GridCases.Tests.Jobs;

/// <summary>Recurring jobs that fail, whichever engine runs them and on whichever server.</summary>
[OnBothDatabases]
public class JobRunsTests(Store store)
{
    private static readonly Sql CountFailures = new("SELECT COALESCE(SUM(Failures), 0) FROM JobFailure");

    private City _city = null!;
    private Exception? _fails;

    [SetUp]
    public async Task A_city() => _city = await City.NewAsync(store);

    [TearDown]
    public async Task Leave() => await _city.DisposeAsync();

    [Test]
    public async Task After_the_last_try_the_administrators_of_the_city_are_told_once_until_it_works_again()
    {
        _fails = new InvalidOperationException("with somebody's name in it");
        await FailAsync(JobRuns.MostFailures - 1);
        Assert.That(await NoticesAsync(), Is.Zero);
        Assert.That(await Runs.AlarmsAsync(CancellationToken.None), Is.Empty);

        await FailAsync(10);
        Assert.That(await NoticesAsync(), Is.EqualTo(1));
        var alarm = (await Runs.AlarmsAsync(CancellationToken.None)).Single();
        Assert.That((alarm.Job, alarm.Failures, alarm.Error), Is.EqualTo(("sweep-escalations", JobRuns.MostFailures + 9, nameof(InvalidOperationException))));

        _fails = null;
        await Runs.RunAsync(Job, CancellationToken.None);
        Assert.That(await Runs.AlarmsAsync(CancellationToken.None), Is.Empty);

        _fails = new InvalidOperationException();
        await FailAsync(JobRuns.MostFailures);
        Assert.That(await NoticesAsync(), Is.EqualTo(2), "it is another story");
    }

    [Test]
    public async Task Servers_that_fail_at_once_raise_one_alarm()
    {
        _fails = new InvalidOperationException();
        await Task.WhenAll(Enumerable.Range(0, JobRuns.MostFailures * 3).Select(_ => Task.Run(() => FailAsync(1))));

        Assert.That(await NoticesAsync(), Is.EqualTo(1));
        Assert.That(await _city.Application.NewDb().QuerySingleAsync<int>(CountFailures), Is.EqualTo(JobRuns.MostFailures * 3));
    }

    [Test]
    public async Task A_run_that_ends_because_the_server_stops_is_no_failure()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        _fails = new OperationCanceledException();

        Assert.That(() => Runs.RunAsync(Job, stopping.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await _city.Application.NewDb().QuerySingleAsync<int>(CountFailures), Is.Zero);
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public void Every_job_has_a_name_for_people(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            Assert.That(JobSchedule.All.Select(j => Text.Find("Jobs", j.Name)), Is.All.Not.Null);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private JobRuns Runs => _city.Application.Jobs;

    private RecurringJob Job => new("sweep-escalations", TimeSpan.FromMinutes(1), "* * * * *", (_, _) => _fails is null ? Task.CompletedTask : Task.FromException(_fails));

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            try
            {
                await Runs.RunAsync(Job, CancellationToken.None);
                Assert.Fail("what a job throws is thrown on");
            }
            catch (InvalidOperationException)
            {
                // as the engine sees it
            }
        }
    }

    private async Task<int> NoticesAsync()
    {
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        return (await _city.AsAsync("admin", new ListNotifications.Query())).Items.Count(n => n.Kind is NoticeKind.JobFailed);
    }
}
