using System.Data;
using System.Data.Common;

namespace GridCases.Data;

/// <summary>Everything in which the two databases differ. Not more than these eight.</summary>
public abstract class Dialect
{
    /// <summary>Picks the text meant for this database; also the suffix of its migrations.</summary>
    public abstract T Choose<T>(T sqlServer, T sqlite);

    /// <summary>What stands for <c>{page}</c>: the first <c>@limit</c> rows of an ordered query.</summary>
    public abstract string Page { get; }

    /// <summary>What stands for <c>{list x}</c> and <c>{codes x}</c>: the values of a JSON array held by a parameter, in brackets.</summary>
    /// <param name="parameter">The parameter, with its <c>@</c>.</param>
    /// <param name="codes">Whether they are unit codes, so that they get the type of the columns they are compared with.</param>
    public abstract string List(string parameter, bool codes = false);

    /// <summary>A new connection, open and set up.</summary>
    public abstract Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken);

    /// <summary>A transaction that may write, or one that reads.</summary>
    public abstract Task<DbTransaction> BeginAsync(DbConnection connection, TransactionKind kind, CancellationToken cancellationToken);

    /// <summary>What an error of the database means to the application.</summary>
    public abstract DbFailure Classify(DbException error);

    /// <summary>
    /// Puts a value into a parameter, null included, in the form in which this database stores the type.
    /// The type is one of <see cref="Parameters.Storable"/>; instants are UTC and whole milliseconds, enums are already their names, unit codes their digits.
    /// </summary>
    public abstract void Bind(IDbDataParameter parameter, Type type, object? value);
}

/// <summary>What a transaction is for.</summary>
public enum TransactionKind
{
    /// <summary>It writes.</summary>
    Write,

    /// <summary>It only reads, and everything it reads is of one moment.</summary>
    Snapshot,
}

/// <summary>What an error of the database means.</summary>
public enum DbFailure
{
    /// <summary>A fault in the program or the installation.</summary>
    Fault,

    /// <summary>A unique key holds that value already.</summary>
    Unique,

    /// <summary>The transaction lost against another one and may be run again: deadlock victim, lock held too long.</summary>
    Contention,

    /// <summary>No answer in time. It may be tried later; at once would only add to the load.</summary>
    Timeout,

    /// <summary>The database cannot be opened or spoken to: no connection, a broken one, a refused login, a file that cannot be read.</summary>
    Unreachable,

    /// <summary>There is no room left to write: the disk, the database or its log is full.</summary>
    Full,

    /// <summary>It can be read, and takes no change.</summary>
    ReadOnly,

    /// <summary>What is stored cannot be read as what was written.</summary>
    Damaged,
}
