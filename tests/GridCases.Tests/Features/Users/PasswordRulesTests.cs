using GridCases.Features.Users;
using Microsoft.Extensions.Options;

namespace GridCases.Tests.Features.Users;

public sealed class PasswordRulesTests
{
    [TestCase("Regen am Fenster")]
    [TestCase("Sommer-regen 42")]
    [TestCase("correct horse battery staple")]
    [TestCase("NewPassword123")]
    [TestCase("MyPassword2026!")]
    [TestCase("k7#Qz!m2Lp9x")]
    [TestCase("雨天在窗边喝茶看书的下午三点")]
    [TestCase("panda reads by the lake")]
    [TestCase("zsgridquxhba")]
    public void A_password_that_takes_many_guesses_is_taken(string password) => Assert.That(Broken(password), Is.Empty);

    [TestCase("elevenchars", "PasswordTooShort")]
    [TestCase("雨天在窗边喝茶看书下午", "PasswordTooShort")]
    [TestCase("abcdefghijkl", "PasswordRuns")]
    [TestCase("lkjihgfedcba", "PasswordRuns")]
    [TestCase("123456789012", "PasswordRuns")]
    [TestCase("qwertyuiop[]", "PasswordRuns")]
    [TestCase("qwertyasdfgh", "PasswordRuns")]
    [TestCase("1qaz2wsx3edc", "PasswordRuns")]
    [TestCase("ABCD1234efgh", "PasswordRuns")]
    [TestCase("２４６８１３５７９９９９", "PasswordRuns")]
    [TestCase("aaaaaaaaaaaa", "PasswordRepeats")]
    [TestCase("aaaaaaaaaaab", "PasswordRepeats")]
    [TestCase("abcabcabcabc", "PasswordRepeats")]
    [TestCase("demo-demo-demo", "PasswordRepeats")]
    [TestCase("Passw0rd!Passw0rd!", "PasswordRepeats")]
    [TestCase("password1234", "PasswordCommon")]
    [TestCase("P@ssw0rd2024", "PasswordCommon")]
    [TestCase("Admin@123456", "PasswordCommon")]
    [TestCase("changchun2024!", "PasswordCommon")]
    [TestCase("woaini5201314", "PasswordCommon")]
    [TestCase("zhangsan1990", "PasswordCommon")]
    [TestCase("wanggeyuan123", "PasswordCommon")]
    [TestCase("iloveyou1234abcd", "PasswordCommon")]
    [TestCase("grid.head 1's own", "PasswordHasName")]
    [TestCase("1daeH-dirG and more", "PasswordHasName")]
    [TestCase("赵大江的密码是什么呢猜吧", "PasswordHasName")]
    public void What_is_guessed_first_is_refused(string password, string sentence) =>
        Assert.That(Broken(password), Is.EqualTo(new[] { GridCases.Texts.Text.Field(sentence, 12, password.Length) }));

    [Test]
    public void A_name_of_two_letters_is_no_part_of_every_word() => Assert.That(Rules(new()).Broken("liebe Sonne am See", "li"), Is.Empty);

    [Test]
    public void A_city_may_ask_for_more_and_never_for_less()
    {
        Assert.That(Rules(new() { MinimumLength = 6 }).MinimumLength, Is.EqualTo(12));
        var strict = Rules(new() { MinimumLength = 16, Kinds = 3, Words = ["Weihe"] });

        Assert.That(strict.Broken("Regen am See 7!").ToList(), Has.Count.EqualTo(1), "too short");
        Assert.That(strict.Broken("regen am fenster im juli").ToList(), Has.Count.EqualTo(1), "two kinds");
        Assert.That(strict.Broken("Weihe12345678901").ToList(), Has.Count.EqualTo(1), "a word of that city");
        Assert.That(strict.Broken("Regen am Fenster 7"), Is.Empty);
    }

    private static List<string> Broken(string password) => [.. Rules(new()).Broken(password, "grid.head1", "赵大江")];

    private static PasswordRules Rules(PasswordRules.Settings settings) => new(Options.Create(settings));
}
