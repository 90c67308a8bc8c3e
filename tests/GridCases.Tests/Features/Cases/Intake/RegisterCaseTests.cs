using System.Text;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Work;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

[OnBothDatabases]
public class RegisterCaseTests(Store store)
{
    private static readonly Sql Papers = new("SELECT IdNumberCipher FROM CaseParty WHERE CaseId = @id AND IdNumberCipher IS NOT NULL");
    private static readonly Sql Hashes = new("SELECT IdNumberHash FROM CaseParty WHERE IdNumberHash IS NOT NULL");
    private static readonly Sql Tables = new("SELECT [name] FROM sys.tables");

    private City _city = null!;

    [SetUp]
    public async Task Start() => _city = await City.NewAsync(store);

    [TearDown]
    public async Task Stop() => await _city.DisposeAsync();

    [Test]
    public async Task Numbers_leave_no_gap_although_registrations_were_refused()
    {
        var first = await _city.SubmittedAsync();
        Assert.ThrowsAsync<InvalidInput>(() => _city.SubmittedAsync(grid: "990101001001999"));
        Assert.ThrowsAsync<InvalidInput>(() => _city.SubmittedAsync(grid: "990102001001001"));
        Assert.ThrowsAsync<AccessDenied>(() => _city.SubmittedAsync(head: "town1.lead"));
        var second = await _city.SubmittedAsync(head: "village1", grid: "990101001001002");
        var elsewhere = await _city.SubmittedAsync("grid9", "990102001001001");

        Assert.That((first.Number, second.Number, elsewhere.Number), Is.EqualTo(("9901012026-000001", "9901012026-000002", "9901022026-000001")));
    }

    [Test]
    public async Task What_was_settled_on_the_spot_is_registered_and_waits_to_be_verified_in_one_step()
    {
        var plain = await _city.SubmittedAsync();
        var command = new RegisterCase.Command
        {
            Title = "当场说开",
            Category = Category.Neighbours,
            Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), null, null, null),
            Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "刘桂兰", null, null, null, null)],
            ResolvedOnSpot = "双方当面说开",
        };
        var settled = await _city.AsAsync("grid1", command);
        Assert.That((settled.State, settled.Outcome, settled.Number), Is.EqualTo((CaseState.AwaitingVerification, Outcome.Settled, "9901012026-000002")), $"after {plain.Number}");
        Assert.That((await _city.AsAsync("village1", new GetJournal.Query(settled.Id))).Select(e => e.Kind), Is.EqualTo(new CaseEventKind?[] { CaseEventKind.Register, CaseEventKind.ResolveOnSpot }));
        Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("grid1", command with { ResolvedOnSpot = " " }));
        Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("grid1", command with { Submit = true }));
    }

    [Test]
    public async Task A_case_begins_in_the_unit_that_registers_it_wherever_below_it_happened()
    {
        var case1 = await _city.SubmittedAsync("village1");
        Assert.That((case1.OriginUnitCode.Value, case1.Place.UnitCode.Value, case1.Holder.UnitCode.Value), Is.EqualTo(("990101001001", "990101001001001", "990101001001")));
        var case2 = await _city.SubmittedAsync("town1");
        Assert.That((case2.OriginUnitCode.Value, case2.Holder.UnitCode.Value), Is.EqualTo(("990101001", "990101001")));
    }

    [Test]
    public async Task Personal_data_lies_encrypted_and_nowhere_else()
    {
        string[] secrets = ["220102199001011234", "13912345678", "柳巷三号"];
        var command = new RegisterCase.Command
        {
            Title = "t",
            Category = Category.Other,
            Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), secrets[2], null, null),
            Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "n", secrets[0], secrets[1], null, secrets[2])],
            Submit = true,
        };
        var (one, two) = (await _city.AsAsync("grid1", command), await _city.AsAsync("grid1", command));

        Assert.That((one.Parties[0].IdNumber, one.Parties[0].Phone), Is.EqualTo(("220***********1234", "139****5678")));
        var db = _city.Application.NewDb();
        Assert.That(await db.QuerySingleAsync<string>(Papers, new { id = one.Id }), Is.Not.EqualTo(await db.QuerySingleAsync<string>(Papers, new { id = two.Id })), "each with a nonce of its own");
        Assert.That((await db.QueryAsync<string>(Hashes)).Distinct(), Has.Exactly(1).Items, "the same person is found again");

        var files = System.IO.Directory.EnumerateFiles(_city.Application.Folder, "*", SearchOption.AllDirectories).ToList();
        Assert.That(files, Has.Count.GreaterThanOrEqualTo(store is Store.Sqlite ? 2 : 1), "the keys, and the embedded database");
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            foreach (var secret in secrets)
                Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)), Is.EqualTo(-1), $"{secret} in {file}");
        }

        foreach (var table in store is Store.SqlServer ? await db.QueryAsync<string>(Tables) : [])
        {
            foreach (IDictionary<string, object> row in await db.QueryAsync<dynamic>(new Sql($"SELECT * FROM [{table}]")))
                Assert.That(secrets.Where(string.Join(' ', row.Values).Contains), Is.Empty, table);
        }
    }

    [Test]
    public async Task What_waits_is_counted_for_whom_it_waits()
    {
        await _city.SubmittedAsync();
        await _city.SubmittedAsync();
        Assert.That(await Counts("village1"), Is.EqualTo((2, 0, 0, 2, 0)));
        Assert.That(await Counts("town1"), Is.EqualTo((0, 0, 0, 2, 0)));
        Assert.That(await Counts("grid2"), Is.EqualTo((0, 0, 0, 0, 0)));
        _city.At(2, 5);
        Assert.That(await Counts("village1"), Is.EqualTo((2, 2, 0, 2, 0)));
        _city.At(2, 6);
        await _city.SweepAsync();
        Assert.That(await Counts("village1"), Is.EqualTo((2, 0, 2, 2, 0)));
        Assert.That(await Counts("village1.lead"), Is.EqualTo((2, 0, 2, 2, 2)), "escalated to the supervisor");
        Assert.That(await Counts("town1.lead"), Is.EqualTo((0, 0, 0, 2, 0)));

        async Task<(int, int, int, int, int)> Counts(string user)
        {
            var c = await _city.AsAsync(user, new GetWorkCounts.Query());
            return (c.Waiting, c.WaitingYellow, c.WaitingRed, c.Open, c.Escalations);
        }
    }
}
