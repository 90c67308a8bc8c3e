using System.Globalization;
using System.Text.RegularExpressions;
using GridCases.Data;
using Hangfire.SqlServer;
using Microsoft.Data.SqlClient;

namespace GridCases.Hangfire;

/// <summary>Hangfire's own tables in the SQL Server.</summary>
public static partial class HangfireSchema
{
    /// <summary>The script that belongs to the version of Hangfire in use. It may be run again: it does what is missing, in one transaction.</summary>
    public static string Script(HangfireSettings settings) => SqlServerObjectsInstaller.GetInstallScript(settings.Schema, enableHeavyMigrations: true);

    /// <summary>The version of the tables that the script ends with.</summary>
    public static int Version(HangfireSettings settings) => int.Parse(Target().Match(Script(settings)).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Makes sure that the tables are there: makes them where it may.</summary>
    /// <exception cref="HangfireSchemaMissing">They are missing or old, and it may not or cannot make them; the message says what to do.</exception>
    internal static async Task DemandAsync(DatabaseOptions data, HangfireSettings settings, CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection(data.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var (wanted, found) = (Version(settings), await FoundAsync(connection, settings, cancellationToken));
        if (found >= wanted)
            return;

        var problem = found is null ? $"Hangfire's tables are missing in schema {settings.Schema}." : $"Hangfire's tables in schema {settings.Schema} are of version {found}, and this program needs version {wanted}.";
        const string Advice = "Run, as a login that may create tables: dotnet GridCases.Web.dll hangfire-schema > hangfire.sql; sqlcmd -d <database> -i hangfire.sql. "
            + "Or let the program make them at start (GridCases:Hangfire:PrepareSchema=true), or go without them: GridCases:Hangfire:Storage=Memory, or GridCases:Jobs=Timer.";
        if (!settings.PrepareSchema)
            throw new HangfireSchemaMissing($"{problem} {Advice}");
        try
        {
            SqlServerObjectsInstaller.Install(connection, settings.Schema, enableHeavyMigrations: true);
        }
        catch (SqlException e)
        {
            throw new HangfireSchemaMissing($"{problem} The program could not make them (error {e.Number}). {Advice}", e);
        }
    }

    private static async Task<int?> FoundAsync(SqlConnection connection, HangfireSettings settings, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        // The schema is a name, as the settings have made sure.
        command.CommandText = $"IF OBJECT_ID(N'[{settings.Schema}].[Schema]', N'U') IS NOT NULL SELECT MAX([Version]) FROM [{settings.Schema}].[Schema]";
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    [GeneratedRegex(@"SET @TARGET_SCHEMA_VERSION = (\d+);")]
    private static partial Regex Target();
}

/// <summary>Hangfire's tables are not there as they should be; the message says what to do.</summary>
#pragma warning disable CA1032 // made here alone
#pragma warning disable CA1710 // named as what it means
public sealed class HangfireSchemaMissing(string message, Exception? cause = null) : Exception(message, cause);
#pragma warning restore CA1032, CA1710
