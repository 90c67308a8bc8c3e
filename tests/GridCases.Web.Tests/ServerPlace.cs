using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace GridCases.Web.Tests;

/// <summary>A folder and a database in which the servers of a test work, one after the other; both disappear with it.</summary>
internal sealed class ServerPlace(Store store) : IAsyncDisposable
{
    private readonly SqlServerDatabase? _sqlServer = SqlServerDatabase.For(store);

    /// <summary>GRIDCASES_DATA.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("gridcases-").FullName;

    /// <summary>What a process is started with to find them.</summary>
    public IReadOnlyDictionary<string, string> Settings => _sqlServer is null
        ? new Dictionary<string, string> { ["GRIDCASES_DATA"] = Folder }
        : new Dictionary<string, string>
        {
            ["GRIDCASES_DATA"] = Folder,
            ["ConnectionStrings__GridCases"] = _sqlServer.ConnectionString,
            // Not every server that speaks TDS can hold Hangfire's own tables.
            ["GridCases__Jobs"] = "Timer",
        };

    /// <summary>A connection of the test's own to the servers' database; closing it ends it.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = _sqlServer is null
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "gridcases.db"), Pooling = false }.ToString())
            : new SqlConnection(new SqlConnectionStringBuilder(_sqlServer.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (_sqlServer is not null)
            await _sqlServer.DisposeAsync();
    }
}
