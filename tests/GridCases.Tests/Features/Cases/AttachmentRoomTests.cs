using GridCases.Data;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Tests.Attachments;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>A case, and all of them together, hold so many megabytes of files and no more, however many come at once.</summary>
[OnBothDatabases]
public sealed class AttachmentRoomTests(Store store)
{
    private const int Megabyte = 1024 * 1024;

    private static readonly Sql CountedTotal = new("SELECT Bytes FROM AttachmentTotal");
    private static readonly Sql RealTotal = new("SELECT SUM(Length) FROM CaseAttachment");

    private static readonly byte[] Large = [.. Files.Png, .. new byte[(Megabyte / 2) - Files.Png.Length]];

    [Test]
    public async Task Files_beyond_what_a_case_may_hold_are_refused_with_what_it_holds()
    {
        await using var city = await City.NewAsync(store, ("GridCases:Attachments:CaseMegabytes", "1"));
        var (first, second) = (await city.SubmittedAsync(), await city.SubmittedAsync());

        var done = await AtOnceAsync(city, Enumerable.Repeat(first.Id, 8));

        Assert.That(done.Count(d => d is null), Is.EqualTo(2));
        Assert.That(done.OfType<NoRoom>().Select(n => n.Code).Distinct(), Is.EqualTo(new[] { NoRoom.CaseFull }));
        Assert.That((await city.LookAsync("grid1", first.Id)).Attachments, Has.Count.EqualTo(2));
        await city.AttachAsync("grid1", second.Id, Large);
    }

    [Test]
    public async Task Files_beyond_what_all_cases_may_hold_are_refused_and_what_is_counted_is_what_is_there()
    {
        await using var city = await City.NewAsync(store, ("GridCases:Attachments:TotalMegabytes", "2"));
        var cases = new List<Guid>();
        for (var n = 0; n < 8; n++)
            cases.Add((await city.SubmittedAsync()).Id);

        var done = await AtOnceAsync(city, cases);

        Assert.That(done.Count(d => d is null), Is.EqualTo(4));
        Assert.That(done.OfType<NoRoom>().Select(n => n.Code), Is.EqualTo(Enumerable.Repeat(NoRoom.NothingLeft, 4)));
        await using var db = city.Application.NewDb();
        Assert.That(await db.QuerySingleAsync<long>(CountedTotal), Is.EqualTo(await db.QuerySingleAsync<long>(RealTotal)).And.EqualTo(2 * Megabyte));
    }

    [Test]
    public async Task Files_that_would_take_the_disks_last_megabytes_are_refused()
    {
        await using var city = await City.NewAsync(store, ("GridCases:Attachments:FreeMegabytes", "2000000000"));
        var @case = await city.SubmittedAsync();

        Assert.That(() => city.AttachAsync("grid1", @case.Id, Large), Throws.TypeOf<NoRoom>().With.Property("Code").EqualTo(NoRoom.NothingLeft));
    }

    [Test]
    public async Task A_file_larger_than_what_is_left_is_refused_with_how_much_that_is_and_a_smaller_one_taken()
    {
        await using var city = await City.NewAsync(store, ("GridCases:Attachments:TotalMegabytes", "1"));
        var (first, second) = (await city.SubmittedAsync(), await city.SubmittedAsync());
        await city.AttachAsync("grid1", first.Id, Large);

        Assert.That(() => city.AttachAsync("grid1", second.Id, [.. Large, .. Large]), Throws.TypeOf<NoRoom>().With.Property("Code").EqualTo(NoRoom.StorageFull).And.Property("Megabytes").EqualTo(new[] { 0.5m }));
        await city.AttachAsync("grid1", second.Id, Large);
    }

    /// <summary>What each ended with; null for those that were taken in. Who comes in the way of others too often is told so, and comes again.</summary>
    private static Task<Exception?[]> AtOnceAsync(City city, IEnumerable<Guid> cases) => Task.WhenAll(cases.Select(id => Task.Run(async () =>
    {
        while (true)
        {
            try
            {
                await city.AttachAsync("grid1", id, Large);
                return null;
            }
            catch (StaleVersion)
            {
                // again
            }
            catch (NoRoom e)
            {
                return (Exception?)e;
            }
        }
    })));
}
