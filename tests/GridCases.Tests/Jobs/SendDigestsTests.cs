using GridCases.Data;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Tests.Data;
using GridCases.Tests.Features;

namespace GridCases.Tests.Jobs;

/// <summary>What supervisors are told in the morning. A case submitted on Monday, 2 February is to be accepted by the end of Thursday, 5 February.</summary>
[OnBothDatabases]
public class SendDigestsTests(Store store)
{
    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store, ("GridCases:Clock:LongestGap", "60.00:00:00"));

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task On_the_morning_of_a_working_day_each_supervised_unit_with_something_to_look_at_is_told_once()
    {
        await _city.SubmittedAsync();
        _city.At(2, 6, 7, 59);
        await _city.Application.SendAsync(new SweepEscalations.Command());
        Assert.That(await SentAsync(), Is.Zero, "before eight nobody is told");
        _city.At(2, 6, 8);
        Assert.That(await SentAsync(), Is.EqualTo(4), "village, township, district, city: the other township has nothing");
        Assert.That(await SentAsync(), Is.Zero, "once a day");

        Assert.That(await TextsAsync("village1.lead"), Is.EqualTo(new[] { "待督办 1 件；已超期 1 件" }));
        Assert.That(await TextsAsync("city.lead"), Is.EqualTo(new[] { "已超期 1 件" }));
        Assert.That(await TextsAsync("town9.lead"), Is.Empty);
        Assert.That(await TextsAsync("village1"), Is.Empty, "an officer is no supervisor");

        _city.At(2, 7, 9);
        Assert.That(await SentAsync(), Is.Zero, "a Saturday");
        _city.At(2, 9, 12);
        Assert.That(await SentAsync(), Is.Zero, "at noon everybody has looked");
        _city.At(2, 9, 11, 59);
        Assert.That(await SentAsync(), Is.EqualTo(4));
    }

    [Test]
    public async Task Several_servers_at_once_tell_it_once()
    {
        await _city.SubmittedAsync();
        _city.At(2, 6, 9);
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(SentAsync)));

        Assert.That(sent.Sum(), Is.EqualTo(4));
        Assert.That(await TextsAsync("village1.lead"), Has.Count.EqualTo(1));
    }

    private async Task<int> SentAsync() => (await _city.Application.SendAsync(new SendDigests.Command())).Sent;

    private async Task<List<string>> TextsAsync(string user)
    {
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        return [.. (await _city.AsAsync(user, new ListNotifications.Query())).Items.Where(n => n.Kind is NoticeKind.DailyDigest).Select(n => n.Text)];
    }
}
