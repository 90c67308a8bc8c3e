using System.Collections.Concurrent;

namespace GridCases.Data;

/// <summary>
/// Texts that differ by which conditions are given, in place of one text with <c>@x IS NULL OR …</c> for each, which no database can plan:
/// one <see cref="Sql"/> per shape, made when it is first asked for and the same object ever after, so that its statement can be kept.
/// </summary>
/// <typeparam name="TShape">What decides how the text looks, never what it is asked about: a record of flags and words.</typeparam>
public sealed class SqlFamily<TShape> : SqlFamily
    where TShape : notnull
{
    private readonly ConcurrentDictionary<TShape, Sql> _texts = new();
    private readonly Func<TShape, SqlPart> _write;
    private readonly IEnumerable<TShape> _shapes;

    /// <summary>A family.</summary>
    /// <param name="write">Puts the pieces together.</param>
    /// <param name="shapes">Shapes by which every piece is checked, alone and with the others; the catalogue test does that.</param>
    public SqlFamily(Func<TShape, SqlPart> write, IEnumerable<TShape> shapes) => (_write, _shapes) = (write, shapes);

    /// <summary>The text of a shape.</summary>
    public Sql this[TShape shape] => _texts.GetOrAdd(shape, static (s, write) => write(s).ToSql(), _write);

    internal override IEnumerable<(string Name, Sql Sql)> Texts => _shapes.Distinct().Select(s => (s.ToString()!, _write(s).ToSql()));
}

/// <summary>Texts composed from pieces, whatever decides how.</summary>
public abstract class SqlFamily
{
    private protected SqlFamily()
    {
    }

    /// <summary>The texts to be checked, each with the name of its shape.</summary>
    internal abstract IEnumerable<(string Name, Sql Sql)> Texts { get; }
}
