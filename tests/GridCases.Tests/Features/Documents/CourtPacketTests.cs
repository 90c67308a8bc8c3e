using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Documents;
using GridCases.Pipeline;

namespace GridCases.Tests.Features.Documents;

/// <summary>The journal as a court gets it.</summary>
public class CourtPacketTests
{
    /// <summary>Retold in one plain word, as no pattern would find it.</summary>
    private const string Told = "halves";

    private static readonly EventKey[] AllKeys = [.. Enum.GetValues<CaseEventKind>().SelectMany(kind => kind.Shape().Keys).Distinct()];

    [Test]
    public void Nothing_that_somebody_wrote_is_in_any_line_whatever_its_kind()
    {
        var prose = AllKeys.OfType<ProseKey>().ToDictionary(key => key.StoredName, object (_) => Told);
        foreach (var kind in Enum.GetNames<CaseEventKind>())
            Assert.That(Shown(kind, prose).ToString(), Is.EqualTo("{}"), kind);
    }

    [Test]
    public void What_stands_where_a_word_a_day_or_an_id_should_be_is_left_out()
    {
        var prose = AllKeys.Where(key => key is not TextKey).Select(key => key.StoredName).Distinct().ToDictionary(name => name, object (_) => Told);
        foreach (var kind in Enum.GetNames<CaseEventKind>())
            Assert.That(Shown(kind, prose.Where(m => m.Key is not "mediator").ToDictionary()).ToString(), Does.Not.Contain(Told), kind);
    }

    [Test]
    public void A_particular_that_is_not_listed_for_the_kind_stays_in_the_house()
    {
        Assert.That(Shown("RecordFollowUp", new() { ["visitedOn"] = "2026-03-02", ["satisfaction"] = 5, ["method"] = Told }).ToString(), Is.EqualTo("{}"));
        Assert.That(Shown("Accept", new() { ["to"] = "990101", ["later"] = 1 }).ToString(), Is.EqualTo("{}"));
        Assert.That(Shown("Correct", new() { ["version"] = 1 }).ToString(), Is.EqualTo("{}"), "a line that only a later version knows");
        Assert.That(Shown("ReferOut", new() { ["to"] = "Court", ["name"] = Told, ["reason"] = Told }).ToString(), Is.EqualTo("""{"to":"Court"}"""));
    }

    [Test]
    public void A_meeting_or_a_file_marked_as_a_concession_is_a_line_and_nothing_else()
    {
        Assert.That(Shown("RecordSession", new() { ["session"] = SomeId, ["heldAt"] = "2026-03-02T01:00:00.000Z" }).ToString(), Does.Contain("heldAt"));
        Assert.That(Shown("RecordSession", new() { ["session"] = SomeId, ["heldAt"] = "2026-03-02T01:00:00.000Z", ["concession"] = true }).ToString(), Is.EqualTo("{}"));
        Assert.That(Shown("Attach", new() { ["attachment"] = SomeId, ["kind"] = "Other", ["length"] = 3, ["sha256"] = new string('a', 64), ["concession"] = true }).ToString(), Is.EqualTo("{}"));
    }

    private const string SomeId = "0196c0de-0000-7000-9000-000000000001";

    private static JsonElement Shown(string action, Dictionary<string, object> data) =>
        CourtPacket.Of([new GetJournal.Row { Sequence = 1, Action = action, DataJson = JsonSerializer.Serialize(data, Json.Options) }]).Single().Data;
}
