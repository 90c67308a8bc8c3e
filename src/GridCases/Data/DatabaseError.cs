using System.Data.Common;

namespace GridCases.Data;

/// <summary>
/// An error of the database as a log may have it: databases quote the very values they refuse, names and notes of people among them.
/// It keeps types, numbers and places, and leaves the sentences out.
/// </summary>
#pragma warning disable CA1032 // made from an error alone
#pragma warning disable CA1710 // named as what it means
public sealed class DatabaseError : Exception
#pragma warning restore CA1032, CA1710
{
    private readonly string? _place;

    private DatabaseError(Exception error)
        : base(string.Join(" < ", Chain(error).Select(e => e is DbException db ? Named(db) : e.GetType().Name))) => _place = error.StackTrace;

    public override string? StackTrace => _place;

    /// <summary>The exception, or what may be told of it when a database is behind it.</summary>
    public static Exception Loggable(Exception exception) => Chain(exception).Any(e => e is DbException) ? new DatabaseError(exception) : exception;

    /// <summary>The number by which a database names what went wrong, with its driver's exception, as in <c>SqliteException 13</c>; null when no database is behind it.</summary>
    public static string? CodeOf(Exception exception) => Chain(exception).OfType<DbException>().FirstOrDefault() is { } error ? Named(error) : null;

    public override string ToString() => $"{Message}{Environment.NewLine}{_place}";

    private static string Named(DbException error) => $"{error.GetType().Name} {Number(error)}";

    private static int Number(DbException error) => error switch
    {
        Microsoft.Data.SqlClient.SqlException sqlServer => sqlServer.Number,
        Microsoft.Data.Sqlite.SqliteException sqlite => sqlite.SqliteExtendedErrorCode,
        _ => error.ErrorCode,
    };

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
