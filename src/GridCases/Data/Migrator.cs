using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace GridCases.Data;

/// <summary>
/// Brings the database up to date: applies the scripts it lacks, each in one transaction, in order, and remembers their SHA-256.
/// Of several servers that start at once one works and the others wait.
/// </summary>
public sealed partial class Migrator(Database database, ILogger<Migrator> logger)
{
    /// <summary>The number of the error that two minutes were not enough for its turn.</summary>
    internal const int WaitedInVain = 50002;

    /// <summary>One server at a time, until the transaction ends. SQLite's write lock does that by itself.</summary>
    internal static readonly Sql OneServerAtATime = Sql.Per(
        sqlServer: """
            DECLARE @result int;
            EXEC @result = sp_getapplock @Resource = N'GridCases.Start', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 120000;
            IF @result < 0 THROW 50002, 'Another server has been preparing the database for two minutes.', 1;
            """,
        sqlite: "SELECT 0",
        timeout: TimeSpan.FromSeconds(150));

    private static readonly Sql CreateJournal = Sql.Per(
        sqlServer: """
            IF OBJECT_ID(N'SchemaScript', N'U') IS NULL
            CREATE TABLE SchemaScript (
                Name nvarchar(200) NOT NULL CONSTRAINT PK_SchemaScript PRIMARY KEY,
                Sha256 char(64) NOT NULL,
                AppliedAt datetime2(3) NOT NULL
            )
            """,
        sqlite: """
            CREATE TABLE IF NOT EXISTS SchemaScript (
                Name TEXT NOT NULL PRIMARY KEY,
                Sha256 TEXT NOT NULL,
                AppliedAt TEXT NOT NULL
            ) STRICT
            """);

    private static readonly Sql ReadJournal = new("SELECT Name, Sha256 FROM SchemaScript ORDER BY Name");

    private static readonly Sql Remember = new("INSERT INTO SchemaScript (Name, Sha256, AppliedAt) VALUES (@Name, @Sha256, @AppliedAt)");

    /// <summary>Applies what is missing of the scripts in this assembly.</summary>
    /// <returns>The names of the scripts applied now.</returns>
    /// <exception cref="MigrationRefused">A script changed after it was applied, or the database is newer than the program.</exception>
    public Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken = default) =>
        RunAsync(Embedded(database.Dialect), cancellationToken);

    /// <summary>Applies what is missing of these scripts.</summary>
    /// <exception cref="MigrationRefused">A script changed after it was applied, or the database is newer than the program.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<Script> scripts, CancellationToken cancellationToken = default)
    {
        var applied = new List<string>();
        await using var db = new Db(database);
        while (await db.InTransactionAsync(() => ApplyNextAsync(db, scripts, cancellationToken), cancellationToken) is { } name)
        {
            Applied(name);
            applied.Add(name);
        }

        return applied;
    }

    /// <summary>The scripts of a dialect in this assembly, in order.</summary>
    public static IReadOnlyList<Script> Embedded(Dialect dialect)
    {
        var assembly = typeof(Migrator).Assembly;
        var suffix = dialect.Choose(".sqlserver.sql", ".sqlite.sql");
        return
        [
            .. from resource in assembly.GetManifestResourceNames()
               where resource.StartsWith("db/migrations/", StringComparison.Ordinal) && resource.EndsWith(suffix, StringComparison.Ordinal)
               orderby resource
               select new Script(resource["db/migrations/".Length..^suffix.Length], Read(resource)),
        ];

        string Read(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    private static async Task<string?> ApplyNextAsync(Db db, IReadOnlyList<Script> scripts, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(OneServerAtATime, null, cancellationToken);
        await db.ExecuteAsync(CreateJournal, null, cancellationToken);
        var journal = await db.QueryAsync<Entry>(ReadJournal, null, cancellationToken);
        for (var i = 0; i < journal.Count; i++)
        {
            var (name, expected) = (journal[i].Name, i < scripts.Count ? scripts[i] : null);
            if (scripts.All(s => s.Name != name))
                throw new MigrationRefused($"The database has migration {name}, which this program does not know: it is older than the database.");
            if (expected!.Name != name)
                throw new MigrationRefused($"Migration {expected.Name} is missing although the later {name} is applied.");
            if (expected.Sha256 != journal[i].Sha256)
                throw new MigrationRefused($"Migration {name} was changed after it had been applied. Restore it and put the change into a new migration.");
        }

        if (journal.Count == scripts.Count)
            return null;

        var next = scripts[journal.Count];
        foreach (var batch in next.Batches)
            await db.ExecuteScriptAsync(batch, cancellationToken);
        await db.ExecuteAsync(Remember, new { next.Name, next.Sha256, AppliedAt = TimeProvider.System.GetUtcNow() }, cancellationToken);
        return next.Name;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Name}")]
    private partial void Applied(string name);

    private sealed record Entry
    {
        public string Name { get; init; } = "";

        public string Sha256 { get; init; } = "";
    }

    /// <summary>A migration in one dialect.</summary>
    /// <param name="Name">Number and name, without dialect, as in <c>0001_initial</c>.</param>
    /// <param name="Text">The SQL. A line that says GO ends a batch.</param>
    public sealed partial record Script(string Name, string Text)
    {
        /// <summary>Lower-case hex SHA-256 of the text with plain line feeds, however the file was checked out.</summary>
        public string Sha256 { get; } =
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n").TrimStart('\uFEFF'))));

        /// <summary>What is sent to the database, piece by piece.</summary>
        public IEnumerable<string> Batches => Go().Split(Text.ReplaceLineEndings("\n")).Where(b => !string.IsNullOrWhiteSpace(b));

        [GeneratedRegex(@"^[ \t]*GO[ \t]*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
        private static partial Regex Go();
    }
}

/// <summary>The database does not fit this program; the message says what to do.</summary>
#pragma warning disable CA1032 // made by the migrator alone
#pragma warning disable CA1710 // named as what it means
public sealed class MigrationRefused(string message) : Exception(message);
#pragma warning restore CA1032, CA1710
