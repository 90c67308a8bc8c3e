using GridCases.Features.Backups;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Tests.Features;

namespace GridCases.Tests.Jobs;

/// <summary>The embedded database is backed up once a night, and somebody hears of it when it is not.</summary>
public sealed class BackUpNightlyTests
{
    private string _folder = "";
    private City _city = null!;

    [SetUp]
    public async Task A_city_whose_backups_are_kept_three_nights()
    {
        _folder = Directory.CreateTempSubdirectory("gridcases-").FullName;
        _city = await City.NewAsync(settings: [("GridCases:Backup:Folder", _folder), ("GridCases:Backup:Keep", "3"), ("GridCases:Backup:Hour", "2")]);
    }

    [TearDown]
    public async Task Remove()
    {
        await _city.DisposeAsync();
        if (File.Exists(_folder))
            File.Delete(_folder);
        else
            Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Without_a_folder_there_is_none()
    {
        await using var city = await City.NewAsync();

        Assert.That(await city.Application.SendAsync(new BackUpNightly.Command()), Is.EqualTo(new BackUpNightly.Result(null, 0, false)));
    }

    [Test]
    public async Task There_is_one_a_night_from_the_hour_on_and_a_missed_night_is_caught_up()
    {
        Assert.That((await RunAsync(3, 2, 9)).Made, Does.EndWith("nightly-20260302T010000Z"), "the first one at once");
        foreach (var (day, hour, isTime) in new[] { (2, 23, false), (3, 1, false), (3, 2, true), (3, 3, false), (5, 12, true), (5, 13, false), (6, 2, true) })
            Assert.That((await RunAsync(3, day, hour)).Made, isTime ? Is.Not.Null : Is.Null, $"{day} {hour}");
    }

    [Test]
    public async Task The_oldest_go_when_a_new_one_is_whole_and_nothing_goes_that_it_did_not_make()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mine"));
        Directory.CreateDirectory(Path.Combine(_folder, "mine.part"));
        Directory.CreateDirectory(Path.Combine(_folder, "nightly-of-mine"));
        for (var day = 2; day <= 5; day++)
            await RunAsync(3, day, 3);
        Directory.CreateDirectory(Path.Combine(_folder, "nightly-20260305T200000Z.part")); // broke off

        var last = await RunAsync(3, 6, 3);

        Assert.That(last.Removed, Is.EqualTo(1));
        Assert.That(Directory.GetDirectories(_folder).Select(Path.GetFileName), Is.EquivalentTo(new[]
        {
            "mine", "mine.part", "nightly-of-mine", "nightly-20260303T190000Z", "nightly-20260304T190000Z", "nightly-20260305T190000Z",
        }));
        Assert.That(BackupManifest.Read(last.Made!).HoldsDatabase);
    }

    [Test]
    public async Task One_that_fails_is_told_to_the_administrators_once_a_day_is_tried_again_in_an_hour_and_removes_nothing()
    {
        await RunAsync(3, 2, 3);
        var kept = _folder + "-kept";
        Directory.Move(_folder, kept);
        await File.WriteAllTextAsync(_folder, "no folder any more");

        Assert.That((await RunAsync(3, 3, 3)).Failed);
        Assert.That((await RunAsync(3, 3, 3)).Failed, Is.False, "not at once again");
        Assert.That((await RunAsync(3, 3, 4)).Failed);
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        var notices = (await _city.AsAsync("admin", new ListNotifications.Query())).Items;
        Assert.That(notices.Select(n => n.Kind), Is.EqualTo(new[] { NoticeKind.BackupFailed }));
        Assert.That((await _city.AsAsync("village1", new ListNotifications.Query())).Items, Is.Empty);

        File.Delete(_folder);
        Directory.Move(kept, _folder);
        Assert.That((await RunAsync(3, 3, 5)).Made, Is.Not.Null);
        Assert.That(Directory.GetDirectories(_folder), Has.Length.EqualTo(2));
    }

    private Task<BackUpNightly.Result> RunAsync(int month, int day, int hour)
    {
        _city.At(month, day, hour);
        return _city.Application.SendAsync(new BackUpNightly.Command());
    }
}
