using System.Text.RegularExpressions;
using GridCases.Data;
using Microsoft.Extensions.Configuration;

namespace GridCases.Hangfire;

/// <summary>Where Hangfire keeps its queue; section <c>GridCases:Hangfire</c>.</summary>
public sealed partial record HangfireSettings
{
    /// <summary>Where the queue is.</summary>
    public required HangfireStorage Storage { get; init; }

    /// <summary>The schema of Hangfire's tables.</summary>
    public required string Schema { get; init; }

    /// <summary>Whether missing tables are made at start, or those of an older version changed; if not, the start is refused until somebody has run what <c>hangfire-schema</c> prints.</summary>
    public required bool PrepareSchema { get; init; }

    /// <summary>
    /// Reads <c>GridCases:Hangfire:Storage</c> (unless said the SQL Server that holds the data, and memory beside the embedded database), <c>:Schema</c> (<c>HangFire</c>) and
    /// <c>:PrepareSchema</c> (yes: the login applies the program's own migrations, too).
    /// </summary>
    /// <exception cref="FormatException">A setting cannot be what it says.</exception>
    public static HangfireSettings From(IConfiguration configuration)
    {
        var isSqlServer = DatabaseOptions.From(configuration).IsSqlServer;
        var settings = new HangfireSettings
        {
            Storage = configuration.GetValue("GridCases:Hangfire:Storage", isSqlServer ? HangfireStorage.Database : HangfireStorage.Memory),
            Schema = configuration["GridCases:Hangfire:Schema"] is { Length: > 0 } schema ? schema : "HangFire",
            PrepareSchema = configuration.GetValue("GridCases:Hangfire:PrepareSchema", true),
        };
        // It becomes part of Hangfire's own statements.
        if (!Name().IsMatch(settings.Schema))
            throw new FormatException($"GridCases:Hangfire:Schema '{settings.Schema}' is no name: letters, digits and _ only, no digit first.");
        if (settings.Storage is HangfireStorage.Database && !isSqlServer)
            throw new FormatException("GridCases:Hangfire:Storage is Database, but no SQL Server is named in ConnectionStrings:GridCases. Beside the embedded database it is Memory.");
        return settings;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,100}$")]
    private static partial Regex Name();
}

/// <summary>Where Hangfire keeps its queue.</summary>
public enum HangfireStorage
{
    /// <summary>In the SQL Server that holds the data: servers share the work.</summary>
    Database,

    /// <summary>In each server's memory: nothing in it has to outlive the process. Several servers then all do every job, which does no harm and is of no use.</summary>
    Memory,
}
