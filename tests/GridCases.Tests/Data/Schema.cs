using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using GridCases.Data;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace GridCases.Tests.Data;

/// <summary>What the migrations of a database declare, in words that can be compared: one line per fact.</summary>
internal sealed partial class Schema
{
    /// <summary>The one table that each database has in a form of its own: the index of characters, with SQLite an inverted one and the tables behind it.</summary>
    private const string OfItsOwn = "CaseGram";

    private readonly SortedSet<string> _facts = new(StringComparer.Ordinal);

    // T-SQL takes constraints and indexes away by their names.
    private readonly Dictionary<string, string> _named = new(StringComparer.OrdinalIgnoreCase);

    // Numbers that are no key and only order SQL Server's rows on the disk: no part of what is stored.
    private readonly HashSet<string> _physical = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Such as <c>DisputeCase.Title TEXT NOT NULL</c>, <c>DisputeCase PRIMARY KEY (Id)</c>.</summary>
    public IReadOnlyCollection<string> Facts => _facts;

    public IEnumerable<string> Tables => _facts.Select(f => f[..f.IndexOfAny(['.', ' '])]).Distinct();

    /// <summary>Reads it back from a SQLite database.</summary>
    public static async Task<Schema> OfSqliteAsync(Database database)
    {
        var schema = new Schema();
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var filters = (await connection.QueryAsync("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'"))
            .ToDictionary(i => (string)i.name, i => Filter(((string)i.sql)[(((string)i.sql).IndexOf(" WHERE ", StringComparison.Ordinal) + 7)..]));
        foreach (var made in await connection.QueryAsync($"SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'SchemaScript' AND name NOT LIKE '{OfItsOwn}%'"))
        {
            string table = made.name;
            foreach (Match limit in Limit().Matches((string)made.sql))
                schema._facts.Add($"{table}.{limit.Groups[1].Value} at most {limit.Groups[2].Value}");

            var keys = new SortedDictionary<long, string>();
            foreach (var c in await connection.QueryAsync($"PRAGMA table_xinfo([{table}])"))
            {
                schema.Column(table, c.name, c.type, c.notnull == 0, c.hidden != 0);
                if (c.pk > 0)
                    keys[c.pk] = c.name;
            }

            schema.Key(table, "PRIMARY KEY", keys.Values);
            foreach (var index in (await connection.QueryAsync($"PRAGMA index_list([{table}])")).Where(i => i.origin != "pk"))
            {
                var columns = (await connection.QueryAsync($"PRAGMA index_info([{index.name}])")).OrderBy(c => c.seqno).Select(c => (string)c.name);
                var filter = filters.GetValueOrDefault((string)index.name);
                schema.Key(table, index.unique == 1 ? "UNIQUE" : "INDEX", columns, filter: filter);
            }

            foreach (var reference in (await connection.QueryAsync($"PRAGMA foreign_key_list([{table}])")).GroupBy(f => (long)f.id))
            {
                var pairs = reference.OrderBy(f => f.seq).ToList();
                schema.Reference(table, pairs.Select(f => (string)f.from), pairs[0].table, pairs.Select(f => (string)f.to));
            }
        }

        return schema;
    }

    /// <summary>Reads it from T-SQL migrations, in order.</summary>
    public static Schema OfTSql(IEnumerable<string> scripts)
    {
        var schema = new Schema();
        foreach (var statement in scripts.SelectMany(s => TSql.Parse(s).Batches).SelectMany(b => b.Statements))
            schema.Apply(statement);
        return schema;
    }

