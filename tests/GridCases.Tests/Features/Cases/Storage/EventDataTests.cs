using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Tests.Features.Cases;

/// <summary>The particulars of a stored line, by their keys.</summary>
public class EventDataTests
{
    [Test]
    public void Each_key_reads_its_own_kind_of_value()
    {
        var data = EventData.Parse("""
            {"to":"990101","track":"Peoples","organisation":"0196c0de-0000-7000-9000-000000000001","version":2,"length":5000000000,"subsidy":200.5,"performedOn":"2026-03-02",
            "dueAt":"2431-03-02T01:00:00.000Z","concession":true,"founded":false,"missing":["IdentityPapers"],"sha256":"ab","reason":"太大"}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(data.Get(EventKey.To), Is.EqualTo(new UnitCode("990101")));
            Assert.That(data.Get(EventKey.Track), Is.EqualTo(MediationTrack.Peoples));
            Assert.That(data.Get(EventKey.Organisation), Is.EqualTo(new Guid("0196c0de-0000-7000-9000-000000000001")));
            Assert.That(data.Get(EventKey.Version), Is.EqualTo(2));
            Assert.That(data.Get(EventKey.Length), Is.EqualTo(5_000_000_000));
            Assert.That(data.Get(EventKey.Subsidy), Is.EqualTo(200.5m));
            Assert.That(data.Get(EventKey.PerformedOn), Is.EqualTo(new DateOnly(2026, 3, 2)));
            Assert.That(data.Get(EventKey.DueAt)!.Value.Year, Is.EqualTo(2431), "a due date that was computed may lie in any year");
            Assert.That((data.Is(EventKey.Concession), data.Is(EventKey.Founded), data.Is(EventKey.Online)), Is.EqualTo((true, false, false)));
            Assert.That((data.Has(EventKey.Founded), data.Has(EventKey.Online)), Is.EqualTo((true, false)));
            Assert.That(data.Get(EventKey.Missing), Is.EqualTo(new[] { FileItem.IdentityPapers }));
            Assert.That((data.Get(EventKey.Sha256), data.Get(EventKey.Reason)), Is.EqualTo(("ab", "太大")));
        });
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"to":"Court","version":"2","organisation":"one","performedOn":"yesterday","concession":"yes","missing":"all","sha256":5}""")]
    public void What_is_not_there_or_not_what_its_key_says_reads_as_nothing(string json)
    {
        var data = EventData.Parse(json);
        Assert.That(new object?[] { data.Get(EventKey.To), data.Get(EventKey.Version), data.Get(EventKey.Organisation), data.Get(EventKey.PerformedOn), data.Get(EventKey.Missing), data.Get(EventKey.Sha256) }, Is.All.Null);
        Assert.That(data.Is(EventKey.Concession), Is.False);
        Assert.That(default(EventData).Has(EventKey.To), Is.False);
    }

    [Test]
    public void Of_two_keys_of_one_name_each_reads_only_its_own() =>
        Assert.That((EventData.Parse("""{"to":"Court"}""").Get(EventKey.Target), EventData.Parse("""{"to":"Court"}""").Get(EventKey.ToCase)), Is.EqualTo(((ReferralTarget?)ReferralTarget.Court, (Guid?)null)));
}
