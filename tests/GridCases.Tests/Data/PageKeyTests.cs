using System.Text;
using GridCases.Data;
using Microsoft.Extensions.Configuration;

namespace GridCases.Tests.Data;

/// <summary>Cursors come from outside and may be anything.</summary>
public sealed class PageKeyTests
{
    [Test]
    public void A_cursor_leads_back_to_its_key()
    {
        var key = new PageKey(new DateTimeOffset(2026, 2, 2, 1, 2, 3, 45, TimeSpan.Zero), new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]));

        Assert.That(PageKey.TryParse(key.ToString(), out var read), Is.True);
        Assert.That(read, Is.EqualTo(key));
        Assert.That(key.ToString(), Does.Match("^[A-Za-z0-9_-]+$"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void No_cursor_is_the_beginning(string? cursor)
    {
        Assert.That(PageKey.TryParse(cursor, out var key), Is.True);
        Assert.That(key, Is.Null);
    }

    [TestCase("x")]
    [TestCase("?!")]
    [TestCase("MjAyNg")]
    [TestCase("MjAyNi0wMi0wMiAxMjM0")]
    public void What_is_no_cursor_is_told(string cursor) => Assert.That(PageKey.TryParse(cursor, out _), Is.False);

    [Test]
    public void A_cursor_with_an_impossible_day_is_told()
    {
        var text = Convert.ToBase64String(Encoding.ASCII.GetBytes("2026-02-30T00:00:00.000Z 00000001000200030405060708090a0b")).TrimEnd('=');

        Assert.That(PageKey.TryParse(text, out _), Is.False);
    }
}

/// <summary>Where the data are is configuration.</summary>
public sealed class DatabaseOptionsTests
{
    [Test]
    public void Without_a_word_it_is_the_embedded_database_in_the_data_folder()
    {
        var options = From([]);

        Assert.That(options.IsSqlServer, Is.False);
        Assert.That(options.ConnectionString, Does.Contain(Path.Combine(Path.GetFullPath(".data"), "gridcases.db")));
    }

    [Test]
    public void The_folder_and_a_SQL_Server_can_be_set()
    {
        var options = From(new() { ["GRIDCASES_DATA"] = "/srv/gridcases", ["ConnectionStrings:GridCases"] = "Server=db;Database=GridCases" });

        Assert.That(options.IsSqlServer, Is.True);
        Assert.That(options.ConnectionString, Does.StartWith("Data Source=db;Initial Catalog=GridCases"));
        Assert.That(options.Folder, Is.EqualTo(Path.GetFullPath("/srv/gridcases")));
    }

    private static DatabaseOptions From(Dictionary<string, string?> settings) =>
        DatabaseOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
