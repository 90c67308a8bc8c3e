namespace GridCases.Data;

/// <summary>
/// A piece of a text that is composed from what is asked for. Each is a <c>static readonly</c> field, as every <see cref="Sql"/> is: pieces are put one
/// behind the other and nothing is ever filled into them, so that what somebody typed reaches the database as a parameter or not at all.
/// A <see cref="SqlFamily{TShape}"/> makes texts of them.
/// </summary>
public sealed class SqlPart
{
    public static readonly SqlPart None = new("");

    private readonly string _sqlServer;
    private readonly string _sqlite;

    /// <summary>A piece that both databases understand.</summary>
    public SqlPart(string text)
        : this(text, text)
    {
    }

    private SqlPart(string sqlServer, string sqlite) => (_sqlServer, _sqlite) = (sqlServer, sqlite);

    /// <summary>Two pieces, where one will not do.</summary>
    public static SqlPart Per(string sqlServer, string sqlite) => new(sqlServer, sqlite);

    /// <summary>This piece where it is wanted, else nothing.</summary>
    public SqlPart When(bool wanted) => wanted ? this : None;

    /// <summary>The pieces one behind the other, a line each.</summary>
    public static SqlPart Join(params IEnumerable<SqlPart> parts) => Between(None, parts);

    /// <summary>The pieces one behind the other with another one between each two of them.</summary>
    public static SqlPart Between(SqlPart between, params IEnumerable<SqlPart> parts)
    {
        var given = parts.Where(p => p != None).ToList();
        return new(Text(p => p._sqlServer), Text(p => p._sqlite));

        string Text(Func<SqlPart, string> of) => string.Join(between == None ? "\n" : $"\n{of(between)}\n", given.Select(of));
    }

    /// <summary>The text that the pieces make.</summary>
    internal Sql ToSql() => Sql.Per(_sqlServer, _sqlite);
}
