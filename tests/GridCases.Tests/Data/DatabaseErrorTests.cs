using GridCases.Data;
using Microsoft.Data.Sqlite;

namespace GridCases.Tests.Data;

/// <summary>What a log gets of an error.</summary>
public sealed class DatabaseErrorTests
{
    [Test]
    public void A_database_error_is_logged_with_its_type_and_number_but_not_with_the_values_it_quotes()
    {
        var told = DatabaseError.Loggable(Thrown(new InvalidOperationException("张三", new SqliteException("truncated value: '张三'", 19, 275))));

        Assert.That(told.Message, Is.EqualTo("InvalidOperationException < SqliteException 275"));
        Assert.That(told.ToString(), Does.Contain(nameof(Thrown)).And.Not.Contain("张三"));
        Assert.That(told.InnerException, Is.Null);
    }

    [Test]
    public void Any_other_error_is_logged_as_it_is()
    {
        var error = new InvalidOperationException("x");

        Assert.That(DatabaseError.Loggable(error), Is.SameAs(error));
    }

    private static Exception Thrown(Exception error)
    {
        try
        {
            throw error;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
