using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>Merging writes both cases, so that two people at once cannot send each other's case away.</summary>
[OnBothDatabases]
public class MergeCaseTests(Store store)
{
    // As texts: SQL Server itself orders ids by their last bytes.
    private static readonly Sql OnlyAfterTheLower = Sql.Per(
        sqlServer: """
            CREATE TRIGGER InOrder ON DisputeCase AFTER UPDATE AS
            IF EXISTS (SELECT 1 FROM inserted i JOIN DisputeCase o ON CONVERT(char(36), o.Id) < CONVERT(char(36), i.Id) WHERE o.Revision = 1) THROW 50003, 'out of order', 1
            """,
        sqlite: """
            CREATE TRIGGER InOrder BEFORE UPDATE ON DisputeCase
            WHEN EXISTS (SELECT 1 FROM DisputeCase o WHERE o.Id < NEW.Id AND o.Revision = 1)
            BEGIN SELECT RAISE(ABORT, 'out of order'); END
            """);

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task The_case_that_goes_on_has_the_merged_one_in_its_journal_and_the_version_that_people_decided_on()
    {
        var (into, merged) = (await RegisteredAsync(), await RegisteredAsync());
        await _city.ActAsync("grid1", merged, new MergeCase.Command(into.Id, "同一件事"));

        Assert.That((await _city.LookAsync("grid1", into.Id)).Version, Is.EqualTo(into.Version), "nobody decided anything about it");
        var line = (await _city.AsAsync("grid1", new GetJournal.Query(into.Id)))[^1];
        Assert.That((line.Action, line.By), Is.EqualTo(("MergedFrom", "grid1")));
        Assert.That((line.Data.GetProperty("from").GetGuid(), line.Data.GetProperty("number").GetString()), Is.EqualTo((merged.Id, merged.Number)));
    }

    [Test]
    public async Task Whichever_way_two_cases_are_merged_the_lower_id_is_written_first()
    {
        var cases = new[] { await RegisteredAsync(), await RegisteredAsync() }.OrderBy(c => c.Id).ToArray();
        await _city.Application.NewDb().ExecuteAsync(OnlyAfterTheLower);

        Assert.DoesNotThrowAsync(() => _city.ActAsync("grid1", cases[1], new MergeCase.Command(cases[0].Id, "同一件事")));
        Assert.ThrowsAsync<RuleViolation>(() => _city.ActAsync("grid1", cases[0], new MergeCase.Command(cases[1].Id, "同一件事")), "the other way round is too late");
        Assert.DoesNotThrowAsync(
            () => _city.AsAsync("grid1", new WithdrawCase("撤回") { CaseId = cases[0].Id, ExpectedVersion = cases[0].Version }), "who had it open goes on");
    }

    private Task<CaseView> RegisteredAsync() => _city.AsAsync("grid1", new RegisterCase.Command
    {
        Title = "宅基地界址",
        Category = Category.Neighbours,
        Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), null, null, null),
        Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null)],
    });
}
