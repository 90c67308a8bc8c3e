using System.Data;
using System.Data.Common;
using GridCases.Domain;
using Microsoft.Data.SqlClient;

namespace GridCases.Data;

/// <summary>SQL Server, and what speaks its language.</summary>
public sealed class SqlServerDialect : Dialect
{
    public static readonly SqlServerDialect Instance = new();

    private SqlServerDialect()
    {
    }

    public override string Page => "OFFSET 0 ROWS FETCH NEXT @limit ROWS ONLY";

    public override T Choose<T>(T sqlServer, T sqlite) => sqlServer;

    public override string List(string parameter, bool codes = false) =>
        codes ? $"(SELECT [value] FROM OPENJSON({parameter}) WITH ([value] varchar(15) '$'))" : $"(SELECT [value] FROM OPENJSON({parameter}))";

    public override async Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<DbTransaction> BeginAsync(DbConnection connection, TransactionKind kind, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(kind is TransactionKind.Snapshot ? IsolationLevel.Snapshot : IsolationLevel.ReadCommitted, cancellationToken);

    public override DbFailure Classify(DbException error) => error switch
    {
        SqlException { Number: 2601 or 2627 } => DbFailure.Unique,
        SqlException { Number: 1205 or 1222 } => DbFailure.Contention, // deadlock victim, lock request timed out
        SqlException { Number: -2 or 701 or 1204 or 8645 or 8651 or Migrator.WaitedInVain } => DbFailure.Timeout, // no answer in time; no memory or no locks left for it; another server's turn
        SqlException { Number: 1101 or 1105 or 9002 or 5149 } => DbFailure.Full, // file group, log, and a file that cannot grow
        SqlException { Number: 3906 or 3908 } => DbFailure.ReadOnly,
        SqlException { Number: 605 or 823 or 824 or 825 or 5242 or 5243 } => DbFailure.Damaged, // pages that cannot be read, or are not what was written
        SqlException { Number: 926 or 927 or 942 or 945 or 976 or 978 or 983 or 4060 or 6005 or 18456 or 40501 or 40613 } => DbFailure.Unreachable, // not open, no primary, shutting down, login refused
        SqlException { Class: >= 20 } => DbFailure.Unreachable, // the connection is gone
        _ => DbFailure.Fault,
    };

    public override void Bind(IDbDataParameter parameter, Type type, object? value)
    {
        if (type == typeof(Guid))
        {
            parameter.DbType = DbType.Guid;
        }
        else if (type == typeof(DateTimeOffset))
        {
            parameter.DbType = DbType.DateTime2;
            parameter.Scale = 3;
            value = value is DateTimeOffset instant ? instant.UtcDateTime : null;
        }
        else if (type == typeof(DateOnly))
        {
            parameter.DbType = DbType.Date;
            value = value is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : null;
        }
        else if (type == typeof(decimal))
        {
            parameter.DbType = DbType.Decimal;
            parameter.Precision = 18;
            parameter.Scale = 2;
        }
        else if (type == typeof(UnitCode))
        {
            // As varchar: an nvarchar parameter would make the server convert the column, and pass by its index.
            parameter.DbType = DbType.AnsiString;
            parameter.Size = 16;
        }
        else if (type == typeof(HexHash))
        {
            // As char(64), for the same reason.
            parameter.DbType = DbType.AnsiStringFixedLength;
            parameter.Size = 64;
        }
        else if (type == typeof(string))
        {
            parameter.DbType = DbType.String;
            parameter.Size = value is string { Length: > 4000 } ? -1 : 4000;
        }
        else if (type == typeof(byte[]))
        {
            parameter.DbType = DbType.Binary;
            parameter.Size = -1;
        }
        else if (type == typeof(bool))
        {
            parameter.DbType = DbType.Boolean;
        }
        else if (type == typeof(int))
        {
            parameter.DbType = DbType.Int32;
        }
        else if (type == typeof(long))
        {
            parameter.DbType = DbType.Int64;
        }
        else if (type == typeof(double))
        {
            parameter.DbType = DbType.Double;
        }

        parameter.Value = value ?? DBNull.Value;
    }
}
