using GridCases.Data;
using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Security;
using GridCases.Tests.Data;
using GridCases.Tests.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridCases.Tests.Jobs;

/// <summary>After a change of keys everything comes under the new one.</summary>
[OnBothDatabases]
public sealed class ReencryptPersonalDataTests(Store store)
{
    private const int Parties = 450;

    private static readonly Sql AddParty = new(
        """
        INSERT INTO CaseParty (Id, CaseId, Ordinal, Role, Kind, Name, IdNumberCipher, PhoneCipher, AddressCipher)
        VALUES (@Id, @CaseId, @Ordinal, @Role, @Kind, 'Zhang San', @IdNumberCipher, @PhoneCipher, @AddressCipher)
        """);

    private static readonly Sql SetHashes = new("UPDATE CaseParty SET IdNumberHash = @Old, HashForm = 0 WHERE Ordinal <= 3");

    private static readonly Sql SetNumber = new("UPDATE CaseParty SET IdNumberCipher = @Cipher WHERE Ordinal = @Ordinal");

    private static readonly Sql ReadHashes = new("SELECT Ordinal, IdNumberHash, PhoneHash, HashForm FROM CaseParty WHERE Ordinal <= 3 ORDER BY Ordinal");

    private static readonly Sql SetPlace = new("UPDATE DisputeCase SET PlaceAddressCipher = @Cipher WHERE Id = @Id");

    private static readonly Sql ReadParties = new("SELECT Ordinal, IdNumberCipher, PhoneCipher, AddressCipher FROM CaseParty ORDER BY Ordinal");

    private static readonly Sql AddUser = new("""
        INSERT INTO AppUser (Id, UserName, NameKey, DisplayName, PasswordHash, SecurityStamp, PhoneCipher) VALUES (@Id, 'li.wei', 'LI.WEI', 'Li Wei', 'none', 'none', @Cipher)
        """);

    private static readonly Sql ReadUsersPhone = new("SELECT PhoneCipher FROM AppUser WHERE Id = @Id");
    private static readonly Sql ReadPlace = new("SELECT PlaceAddressCipher FROM DisputeCase WHERE Id = @Id");

    private TestDatabase _database = null!;
    private Guid _caseId;

    [SetUp]
    public async Task Store_personal_data_under_the_first_key()
    {
        _database = await TestDatabase.PreparedAsync(store);
        await using var db = _database.NewDb();
        _caseId = await TestRows.AddCaseAsync(db);
        var personal = _database.PersonalData;
        await db.ExecuteAsync(SetPlace, new { Id = _caseId, Cipher = personal.Protect("1 Wall Street") });
        await db.ExecuteAsync(AddUser, new { Id = _caseId, Cipher = personal.Protect("13955550101") });
        await db.ExecuteManyAsync(AddParty, Enumerable.Range(1, Parties).Select(n => new
        {
            Id = new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]), CaseId = _caseId, Ordinal = n, Role = PartyRole.Applicant, Kind = PartyKind.Person,
            IdNumberCipher = personal.Protect($"2201021990{n:00000000}"), PhoneCipher = n % 2 == 0 ? personal.Protect($"138{n:00000000}") : null,
            AddressCipher = n == 7 ? "k1:damaged" : personal.Protect($"{n} Wall Street"),
        }));
        _database.Keys.Save(Keys.With(_database.Keys.Load(), "k2"));
    }

    [TearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [Test]
    public async Task Every_value_that_can_be_read_comes_under_the_current_key()
    {
        await using var restarted = _database.Restarted();
        await restarted.PrepareAsync();
        await using var db = restarted.NewDb();

        var first = await RunAsync(db, restarted.PersonalData);
        var second = await RunAsync(db, restarted.PersonalData);

        Assert.That(first, Is.EqualTo(new ReencryptPersonalData.Result(2 + Parties + (Parties / 2) + Parties - 1, 1)));
        Assert.That(second, Is.EqualTo(new ReencryptPersonalData.Result(0, 1)), "what is damaged is told again, the rest is left alone");
        var personal = new PersonalData(restarted.Keys);
        foreach (var row in await db.QueryAsync<Row>(ReadParties))
        {
            Assert.That(row.IdNumberCipher, Does.StartWith("k2:"));
            Assert.That(personal.Reveal(row.IdNumberCipher), Is.EqualTo($"2201021990{row.Ordinal:00000000}"));
            Assert.That(personal.Reveal(row.PhoneCipher), Is.EqualTo(row.Ordinal % 2 == 0 ? $"138{row.Ordinal:00000000}" : null));
            Assert.That(row.AddressCipher, row.Ordinal == 7 ? Is.EqualTo("k1:damaged") : Does.StartWith("k2:"));
        }

        Assert.That(personal.Reveal(await db.QuerySingleAsync<string>(ReadPlace, new { Id = _caseId })), Is.EqualTo("1 Wall Street"));
        var phone = await db.QuerySingleAsync<string>(ReadUsersPhone, new { Id = _caseId });
        Assert.That((phone.StartsWith("k2:", StringComparison.Ordinal), personal.Reveal(phone)), Is.EqualTo((true, "13955550101")));
    }

    [Test]
    public async Task Hashes_of_an_earlier_form_are_made_anew_and_what_cannot_be_read_stays_as_it_was()
    {
        await using var db = _database.NewDb();
        var personal = _database.PersonalData;
        var old = new string('a', 64);
        await db.ExecuteAsync(SetNumber, new { Ordinal = 1, Cipher = personal.Protect("220199850712002") });
        await db.ExecuteAsync(SetNumber, new { Ordinal = 3, Cipher = "k1:damaged" });
        await db.ExecuteAsync(SetHashes, new { Old = new HexHash(old) });

        await RunAsync(db, personal);

        var hashes = await db.QueryAsync<HashRow>(ReadHashes);
        Assert.That(hashes.Select(h => h.IdNumberHash), Is.EqualTo(new[] { personal.Fingerprint("220199198507120023"), personal.Fingerprint("220102199000000002"), old }));
        Assert.That(hashes.Select(h => h.PhoneHash), Is.EqualTo(new[] { null, personal.Fingerprint("13800000002"), null }));
        Assert.That(hashes.Select(h => h.HashForm), Is.EqualTo(new[] { PersonalData.HashForm, PersonalData.HashForm, 0 }));
    }

    private static Task<ReencryptPersonalData.Result> RunAsync(Db db, PersonalData personal) =>
        new ReencryptPersonalData.Handler(db, personal, NullLogger<ReencryptPersonalData.Handler>.Instance).Handle(new(), CancellationToken.None);

    private sealed record Row
    {
        public int Ordinal { get; init; }
        public string? IdNumberCipher { get; init; }
        public string? PhoneCipher { get; init; }
        public string? AddressCipher { get; init; }
    }

    private sealed record HashRow
    {
        public int Ordinal { get; init; }
        public string? IdNumberHash { get; init; }
        public string? PhoneHash { get; init; }
        public int HashForm { get; init; }
    }
}
