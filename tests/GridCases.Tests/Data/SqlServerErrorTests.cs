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
    [TestCase(208, DbFailure.Fault)]
    public void An_error_is_classed_by_its_number(int number, DbFailure meaning) => Assert.That(SqlServerDialect.Instance.Classify(Error(number)), Is.EqualTo(meaning));

    [Test]
    public void A_server_waits_longer_for_the_start_lock_than_the_lock_lets_it()
    {
        var wait = Regex.Match(Migrator.OneServerAtATime.For(SqlServerDialect.Instance).Text, @"@LockTimeout = (\d+)").Groups[1].Value;

        Assert.That(Migrator.OneServerAtATime.Timeout, Is.GreaterThan(TimeSpan.FromMilliseconds(int.Parse(wait))));
    }

    // Its constructors are not public.
    private static SqlException Error(int number)
    {
        const BindingFlags hidden = BindingFlags.NonPublic | BindingFlags.Instance;
        var make = typeof(SqlError).GetConstructors(hidden).MinBy(c => c.GetParameters().Length)!;
        var error = make.Invoke([.. make.GetParameters().Select((p, i) => i == 0 ? number : p.ParameterType == typeof(string) ? "x" : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", hidden)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", BindingFlags.NonPublic | BindingFlags.Static, [typeof(SqlErrorCollection), typeof(string)])!.Invoke(null, [errors, "16"])!;
    }
}
