using GridCases.Data;

namespace GridCases.Features.Operations;

/// <summary>Which database it is, how large, and whether it fits the program.</summary>
public sealed class DatabaseLines(Db db, OperationalFigures figures) : IStatusLines
{
    private static readonly Sql FindVersion = Sql.Per(
        sqlServer: "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128))",
        sqlite: "SELECT sqlite_version()");

    private static readonly Sql FindSchema = new("SELECT MAX(Name) FROM SchemaScript");

    public async Task<IReadOnlyList<StatusLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var version = await db.QuerySingleAsync<string>(FindVersion, null, cancellationToken);
        var schema = await db.QuerySingleAsync<string>(FindSchema, null, cancellationToken);
        var expected = Migrator.Embedded(db.Dialect)[^1].Name;
        var size = (await figures.ReadAsync(cancellationToken)).DatabaseBytes;
        return
        [
            StatusLine.Of(StatusGroup.Database, "Database", StatusState.Fine, db.Dialect.Choose("SQL Server", "SQLite"), version),
            StatusLine.Of(StatusGroup.Database, "DatabaseSize", StatusState.Fine, size == 0 ? StatusLine.Say("NotTold") : StatusLine.Bytes(size)),

            // A server that was started before another one brought a newer program goes on with the old one.
            StatusLine.Of(StatusGroup.Database, "Schema", schema == expected ? StatusState.Fine : StatusState.Attention, schema, expected),
        ];
    }
}