    private void Apply(TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement create when Name(create.SchemaObjectName) != OfItsOwn:
                Add(Name(create.SchemaObjectName), create.Definition);
                break;
            case AlterTableAddTableElementStatement add:
                Add(Name(add.SchemaObjectName), add.Definition);
                break;
            case AlterTableDropTableElementStatement drop:
                foreach (var element in drop.AlterTableDropTableElements.Where(e => e.TableElementType == TableElementType.Column))
                    _facts.RemoveWhere(f => f.StartsWith($"{Name(drop.SchemaObjectName)}.{element.Name.Value} ", StringComparison.Ordinal));
                foreach (var element in drop.AlterTableDropTableElements.Where(e => e.TableElementType == TableElementType.Constraint))
                    Forget(element.Name.Value);
                break;
            case DropIndexStatement drop:
                foreach (var clause in drop.DropIndexClauses.Cast<DropIndexClause>())
                    Forget(clause.Index.Value);
                break;
            case AlterTableAlterColumnStatement alter:
                _facts.RemoveWhere(f => f.StartsWith($"{Name(alter.SchemaObjectName)}.{alter.ColumnIdentifier.Value} ", StringComparison.Ordinal));
                Column(Name(alter.SchemaObjectName), alter.ColumnIdentifier.Value, Type(alter.DataType), alter.AlterTableAlterColumnOption != AlterTableAlterColumnOption.NotNull, false);
                Length(Name(alter.SchemaObjectName), alter.ColumnIdentifier.Value, alter.DataType);
                break;
            case DropTableStatement drop:
                foreach (var table in drop.Objects.Select(Name))
                    _facts.RemoveWhere(f => f.StartsWith(table + ".", StringComparison.Ordinal) || f.StartsWith(table + " ", StringComparison.Ordinal));
                break;
            case CreateIndexStatement index when !Columns(index.Columns).All(c => _physical.Contains($"{Name(index.OnName)}.{c}")):
                Remember(index.Name, Key(Name(index.OnName), index.Unique ? "UNIQUE" : "INDEX", Columns(index.Columns), Filter(index.FilterPredicate)));
                break;
        }
    }

    private void Add(string table, TableDefinition definition)
    {
        foreach (var column in definition.ColumnDefinitions)
        {
            var name = column.ColumnIdentifier.Value;
            if (column.IdentityOptions is not null && !column.Constraints.OfType<UniqueConstraintDefinition>().Any())
            {
                _physical.Add($"{table}.{name}");
                continue;
            }

            var nullable = column.Constraints.OfType<NullableConstraintDefinition>().SingleOrDefault()
                ?? throw new FormatException($"{table}.{name} does not say whether it may be null.");
            var type = column.ComputedColumnExpression is CastCall cast ? cast.DataType : column.DataType;
            Column(table, name, Type(type), nullable.Nullable, column.ComputedColumnExpression is not null);
            Length(table, name, type);
            foreach (var constraint in column.Constraints)
                Constrain(table, constraint, name);
        }

        foreach (var constraint in definition.TableConstraints)
            Constrain(table, constraint, null);
    }

    private void Constrain(string table, ConstraintDefinition constraint, string? column)
    {
        switch (constraint)
        {
            case UniqueConstraintDefinition unique:
                Remember(constraint.ConstraintIdentifier, Key(table, unique.IsPrimaryKey ? "PRIMARY KEY" : "UNIQUE", column is not null ? [column] : Columns(unique.Columns)));
                break;
            case ForeignKeyConstraintDefinition key:
                Remember(constraint.ConstraintIdentifier,
                    Reference(table, column is not null ? [column] : key.Columns.Select(c => c.Value), Name(key.ReferenceTableName), key.ReferencedTableColumns.Select(c => c.Value)));
                break;
        }
    }

    private void Remember(Identifier? name, string fact)
    {
        if (name is not null)
            _named[name.Value] = fact;
    }

    private void Forget(string name)
    {
        if (_named.Remove(name, out var fact))
            _facts.Remove(fact);
    }

    private void Column(string table, string name, string type, bool nullable, bool computed) =>
        _facts.Add($"{table}.{name} {type} {(nullable ? "NULL" : "NOT NULL")}{(computed ? " computed" : "")}");

    // Texts that people type: too long for SQL Server must be too long for SQLite, where tests run.
    private void Length(string table, string column, DataTypeReference type)
    {
        if (type is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar, Parameters: [IntegerLiteral length] })
            _facts.Add($"{table}.{column} at most {length.Value}");
    }

    private string Key(string table, string kind, IEnumerable<string> columns, string? filter = null) =>
        Fact($"{table} {kind} ({string.Join(", ", columns)}){(filter is null ? "" : $" WHERE {filter}")}");

    private static string? Filter(BooleanExpression? predicate) => predicate is null ? null
        : Filter(string.Concat(predicate.ScriptTokenStream.Skip(predicate.FirstTokenIndex).Take(predicate.LastTokenIndex - predicate.FirstTokenIndex + 1).Select(t => t.Text)));

    private static string Filter(string predicate) => predicate.Replace("N'", "'", StringComparison.Ordinal);

    private string Reference(string table, IEnumerable<string> columns, string to, IEnumerable<string> keys) =>
        Fact($"{table} ({string.Join(", ", columns)}) REFERENCES {to} ({string.Join(", ", keys)})");

    private string Fact(string fact)
    {
        _facts.Add(fact);
        return fact;
    }

    private static IEnumerable<string> Columns(IEnumerable<ColumnWithSortOrder> columns) => columns.Select(c => c.Column.MultiPartIdentifier[^1].Value);

    private static string Name(SchemaObjectName name) => name.BaseIdentifier.Value;

    // The stored form in SQLite of each type that the migrations may use.
    private static string Type(DataTypeReference type) => type.Name.BaseIdentifier.Value.ToLower(CultureInfo.InvariantCulture) switch
    {
        "uniqueidentifier" or "nvarchar" or "varchar" or "char" or "datetime2" or "date" => "TEXT",
        "int" or "bigint" or "bit" => "INTEGER",
        "decimal" or "float" => "REAL",
        "varbinary" => "BLOB",
        var other => throw new FormatException($"Type {other} has no agreed form in SQLite."),
    };

    [GeneratedRegex(@"CHECK \(length\(\[?(\w+)\]?\) <= (\d+)\)")]
    private static partial Regex Limit();
}
