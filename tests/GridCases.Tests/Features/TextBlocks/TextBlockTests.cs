using GridCases.Domain;
using GridCases.Features.TextBlocks;
using GridCases.Features.Work;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.TextBlocks;

/// <summary>Text blocks belong to a unit, are the administrator's to write, and are offered in the unit's cases and those below.</summary>
[OnBothDatabases]
public class TextBlockTests(Store store)
{
    private static readonly UnitCode Village = new("990101001001"), Elsewhere = new("990102001001");
    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task The_cases_of_a_unit_are_offered_its_own_blocks_and_those_of_the_units_above_and_no_others()
    {
        await SaveAsync(Village, "本村的");
        await SaveAsync(new UnitCode("9901"), "全市的");
        await SaveAsync(Elsewhere, "别处的");
        var submitted = await _city.SubmittedAsync();

        var page = await _city.AsAsync("village1", new GetCasePage.Query(submitted.Id));
        Assert.That(page.Blocks.Select(b => b.Title), Is.EqualTo(new[] { "本村的", "全市的" }), "the nearest first");
        Assert.That((await _city.AsAsync("auditor", new GetCasePage.Query(submitted.Id))).Blocks, Is.Empty, "to who may do nothing");
    }

    [Test]
    public async Task One_is_changed_and_removed_by_an_administrator_of_its_unit_alone()
    {
        var id = await SaveAsync(Village, "起诉");
        foreach (var nobody in new[] { "village1", "village1.lead", "grid1", "auditor" })
            Assert.ThrowsAsync<AccessDenied>(() => _city.AsAsync(nobody, Saving(Village, "起诉") with { BlockId = id }), nobody);

        // Named under another unit it is not there.
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("admin", Saving(Elsewhere, "起诉") with { BlockId = id }));
        Assert.That(await _city.AsAsync("admin", new RemoveTextBlock.Command(Elsewhere, id)), Is.False);

        await _city.AsAsync("admin", Saving(Village, "可以起诉") with { BlockId = id });
        Assert.That((await _city.AsAsync("admin", new ListTextBlocks.Query(Village))).Select(b => (b.Id, b.Title)), Is.EqualTo(new[] { (id, "可以起诉") }));
        Assert.That(await _city.AsAsync("admin", new RemoveTextBlock.Command(Village, id)), Is.True);
        Assert.That(await _city.AsAsync("admin", new ListTextBlocks.Query(Village)), Is.Empty);
    }

    [Test]
    public void One_without_a_name_or_a_text_or_too_long_is_refused()
    {
        foreach (var bad in new[] { Saving(Village, " "), Saving(Village, "x") with { Body = "" }, Saving(Village, "x") with { Body = new string('长', 1001) }, Saving(Village, "x") with { Kind = null } })
            Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("admin", bad));
    }

    private static SaveTextBlock.Command Saving(UnitCode unit, string title) => new() { Unit = unit, Kind = TextBlockKind.Remedies, Title = title, Body = "可以向人民法院起诉。" };

    private Task<Guid> SaveAsync(UnitCode unit, string title) => _city.AsAsync("admin", Saving(unit, title));
}
