namespace GridCases.Data;

/// <summary>
/// What this process has asked of its database since it started. Operators see from it what a request costs; a test holds the most used requests to a table of it.
/// </summary>
public sealed class DatabaseActivity
{
    private long _connections;
    private long _statements;
    private long _roundTrips;
    private long _commits;

    /// <summary>Times a connection was taken, new or kept from before.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Statements run, those in a batch each by itself.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>Times a server was, or on SQLite would have been, sent something and waited for: a batch is one, beginning and ending a transaction are none of it.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    /// <summary>Transactions that wrote and were made durable; several that were committed as one count once.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Statements and round trips since the process started, to subtract from each other.</summary>
    public Counts Now => new(Connections, Statements, RoundTrips, Commits);

    internal void Took() => Interlocked.Increment(ref _connections);

    internal void Sent(int statements)
    {
        Interlocked.Add(ref _statements, statements);
        Interlocked.Increment(ref _roundTrips);
    }

    internal void Committed() => Interlocked.Increment(ref _commits);

    /// <summary>The four numbers at one moment.</summary>
    public readonly record struct Counts(long Connections, long Statements, long RoundTrips, long Commits)
    {
        /// <summary>What was asked between two moments.</summary>
        public static Counts operator -(Counts after, Counts before) => new(
            after.Connections - before.Connections, after.Statements - before.Statements, after.RoundTrips - before.RoundTrips, after.Commits - before.Commits);
    }
}
