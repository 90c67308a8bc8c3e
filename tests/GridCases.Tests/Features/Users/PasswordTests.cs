using System.Text.RegularExpressions;
using GridCases.Features.Users;

namespace GridCases.Tests.Features.Users;

public sealed class PasswordTests
{
    [Test]
    public void A_temporary_password_is_four_groups_of_what_nobody_misreads_and_never_the_same_twice()
    {
        var made = Enumerable.Range(0, 200).Select(_ => Passwords.NewTemporary()).ToList();

        Assert.That(made, Is.Unique);
        Assert.That(made, Has.All.Matches<string>(p => Regex.IsMatch(p, "^([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$")));
    }

    [TestCase("abcd efgh jklm npqr", true)]
    [TestCase("ABCDEFGHJKLMNPQR", true)]
    [TestCase("ABCD-EFGH-JKLM-NPQS", false)]
    [TestCase("", false)]
    public void A_temporary_password_is_known_however_it_was_copied(string typed, bool known) =>
        Assert.That(Passwords.Verify(Passwords.HashTemporary("ABCD-EFGH-JKLM-NPQR"), typed), Is.EqualTo(known));

    [Test]
    public void The_same_temporary_password_has_another_hash_each_time_and_fits_its_column()
    {
        var (one, other) = (Passwords.HashTemporary("ABCD-EFGH-JKLM-NPQR"), Passwords.HashTemporary("ABCD-EFGH-JKLM-NPQR"));

        Assert.That(one, Is.Not.EqualTo(other));
        Assert.That(one, Has.Length.LessThanOrEqualTo(400));
    }

    [Test]
    public void A_secret_gives_each_user_a_password_of_its_own_and_the_same_one_again()
    {
        var (secret, user) = (new byte[32], Guid.Parse("019a0000-0000-7000-8000-000000000001"));
        var first = Passwords.TemporaryFrom(secret, user);

        Assert.That(Passwords.TemporaryFrom(secret, user), Is.EqualTo(first));
        Assert.That(Passwords.TemporaryFrom(secret, Guid.Empty), Is.Not.EqualTo(first));
        Assert.That(Passwords.TemporaryFrom([1, .. secret[1..]], user), Is.Not.EqualTo(first));
    }

    [Test]
    public void A_chosen_password_is_known_letter_by_letter_and_nobody_has_none()
    {
        var hash = Passwords.Hash("Sommer-regen 42");

        Assert.That(Passwords.Verify(hash, "Sommer-regen 42"), Is.True);
        Assert.That(Passwords.Verify(hash, "sommer-regen 42"), Is.False);
        Assert.That(Passwords.Verify(null, "Sommer-regen 42"), Is.False);
    }
}
