using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace GridCases.Tests.Data;

/// <summary>What can be said about T-SQL without a server: its grammar, and the mistakes that SQLite lets pass.</summary>
internal static class TSql
{
    // Those that both databases have and that mean the same. AVG is not among them: over integers SQL Server cuts.
    private static readonly HashSet<string> Shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "COUNT", "SUM", "MIN", "MAX", "CONCAT", "ABS", "ROUND", "UPPER", "LOWER", "TRIM", "LTRIM", "RTRIM", "REPLACE", "SUBSTRING",
        "ROW_NUMBER", "RANK", "DENSE_RANK", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "SIGN",
    };

    private static readonly HashSet<string> Aggregates = new(StringComparer.OrdinalIgnoreCase) { "COUNT", "SUM", "MIN", "MAX", "AVG" };

    public static TSqlScript Parse(string text)
    {
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        if (errors.Count > 0)
            throw new FormatException(string.Join(Environment.NewLine, errors.Select(e => $"line {e.Line}: {e.Message}")));
        return script;
    }

    /// <summary>What the text uses of T-SQL that TDS-compatible servers do not share (design: two databases, one SQL text).</summary>
    public static IReadOnlyList<string> Unshared(string text)
    {
        var visitor = new UnsharedParts();
        Parse(text).Accept(visitor);
        return visitor.Found;
    }

    /// <summary>What SQLite accepts and SQL Server refuses, although the grammar allows it.</summary>
    public static IReadOnlyList<string> Mistakes(string text)
    {
        var visitor = new MistakesInQueries();
        Parse(text).Accept(visitor);
        return visitor.Found;
    }

    private sealed class UnsharedParts : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(MergeStatement node) => Found.Add("MERGE");

        public override void Visit(OutputClause node) => Found.Add("OUTPUT");

        public override void Visit(OutputIntoClause node) => Found.Add("OUTPUT INTO");

        public override void Visit(CreateOrAlterProcedureStatement node) => Found.Add("CREATE OR ALTER");

        public override void Visit(CreateOrAlterViewStatement node) => Found.Add("CREATE OR ALTER");

        public override void Visit(CreateOrAlterFunctionStatement node) => Found.Add("CREATE OR ALTER");

        public override void Visit(CreateOrAlterTriggerStatement node) => Found.Add("CREATE OR ALTER");

        public override void Visit(TemporalClause node) => Found.Add("temporal query");

        public override void Visit(SystemTimePeriodDefinition node) => Found.Add("temporal table");

        public override void Visit(FullTextPredicate node) => Found.Add("full-text predicate");

        public override void Visit(FullTextTableReference node) => Found.Add("full-text table");

        public override void Visit(CreateFullTextIndexStatement node) => Found.Add("full-text index");

        public override void Visit(AlterDatabaseStatement node) => Found.Add("ALTER DATABASE");

        public override void Visit(IndexStatement node)
        {
            if (node is CreateIndexStatement { IncludeColumns.Count: > 0 })
                Found.Add("covering index");
        }
    }

    private sealed class MistakesInQueries : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(FunctionCall node)
        {
            var name = node.FunctionName.Value;
            if (!Shared.Contains(name))
                Found.Add($"{name} is not a function that both databases share");
            if (Aggregates.Contains(name) && node.Parameters.Count != 1)
                Found.Add($"{name} takes one argument");
            if (Aggregates.Contains(name) && node.Parameters.Any(p => Any<ScalarSubquery>(p) || Any<ExistsPredicate>(p)))
                Found.Add($"{name} cannot sum up a subquery: {Text(node)}");
        }

        public override void Visit(QuerySpecification node)
        {
            var aliases = node.SelectElements.OfType<SelectScalarExpression>()
                .Where(e => e.ColumnName is not null && Name(e.Expression) != e.ColumnName.Value)
                .Select(e => e.ColumnName.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var part in new TSqlFragment?[] { node.WhereClause, node.GroupByClause, node.HavingClause }.OfType<TSqlFragment>())
            {
                var named = All<ColumnReferenceExpression>(part, intoSubqueries: false).Where(c => c.MultiPartIdentifier is { Count: 1 } only && aliases.Contains(only[0].Value));
                foreach (var column in named)
                    Found.Add($"{Name(column)} is an alias of the same SELECT and unknown in: {Text(part)}");
            }

            Grouped(node);
        }

        private void Grouped(QuerySpecification node)
        {
            var keys = node.GroupByClause?.GroupingSpecifications.OfType<ExpressionGroupingSpecification>().Select(g => g.Expression).ToList() ?? [];
            var elements = node.SelectElements.OfType<SelectScalarExpression>().Select(e => e.Expression).ToList();
            if (node.GroupByClause is null && !elements.Any(e => All<FunctionCall>(e, intoSubqueries: false).Any(IsAggregate)))
                return;

            var texts = keys.Select(Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var names = keys.Select(Name).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            var loose = new LooseColumns(texts, names);
            elements.ForEach(e => e.Accept(loose));
            node.HavingClause?.Accept(loose);
            Found.AddRange(loose.Found.Select(c => $"{c} is neither grouped by nor aggregated in: {Text(node)}"));
        }
    }

    // Columns outside of aggregates, subqueries and the expressions that are grouped by.
    private sealed class LooseColumns(HashSet<string> texts, HashSet<string> names) : TSqlConcreteFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void ExplicitVisit(ColumnReferenceExpression node)
        {
            if (node.ColumnType == ColumnType.Regular && !names.Contains(Name(node)!))
                Found.Add(Text(node));
        }

        public override void ExplicitVisit(FunctionCall node)
        {
            if (!IsAggregate(node) && !texts.Contains(Text(node)))
                base.ExplicitVisit(node);
        }

        public override void ExplicitVisit(SearchedCaseExpression node)
        {
            if (!texts.Contains(Text(node)))
                base.ExplicitVisit(node);
        }

        public override void ExplicitVisit(IIfCall node)
        {
            if (!texts.Contains(Text(node)))
                base.ExplicitVisit(node);
        }

        public override void ExplicitVisit(ScalarSubquery node)
        {
        }
    }

    private static bool IsAggregate(FunctionCall call) => Aggregates.Contains(call.FunctionName.Value) && call.OverClause is null;

    private static string? Name(ScalarExpression expression) =>
        expression is ColumnReferenceExpression { MultiPartIdentifier: { Count: > 0 } parts } ? parts[^1].Value : null;

    private static string Text(TSqlFragment fragment) =>
        string.Concat(Enumerable.Range(fragment.FirstTokenIndex, fragment.LastTokenIndex - fragment.FirstTokenIndex + 1)
            .Select(i => fragment.ScriptTokenStream[i])
            .Select(t => t.TokenType == TSqlTokenType.WhiteSpace ? " " : t.Text));

    private static bool Any<T>(TSqlFragment fragment)
        where T : TSqlFragment => All<T>(fragment, intoSubqueries: true).Count > 0;

    public static List<T> All<T>(TSqlFragment fragment, bool intoSubqueries = true)
        where T : TSqlFragment
    {
        var collector = new Collector<T>(intoSubqueries);
        fragment.Accept(collector);
        return collector.Found;
    }

    private sealed class Collector<T>(bool intoSubqueries) : TSqlFragmentVisitor
        where T : TSqlFragment
    {
        private readonly List<(int First, int Last)> _subqueries = [];

        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment node)
        {
            if (!intoSubqueries && node is ScalarSubquery)
                _subqueries.Add((node.FirstTokenIndex, node.LastTokenIndex));
            if (node is T wanted && !_subqueries.Any(s => s.First <= node.FirstTokenIndex && node.LastTokenIndex <= s.Last))
                Found.Add(wanted);
        }
    }
}
