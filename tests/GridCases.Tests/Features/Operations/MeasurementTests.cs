using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using GridCases.Data;
using GridCases.Features.Users;
using GridCases.Pipeline;

namespace GridCases.Tests.Features.Operations;

/// <summary>What is measured for operators.</summary>
[NonParallelizable] // its listener hears everything in the process
public class MeasurementTests
{
    private City _city = null!;
    private Heard _heard = null!;

    [SetUp]
    public async Task Open() => (_city, _heard) = (await City.NewAsync(), new Heard());

    [TearDown]
    public async Task Close()
    {
        _heard.Dispose();
        await _city.DisposeAsync();
    }

    [Test]
    public async Task How_far_the_city_is_behind_and_how_much_room_is_left_is_published()
    {
        await _city.SubmittedAsync();
        _city.At(2, 20);
        await _city.Application.MeasureAsync();

        Assert.That(_heard.Last("gridcases.sweep.lag"), Is.GreaterThan(86400));
        Assert.That(_heard.Last("gridcases.outbox.waiting"), Is.EqualTo(1));
        Assert.That(_heard.Last("gridcases.outbox.oldest"), Is.EqualTo(TimeSpan.FromDays(18).TotalSeconds));
        Assert.That(_heard.Last("gridcases.outbox.given_up"), Is.Zero);
        Assert.That(_heard.Last("gridcases.database.size"), Is.GreaterThan(100_000));
        Assert.That(_heard.Last("gridcases.disk.free"), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_run_of_a_job_is_measured_by_its_name_and_a_refused_sign_in_by_why()
    {
        await _city.SweepAsync();
        Assert.That(() => _city.Application.SendAsync(new SignIn.Command { UserName = "grid1", Password = "wrong" }, Caller.Anonymous), Throws.TypeOf<NotSignedIn>());

        Assert.That(_heard.Tags("gridcases.job.duration"), Does.Contain("job=sweep-escalations outcome=Done"));
        Assert.That(_heard.Tags("gridcases.sign_in.failures"), Is.EqualTo(new[] { "reason=SignInRefused" }));
    }

    [Test]
    public async Task An_error_of_the_database_is_counted_by_its_number()
    {
        await using (var db = _city.Application.NewDb())
            await db.ExecuteAsync(new Sql("ALTER TABLE CaseClock RENAME TO Hidden"));

        Assert.That(() => _city.SweepAsync(), Throws.Exception);

        Assert.That(_heard.Tags("gridcases.database.errors"), Is.EqualTo(new[] { "code=SqliteException 1" }));
    }

    private sealed class Heard : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = new();

        public Heard()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.Start();
        }

        public double Last(string name) => _measured.Last(m => m.Name == name).Value;

        public IEnumerable<string> Tags(string name) => _measured.Where(m => m.Name == name).Select(m => m.Tags);

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _measured.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
    }
}
