using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace GridCases.Data;

/// <summary>
/// One SQL text that runs on SQLite and on SQL Server. Each is a <c>static readonly</c> field beside the code that runs it:
/// that is how the catalogue test finds and checks every one of them.
/// </summary>
/// <remarks>
/// Tokens filled in by the <see cref="Dialect"/>: <c>{page}</c> behind an ORDER BY takes <c>@limit</c> rows;
/// <c>{list ids}</c> is the list held by the parameter <c>@ids</c>, as in <c>Id IN {list ids}</c>; <c>{codes units}</c> is a list of unit codes.
/// <c>{recompile}</c> at the end has SQL Server plan for the values it is given now, where a plan made for others would not do. SQLite always plans without values.
/// </remarks>
public sealed partial class Sql
{
    private readonly string _sqlServer;
    private readonly string _sqlite;
    private readonly ConcurrentDictionary<Dialect, SqlText> _texts = new();

    /// <summary>A text that both databases understand.</summary>
    /// <param name="text">The text.</param>
    /// <param name="timeout">How long it may run, where that is not as usual.</param>
    public Sql(string text, TimeSpan? timeout = null)
        : this(text, text, timeout)
    {
    }

    private Sql(string sqlServer, string sqlite, TimeSpan? timeout) => (_sqlServer, _sqlite, Timeout) = (sqlServer, sqlite, timeout);

    /// <summary>How long it may run; null for what the connection says, usually 30 seconds.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>Whether there are two texts.</summary>
    internal bool DiffersByDialect => _sqlServer != _sqlite;

    /// <summary>Two texts, where one will not do.</summary>
    /// <param name="sqlServer">For SQL Server.</param>
    /// <param name="sqlite">For SQLite.</param>
    /// <param name="timeout">How long it may run, where that is longer than usual.</param>
    public static Sql Per(string sqlServer, string sqlite, TimeSpan? timeout = null) => new(sqlServer, sqlite, timeout);

    /// <summary>
    /// The pattern by which LIKE finds a text anywhere in a column: write <c>LIKE @q ESCAPE '!'</c>. Null stays null.
    /// </summary>
    public static string? Containing(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : $"%{Wildcard().Replace(text.Trim(), "!$0")}%";

    /// <summary>The text as this dialect runs it.</summary>
    public SqlText For(Dialect dialect) => _texts.GetOrAdd(dialect, static (d, sql) => sql.Expand(d), this);

    public override string ToString() => _sqlite;

    private SqlText Expand(Dialect dialect)
    {
        var source = dialect.Choose(_sqlServer, _sqlite);
        var text = Token().Replace(source, token => token.Value switch
        {
            "{page}" => dialect.Page,
            "{recompile}" => dialect.Choose("OPTION (RECOMPILE)", ""),
            var list when list.StartsWith("{list ", StringComparison.Ordinal) => dialect.List($"@{list[6..^1]}"),
            var codes when codes.StartsWith("{codes ", StringComparison.Ordinal) => dialect.List($"@{codes[7..^1]}", codes: true),
            var unknown => throw new FormatException($"SQL token {unknown} is unknown in: {source}"),
        });
        return new SqlText(text, Parameter().Matches(text).Select(m => m.Groups[1].Value));
    }

    [GeneratedRegex(@"\{[a-z]+( \w+)?\}")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<![@\w])@(\w+)")]
    internal static partial Regex Parameter();

    [GeneratedRegex(@"[%_!\[\]]")]
    private static partial Regex Wildcard();
}

/// <summary>A text ready to run, and the names of the parameters in it, without the <c>@</c>.</summary>
public sealed class SqlText
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _suffixed = new();

    internal SqlText(string text, IEnumerable<string> parameters)
    {
        Text = text;
        foreach (var name in parameters)
        {
            // SQL Server takes @id and @Id for the same, SQLite does not.
            if (!_parameters.TryAdd(name, name) && _parameters[name] != name)
                throw new FormatException($"@{name} and @{_parameters[name]} are one parameter, write them alike in: {text}");
        }
    }

    /// <summary>What the database gets.</summary>
    public string Text { get; }

    /// <summary>The text with every parameter's name ending so, where several texts stand in one command.</summary>
    public string WithSuffix(string suffix) => _suffixed.GetOrAdd(suffix, static (end, sql) => Sql.Parameter().Replace(sql.Text, "$0" + end), this);

    /// <summary>The parameters as they are spelled in the text.</summary>
    public IReadOnlyCollection<string> Parameters => _parameters.Values;

    /// <summary>How the text spells a parameter; null when it has none of that name. Upper and lower case make no difference.</summary>
    public string? SpellingOf(string parameter) => _parameters.GetValueOrDefault(parameter);
}
