using System.Security.Cryptography;
using Microsoft.Data.SqlClient;
using NUnit.Framework.Internal;

namespace GridCases.Tests.Data;

/// <summary>What a fixture runs on.</summary>
public enum Store
{
    /// <summary>The embedded database.</summary>
    Sqlite,

    /// <summary>The server that <c>GRIDCASES_TEST_SQLSERVER</c> names.</summary>
    SqlServer,
}

/// <summary>Runs a fixture on both databases: its constructor takes the <see cref="Store"/>. Where no SQL Server is named the second run is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnBothDatabasesAttribute() : TestFixtureSourceAttribute(typeof(OnBothDatabasesAttribute), nameof(Stores))
{
    /// <summary>One run for each database.</summary>
    public static IEnumerable<TestFixtureData> Stores => Enum.GetValues<Store>().Select(store => Run(store));

    /// <summary>A run of a fixture on a database, with what else its constructor takes.</summary>
    public static TestFixtureData Run(Store store, params object[] arguments)
    {
        var run = new TestFixtureData([store, .. arguments]);
        if (store is Store.SqlServer)
            run.Properties.Add(PropertyNames.Category, nameof(Store.SqlServer));
        return store is Store.SqlServer && SqlServerDatabase.Server is null
            ? run.Ignore("GRIDCASES_TEST_SQLSERVER holds no connection string, so this was not tried on SQL Server.")
            : run;
    }
}

/// <summary>A database of its own on the SQL Server that tests may use; disposing drops it.</summary>
public sealed class SqlServerDatabase : IAsyncDisposable
{
    private readonly string _name = $"gridcases_test_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    private SqlServerDatabase()
    {
        ConnectionString = new SqlConnectionStringBuilder(Server) { InitialCatalog = _name }.ConnectionString;
        Execute($"CREATE DATABASE [{_name}]");
        // What its administrator would do; some servers that speak TDS know no other way and have no such statement.
        Execute($"IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE [name] = '{_name}') = 0 EXEC('ALTER DATABASE [{_name}] SET READ_COMMITTED_SNAPSHOT ON')");
        Execute($"IF (SELECT snapshot_isolation_state FROM sys.databases WHERE [name] = '{_name}') = 0 EXEC('ALTER DATABASE [{_name}] SET ALLOW_SNAPSHOT_ISOLATION ON')");
    }

    /// <summary>The connection string of a SQL Server that tests may use; null where none is named.</summary>
    public static string? Server { get; } =
        Environment.GetEnvironmentVariable("GRIDCASES_TEST_SQLSERVER") is { Length: > 0 } server ? server : null;

    /// <summary>How the program reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>A new one, empty; null where the fixture runs on the embedded database.</summary>
    public static SqlServerDatabase? For(Store store) => store is Store.SqlServer ? new SqlServerDatabase() : null;

    public async ValueTask DisposeAsync()
    {
        using (var pooled = new SqlConnection(new GridCases.Data.DatabaseOptions { Folder = "", SqlServer = ConnectionString }.ConnectionString))
            SqlConnection.ClearPool(pooled);

        // The connections of a server that was killed end a moment after it.
        for (var patience = 100; ; patience--)
        {
            try
            {
                Execute($"DROP DATABASE [{_name}]");
                return;
            }
            catch (SqlException) when (patience > 0)
            {
                await Task.Delay(100);
            }
        }
    }

    private static void Execute(string sql)
    {
        using var connection = new SqlConnection(Server);
        connection.Open();
        using var command = new SqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
