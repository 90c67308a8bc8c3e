using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace GridCases.Data;

/// <summary>Where the data are.</summary>
public sealed record DatabaseOptions
{
    /// <summary>Folder of the embedded database, the keys and the attachments.</summary>
    public required string Folder { get; init; }

    /// <summary>Connection string of a SQL Server; null for the embedded database in <see cref="Folder"/>.</summary>
    public string? SqlServer { get; init; }

    /// <summary>Keys of the personal data as JSON, where several servers share them; null for the file in <see cref="Folder"/>.</summary>
    public string? PersonalDataKeys { get; init; }

    /// <summary>How long a start waits for a database that is away.</summary>
    public TimeSpan StartWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a SQL Server holds the data.</summary>
    public bool IsSqlServer => !string.IsNullOrWhiteSpace(SqlServer);

    /// <summary>The file of the embedded database.</summary>
    public string FilePath => Path.Combine(Folder, DataFolder.DatabaseFile);

    /// <summary>What the driver gets.</summary>
    public string ConnectionString => IsSqlServer
        ? Impatient(SqlServer!)
        : new SqliteConnectionStringBuilder
        {
            DataSource = FilePath,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            // The sessions are kept, and what is thrown away is to be gone.
            Pooling = false,
            // How long another process that writes is waited for; in this one writers stand in a queue.
            DefaultTimeout = 2,
        }.ToString();

    /// <summary>
    /// Reads <c>GRIDCASES_DATA</c> (default: <c>.data</c> in the working directory), <c>ConnectionStrings:GridCases</c> (a SQL Server),
    /// <c>GridCases:PersonalDataKeys</c> and <c>GridCases:Database:StartWaitSeconds</c>.
    /// </summary>
    public static DatabaseOptions From(IConfiguration configuration) => new()
    {
        Folder = Path.GetFullPath(configuration["GRIDCASES_DATA"] is { Length: > 0 } folder ? folder : ".data"),
        SqlServer = configuration.GetConnectionString("GridCases"),
        PersonalDataKeys = configuration["GridCases:PersonalDataKeys"],
        StartWait = TimeSpan.FromSeconds(configuration.GetValue("GridCases:Database:StartWaitSeconds", 60)),
    };

    /// <summary>
    /// People wait behind every connection: a server that does not answer is given up after three seconds and not after a quarter of a minute, unless the connection
    /// string says otherwise; and when it is back, the driver does not go on refusing by itself for up to a minute (<see cref="Database"/> does so for one second).
    /// </summary>
    private static string Impatient(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString) { PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock };
        if (!builder.ShouldSerialize("Connect Timeout"))
            builder.ConnectTimeout = 3;
        if (!builder.ShouldSerialize("Connect Retry Count"))
            builder.ConnectRetryCount = 0;
        return builder.ConnectionString;
    }
}
