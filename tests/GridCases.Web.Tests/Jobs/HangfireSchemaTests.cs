using System.Diagnostics;
using GridCases.Hangfire;
using Hangfire.SqlServer;
using Microsoft.Extensions.Configuration;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace GridCases.Web.Tests.Jobs;

/// <summary>Hangfire's own tables, as far as that can be told without a SQL Server of Microsoft's: what the script says, and how the storage is set up.</summary>
public sealed class HangfireSchemaTests
{
    private const string Server = "ConnectionStrings:GridCases";

    [TestCase("HangFire")]
    [TestCase("jobs_9901")]
    public void The_script_of_the_package_is_T_SQL_that_makes_every_table_in_the_schema_of_the_setting(string schema)
    {
        var settings = HangfireSettings.From(Configured((Server, "Server=x"), ("GridCases:Hangfire:Schema", schema)));

        var script = HangfireSchema.Script(settings);

        var parsed = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.That(errors.Select(e => $"{e.Line}: {e.Message}"), Is.Empty);
        var tables = new Tables();
        parsed.Accept(tables);
        Assert.That(tables.Made.Select(t => t.BaseIdentifier.Value), Is.SupersetOf(new[] { "Schema", "Job", "State", "JobQueue", "Server", "Hash", "List", "Set", "AggregatedCounter", "Counter", "JobParameter" }));
        Assert.That(tables.Made.Select(t => t.SchemaIdentifier.Value), Is.All.EqualTo(schema));
        Assert.That(script, Does.Not.Contain("$("), "nothing is left to fill in");
        Assert.That(HangfireSchema.Version(settings), Is.GreaterThanOrEqualTo(9));
    }

    [Test]
    public async Task The_program_prints_it_without_a_database()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "hangfire-schema"]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__GridCases"] = "Server=nowhere.invalid";
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(printed.Trim(), Is.EqualTo(HangfireSchema.Script(HangfireSettings.From(Configured((Server, "Server=x")))).Trim()));
    }

    [Test]
    public void The_storage_takes_over_from_a_killed_server_within_a_minute_and_prepares_nothing_behind_our_back()
    {
        var options = HangfireEngine.StorageOptions(HangfireSettings.From(Configured((Server, "Server=x"))));

        Assert.That(options.SlidingInvisibilityTimeout, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That((options.PrepareSchemaIfNecessary, options.TryAutoDetectSchemaDependentOptions), Is.EqualTo((false, false)));
        // What the tables of the demanded version allow.
        Assert.That((options.DisableGlobalLocks, options.UseRecommendedIsolationLevel, options.UseIgnoreDupKeyOption), Is.EqualTo((true, true, true)));
        Assert.That(() => new SqlServerStorage("Server=x", options), Throws.Nothing, "it is made before the database is known to answer");
    }

    [Test]
    public void The_queue_is_in_the_SQL_Server_or_where_the_setting_says()
    {
        Assert.That(HangfireSettings.From(Configured((Server, "Server=x"))).Storage, Is.EqualTo(HangfireStorage.Database));
        Assert.That(HangfireSettings.From(Configured((Server, "Server=x"), ("GridCases:Hangfire:Storage", "Memory"))).Storage, Is.EqualTo(HangfireStorage.Memory));
        Assert.That(HangfireSettings.From(Configured()).Storage, Is.EqualTo(HangfireStorage.Memory));
        Assert.That(() => HangfireSettings.From(Configured(("GridCases:Hangfire:Storage", "Database"))), Throws.TypeOf<FormatException>());
        Assert.That(() => HangfireSettings.From(Configured(("GridCases:Hangfire:Schema", "x]; DROP TABLE Unit --"))), Throws.TypeOf<FormatException>());
    }

    private static IConfiguration Configured(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();

    private sealed class Tables : TSqlFragmentVisitor
    {
        public List<SchemaObjectName> Made { get; } = [];

        public override void Visit(CreateTableStatement node) => Made.Add(node.SchemaObjectName);
    }
}
