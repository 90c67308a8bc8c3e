using System.Reflection;
using System.Text.RegularExpressions;
using GridCases.Data;
using Microsoft.Data.SqlClient;

namespace GridCases.Tests.Data;

/// <summary>What SQL Server's errors mean, and how long its answers are waited for, told without a server.</summary>
public sealed class SqlServerErrorTests
{
    [TestCase(2627, DbFailure.Unique)]
    [TestCase(1205, DbFailure.Contention)]
    [TestCase(-2, DbFailure.Timeout, Description = "no answer in time")]
    [TestCase(Migrator.WaitedInVain, DbFailure.Timeout, Description = "another server prepares or imports for longer than one waits")]
    [TestCase(208, DbFailure.Fault)]
    [TestCase(1101, DbFailure.Full, Description = "no room in the file group for a page")]
    [TestCase(1105, DbFailure.Full, Description = "no room in the file group for an object")]
    [TestCase(9002, DbFailure.Full, Description = "the log is full")]
    [TestCase(3906, DbFailure.ReadOnly)]
    [TestCase(823, DbFailure.Damaged, Description = "a page cannot be read")]
    [TestCase(824, DbFailure.Damaged, Description = "a page is not what was written")]
    [TestCase(825, DbFailure.Damaged, Description = "a page was read at the second try")]
    [TestCase(4060, DbFailure.Unreachable, Description = "the database is not there, or closed to us")]
    [TestCase(18456, DbFailure.Unreachable, Description = "login refused")]
    public void An_error_is_classed_by_its_number(int number, DbFailure meaning) => Assert.That(SqlServerDialect.Instance.Classify(Error(number)), Is.EqualTo(meaning));

    [Test]
    public void An_error_that_ends_the_connection_is_an_outage() => Assert.That(SqlServerDialect.Instance.Classify(Error(10054, severity: 20)), Is.EqualTo(DbFailure.Unreachable));

    [Test]
    public void A_database_that_is_too_old_is_told_with_what_its_administrator_has_to_run() =>
        Assert.That(DatabaseSetUp.TooOldSentence("Grid Cases 120"), Does.Contain("compatibility level 120").And.Contain("ALTER DATABASE [Grid Cases] SET COMPATIBILITY_LEVEL = 150"));

    [Test]
    public void A_server_waits_longer_for_the_start_lock_than_the_lock_lets_it()
    {
        var wait = Regex.Match(Migrator.OneServerAtATime.For(SqlServerDialect.Instance).Text, @"@LockTimeout = (\d+)").Groups[1].Value;

        Assert.That(Migrator.OneServerAtATime.For(SqlServerDialect.Instance).Text, Does.Contain($"THROW {Migrator.WaitedInVain},"));
        Assert.That(Migrator.OneServerAtATime.Timeout, Is.GreaterThan(TimeSpan.FromMilliseconds(int.Parse(wait))));
    }

    // Its constructors are not public.
    internal static SqlException Error(int number, byte severity = 16)
    {
        const BindingFlags hidden = BindingFlags.NonPublic | BindingFlags.Instance;
        var make = typeof(SqlError).GetConstructors(hidden).MinBy(c => c.GetParameters().Length)!;
        var error = make.Invoke([.. make.GetParameters().Select((p, i) => i == 0 ? number : p.Name == "errorClass" ? severity : p.ParameterType == typeof(string) ? "x" : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", hidden)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", BindingFlags.NonPublic | BindingFlags.Static, [typeof(SqlErrorCollection), typeof(string)])!.Invoke(null, [errors, "16"])!;
    }
}
