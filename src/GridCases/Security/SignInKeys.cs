using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridCases.Security;

/// <summary>
/// The keys that cookies, tokens and forms are made with, kept in the database for all servers, under the key of the personal data: a copy of the database alone signs nobody in.
/// </summary>
public sealed partial class SignInKeys(
    Database database, PersonalData personal, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, ILogger<SignInKeys> logger)
{
    private static readonly Sql ReadAll = new("SELECT Number, Name, XmlCipher FROM SignInKey ORDER BY Number");
    private static readonly Sql Insert = new("INSERT INTO SignInKey (Id, Number, Name, XmlCipher, CreatedAt) VALUES (@Id, @Number, @Name, @XmlCipher, @Now)");

    /// <summary>Every key, the oldest first. One that cannot be read is told in the log; the others still sign people in.</summary>
    public async Task<Ring> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = new Db(database);
        var rows = await db.QueryAsync<Row>(ReadAll, null, cancellationToken);
        var entries = new List<Entry>();
        foreach (var row in rows)
        {
            try
            {
                entries.Add(new Entry(row.Name, personal.Reveal(row.XmlCipher)));
            }
            catch (CryptographicException e)
            {
                entries.Add(new Entry(row.Name, null));
                Unreadable(row.Name, e.Message);
            }
        }

        return new Ring(rows.Count == 0 ? 0 : rows[^1].Number, entries);
    }

    /// <summary>Adds a key as the one of that number.</summary>
    /// <returns>Whether it was added; not if another server has added one of this number or name.</returns>
    public async Task<bool> AddAsync(int number, Entry entry, CancellationToken cancellationToken)
    {
        await using var db = new Db(database);
        var now = time.GetUtcNow();
        try
        {
            return await db.ExecuteAsync(Insert, new { Id = Guid.CreateVersion7(now), Number = number, entry.Name, XmlCipher = personal.Protect(entry.Xml), now }, cancellationToken) == 1;
        }
        catch (UniqueConflict)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sign-in key {Name} cannot be read, and whoever signed in under it signs in again: {Error}")]
    private partial void Unreadable(string name, string error);

    /// <summary>The keys.</summary>
    /// <param name="Last">Number of the last one.</param>
    /// <param name="Keys">All of them.</param>
    public sealed record Ring(int Last, IReadOnlyList<Entry> Keys);

    /// <summary>A key.</summary>
    /// <param name="Name">Its stable name.</param>
    /// <param name="Xml">What the framework made of it; null where it cannot be read.</param>
    public sealed record Entry(string Name, string? Xml);

    private sealed record Row
    {
        public int Number { get; init; }
        public string Name { get; init; } = "";
        public string XmlCipher { get; init; } = "";
    }
}
