using GridCases.Hangfire;
using Microsoft.Data.SqlClient;

namespace GridCases.Web.Tests.Jobs;

/// <summary>A SQL Server without Hangfire's tables: whoever starts the program is told what to do.</summary>
[TestFixtureSource(nameof(OnSqlServer))]
public sealed class HangfireSchemaMissingTests(Store store)
{
    private static readonly TestFixtureData[] OnSqlServer = [OnBothDatabasesAttribute.Run(Store.SqlServer)];

    [Test]
    public async Task Without_the_right_to_make_them_the_start_says_which_command_does()
    {
        await using var server = TestServer.Start(store, null, ("GridCases:Jobs", "Hangfire"), ("GridCases:Hangfire:PrepareSchema", "false"));

        Assert.That(() => server.Services, Throws.TypeOf<HangfireSchemaMissing>().With.Message.Contains("tables are missing in schema HangFire").And.Message.Contains("hangfire-schema"));
    }

    /// <summary>A SQL Server of Microsoft's makes the tables and starts; one that only speaks TDS may refuse the script, and then the reason is told.</summary>
    [Test]
    public async Task With_it_the_tables_are_made_or_the_refusal_is_told_with_what_to_do()
    {
        await using var server = TestServer.Start(store, null, ("GridCases:Jobs", "Hangfire"));
        try
        {
            using var client = server.Anonymous();
            Assert.That((await client.AskAsync("/healthz/live")).Status, Is.EqualTo(200));
            TestContext.Out.WriteLine("the tables were made");
        }
        catch (HangfireSchemaMissing refused)
        {
            TestContext.Out.WriteLine($"{refused.Message}\n{refused.InnerException?.Message}");
            Assert.That(refused.InnerException, Is.TypeOf<SqlException>());
            Assert.That(refused.Message, Does.Contain("could not make them").And.Contain("Storage=Memory"));
        }
    }

    [Test]
    public async Task With_a_queue_in_memory_it_needs_none()
    {
        await using var server = TestServer.Start(store, null, ("GridCases:Jobs", "Hangfire"), ("GridCases:Hangfire:Storage", "Memory"));
        using var client = server.Anonymous();
        Assert.That((await client.AskAsync("/healthz/ready")).Status, Is.EqualTo(200));
    }
}
