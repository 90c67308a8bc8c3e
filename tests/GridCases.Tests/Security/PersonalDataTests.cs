using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Security;
using GridCases.Tests.Data;

namespace GridCases.Tests.Security;

/// <summary>Personal data are unreadable without their keys, and a lost key is told at start.</summary>
[OnBothDatabases]
public sealed class PersonalDataTests(Store store)
{
    private const string IdNumber = "220102199001011234";

    private static readonly Sql AddParty = new(
        """
        INSERT INTO CaseParty (Id, CaseId, Ordinal, Role, Kind, Name, IdNumberCipher)
        VALUES (@Id, @CaseId, 1, @Role, @Kind, 'Zhang San', @IdNumberCipher)
        """);

    private static readonly Sql ReadKeyIds = new("SELECT KeyId FROM PersonalDataKey ORDER BY KeyId");

    private TestDatabase _database = null!;

    [SetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync(store);

    [TearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [TestCase(IdNumber)]
    [TestCase("吉林省长春市某区某街道 1 号 😀")]
    [TestCase(" ")]
    public void What_was_protected_is_revealed(string text)
    {
        var cipher = _database.PersonalData.Protect(text)!;

        Assert.That(cipher, Does.StartWith("k1:").And.Not.Contain(text));
        Assert.That(_database.PersonalData.Reveal(cipher), Is.EqualTo(text));
        Assert.That(_database.PersonalData.Protect(text), Is.Not.EqualTo(cipher), "the same text twice looks different");
    }

    [Test]
    public void Nothing_stays_nothing()
    {
        Assert.That(_database.PersonalData.Protect(null), Is.Null);
        Assert.That(_database.PersonalData.Protect(""), Is.Null);
        Assert.That(_database.PersonalData.Reveal(null), Is.Null);
        Assert.That(_database.PersonalData.Fingerprint(" - "), Is.Null);
    }

    [Test]
    public void A_value_that_was_tampered_with_is_refused()
    {
        var cipher = _database.PersonalData.Protect(IdNumber)!;
        var bytes = Convert.FromBase64String(cipher[3..]);

        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            Assert.That(() => _database.PersonalData.Reveal("k1:" + Convert.ToBase64String(changed)), Throws.InstanceOf<CryptographicException>(), $"byte {i}");
        }
    }

    [TestCase("k9:AAAA")]
    [TestCase("k1:AAAA")]
    [TestCase("k1:not base64")]
    [TestCase("220102199001011234")]
    public void What_was_never_protected_is_refused(string cipher) =>
        Assert.That(() => _database.PersonalData.Reveal(cipher), Throws.InstanceOf<CryptographicException>());

    [Test]
    public void A_value_under_one_key_does_not_pass_for_one_of_another()
    {
        var keys = Keys.With(_database.Keys.Load(), "k2");
        var cipher = keys.Seal("k1", IdNumber);

        Assert.That(() => keys.Open("k2" + cipher[2..]), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void The_same_number_has_the_same_fingerprint_however_it_is_written()
    {
        var print = _database.PersonalData.Fingerprint("22010219900101123x");

        Assert.That(print, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(_database.PersonalData.Fingerprint(" 220102-19900101-123X "), Is.EqualTo(print));
        Assert.That(_database.PersonalData.Fingerprint("220102199001011231"), Is.Not.EqualTo(print));
    }

    [TestCase("220199850712002", "220199198507120023", TestName = "An ID number of fifteen digits and its form of eighteen")]
    [TestCase("２２０１９９１９８５０７１２００２３", "220199198507120023", TestName = "Full-width digits")]
    [TestCase("+86 139-1234-5678", "13912345678", TestName = "A mobile with the prefix of the country")]
    [TestCase("＋86 （0431） 8123－4567", "0431-81234567", TestName = "A landline with the prefix of the country and its 0")]
    [TestCase("0086-431-81234567", "043181234567", TestName = "A landline with the prefix of the country and without its 0")]
    [TestCase("139\u200B12345678", "13912345678", TestName = "With what nobody sees in it")]
    public void Two_ways_to_write_a_number_have_one_fingerprint(string one, string other) =>
        Assert.That(_database.PersonalData.Fingerprint(one), Is.Not.Null.And.EqualTo(_database.PersonalData.Fingerprint(other)));

    [Test]
    public async Task After_a_rotation_old_values_stay_readable_and_new_ones_use_the_new_key()
    {
        var old = _database.PersonalData.Protect(IdNumber)!;
        var print = _database.PersonalData.Fingerprint(IdNumber);
        _database.Keys.Save(Keys.With(_database.Keys.Load(), "k2"));

        await using var restarted = _database.Restarted();
        await restarted.PrepareAsync();

        Assert.That(restarted.PersonalData.Reveal(old), Is.EqualTo(IdNumber));
        Assert.That(restarted.PersonalData.Protect(IdNumber), Does.StartWith("k2:").And.StartWith(restarted.PersonalData.CurrentPrefix));
        Assert.That(restarted.PersonalData.Fingerprint(IdNumber), Is.EqualTo(print), "people are still found");
        Assert.That(await KeyIdsAsync(restarted), Is.EqualTo(["fingerprint", "k1", "k2"]));
    }

    [Test]
    public async Task A_lost_key_file_is_told_at_start_and_not_replaced()
    {
        File.Delete(_database.Keys.Path);
        await using var restarted = _database.Restarted();

        Assert.That(() => restarted.PrepareAsync(), Throws.TypeOf<PersonalDataKeyLost>().With.Message.Contains(_database.Keys.Path));
        Assert.That(File.Exists(_database.Keys.Path), Is.False);
    }

    [Test]
    public async Task Another_key_of_the_same_name_is_told_at_start()
    {
        _database.Keys.Save(PersonalDataKeys.Create());
        await using var restarted = _database.Restarted();

        Assert.That(() => restarted.PrepareAsync(), Throws.TypeOf<PersonalDataKeyLost>());
    }

    [Test]
    public async Task A_key_may_be_taken_away_once_nothing_lies_under_it()
    {
        await using (var db = _database.NewDb())
        {
            await db.ExecuteAsync(AddParty, new
            {
                Id = new Guid(1, 1, 1, [1, 1, 1, 1, 1, 1, 1, 1]), CaseId = await TestRows.AddCaseAsync(db), Role = PartyRole.Applicant, Kind = PartyKind.Person,
                IdNumberCipher = _database.PersonalData.Protect(IdNumber),
            });
        }

        var rotated = Keys.With(Keys.With(_database.Keys.Load(), "k2"), "k3");
        _database.Keys.Save(rotated);
        await using (var restarted = _database.Restarted())
            await restarted.PrepareAsync();

        _database.Keys.Save(Keys.Without(rotated, "k2"));
        await using (var restarted = _database.Restarted())
        {
            await restarted.PrepareAsync();
            Assert.That(await KeyIdsAsync(restarted), Is.EqualTo(["fingerprint", "k1", "k3"]));
        }

        _database.Keys.Save(Keys.Without(rotated, "k1"));
        await using (var restarted = _database.Restarted())
            Assert.That(() => restarted.PrepareAsync(), Throws.TypeOf<PersonalDataKeyLost>().With.Message.Contains("k1"));
    }

    [Test]
    public async Task Keys_may_come_from_the_configuration()
    {
        var json = await File.ReadAllTextAsync(_database.Keys.Path);
        var cipher = _database.PersonalData.Protect(IdNumber);
        File.Delete(_database.Keys.Path);

        await using var restarted = _database.Restarted(options => options with { PersonalDataKeys = json });
        await restarted.PrepareAsync();

        Assert.That(restarted.PersonalData.Reveal(cipher), Is.EqualTo(IdNumber));
        Assert.That(() => restarted.Keys.Save(PersonalDataKeys.Create()), Throws.InvalidOperationException);
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"current":"k1","keys":{"k1":"AAAA"},"fingerprint":"AAAA"}""")]
    [TestCase("""{"current":"k2","keys":{"k1":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},"fingerprint":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""")]
    public void Damaged_keys_are_told(string json) => Assert.That(() => PersonalDataKeys.Parse(json), Throws.TypeOf<FormatException>());

    [Test]
    [Platform(Exclude = "Win")]
    public void The_key_file_is_for_its_owner_only()
    {
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(_database.Keys.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [TestCase("220102199001011234", "220***********1234")]
    [TestCase("220102900101123", "220********1123")]
    [TestCase("1234567", "*******")]
    [TestCase("12", "**")]
    [TestCase("", "")]
    [TestCase(null, null)]
    public void An_ID_number_is_masked_in_the_middle(string? number, string? masked) => Assert.That(Mask.IdNumber(number), Is.EqualTo(masked));

    [TestCase("13812345678", "138****5678")]
    [TestCase("110", "***")]
    public void A_phone_is_masked_in_the_middle(string phone, string masked) => Assert.That(Mask.Phone(phone), Is.EqualTo(masked));

    [TestCase("示范市东一区幸福街道120号", "示范市东一区********")]
    [TestCase("示范市东一区幸福街道1号", "示范市东一*******")]
    [TestCase("东一区幸福街1号", "东一区*****")]
    [TestCase("幸福街12号", "******")]
    [TestCase("𠮷", "*")]
    [TestCase("示范市东一𠮷野家二层靠窗的桌子", "示范市东一𠮷*********")]
    [TestCase("葛\U000E0100城区👨‍👩‍👧街道一百二十号楼下", "葛\U000E0100城区👨‍👩‍👧街道*******")]
    public void An_address_is_masked_behind_the_district_and_more_of_it_hidden_than_shown(string address, string masked) => Assert.That(Mask.Address(address), Is.EqualTo(masked));

    /// <summary>Half of a surrogate pair is no character any more: it goes out as U+FFFD.</summary>
    [Test]
    public void A_mask_never_cuts_a_character_in_half([Values(0, 1, 2, 3, 4, 5, 6, 7, 8)] int at)
    {
        var text = string.Concat(Enumerable.Range(0, 14).Select(i => i == at ? "𠮷" : "e\u0301"));
        foreach (var masked in (string[])[Mask.Address(text)!, Mask.IdNumber(text)!, Mask.Phone(text)!])
        {
            Assert.That(masked.EnumerateRunes(), Has.None.EqualTo(System.Text.Rune.ReplacementChar), masked);
            Assert.That(new System.Globalization.StringInfo(masked).LengthInTextElements, Is.EqualTo(14), masked);
        }
    }

    private static async Task<IReadOnlyList<string>> KeyIdsAsync(TestDatabase database)
    {
        await using var db = database.NewDb();
        return await db.QueryAsync<string>(ReadKeyIds);
    }
}
