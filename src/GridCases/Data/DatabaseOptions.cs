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

    /// <summary>Whether a SQL Server holds the data.</summary>
    public bool IsSqlServer => !string.IsNullOrWhiteSpace(SqlServer);

    /// <summary>What the driver gets.</summary>
    public string ConnectionString => IsSqlServer
        ? SqlServer!
        : new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Folder, DataFolder.DatabaseFile),
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            Pooling = true,
        }.ToString();

    /// <summary>
    /// Reads <c>GRIDCASES_DATA</c> (default: <c>.data</c> in the working directory), <c>ConnectionStrings:GridCases</c> (a SQL Server) and
    /// <c>GridCases:PersonalDataKeys</c>.
    /// </summary>
    public static DatabaseOptions From(IConfiguration configuration) => new()
    {
        Folder = Path.GetFullPath(configuration["GRIDCASES_DATA"] is { Length: > 0 } folder ? folder : ".data"),
        SqlServer = configuration.GetConnectionString("GridCases"),
        PersonalDataKeys = configuration["GridCases:PersonalDataKeys"],
    };
}
