using System.Security.Cryptography;
using GridCases.Data;

namespace GridCases.Security;

/// <summary>
/// Compares the keys at hand with those the database was written under, at start: a lost or exchanged key is told then and not when somebody opens a case.
/// An empty database gets new keys.
/// </summary>
public sealed class PersonalDataKeyCheck(Db db, PersonalDataKeyStore store)
{
    private const string FingerprintId = "fingerprint";

    private static readonly Sql ReadKeys = new("SELECT KeyId, CheckValue FROM PersonalDataKey");

    private static readonly Sql AddKey = new("INSERT INTO PersonalDataKey (KeyId, CheckValue, CreatedAt) VALUES (@KeyId, @CheckValue, @CreatedAt)");

    private static readonly Sql ForgetKey = new("DELETE FROM PersonalDataKey WHERE KeyId = @KeyId");

    private static readonly Sql CountAnswers = new("SELECT COUNT(*) FROM IdempotencyKey WHERE ResponseJson LIKE @prefix");

    /// <summary>Checks every key, remembers new ones and forgets those that nothing lies under any more.</summary>
    /// <exception cref="PersonalDataKeyLost">A key that is needed is missing, or is another one of the same name.</exception>
    public Task RunAsync(CancellationToken cancellationToken = default) =>
        db.InTransactionAsync(() => CheckAsync(cancellationToken), cancellationToken);

    /// <summary>
    /// What is wrong with the keys where they are kept, seen from a running program, which has them in memory; null when they fit the database. Changes nothing.
    /// </summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (store.TryLoad() is not { } keys)
                return "The keys of the personal data are gone from where they are kept. Restore them from the backup before the next start";
            var known = await db.QueryAsync<Row>(ReadKeys, null, cancellationToken);
            var strange = known.Where(row => (row.KeyId != FingerprintId && !keys.Ids.Contains(row.KeyId)) || !Fits(keys, row.KeyId, row.CheckValue)).Select(row => row.KeyId).ToList();
            return strange.Count == 0 ? null : $"Keys of the personal data that are missing or not those this database was written under: {string.Join(", ", strange)}";
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return "The keys of the personal data cannot be read where they are kept. Restore them from the backup before the next start";
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
        var known = await db.QueryAsync<Row>(ReadKeys, null, cancellationToken);
        var keys = store.TryLoad();
        if (keys is null)
        {
            if (known.Count > 0)
                throw new PersonalDataKeyLost($"The keys of the personal data are gone: {store.Place} does not exist. Restore it from the backup; without it ID numbers, phones and addresses stay unreadable. Servers that share a database need the same keys.");
            keys = PersonalDataKeys.Create();
            store.Save(keys);
        }

        foreach (var row in known)
        {
            if (row.KeyId != FingerprintId && !keys.Ids.Contains(row.KeyId))
                await ForgetAsync(row.KeyId, cancellationToken);
            else if (!Fits(keys, row.KeyId, row.CheckValue))
                throw new PersonalDataKeyLost($"Key '{row.KeyId}' in {store.Place} is not the one this database was written under. Restore it from the backup.");
        }

        var now = TimeProvider.System.GetUtcNow();
        foreach (var id in keys.Ids.Append(FingerprintId).Except(known.Select(k => k.KeyId)))
            await db.ExecuteAsync(AddKey, new { KeyId = id, CheckValue = CheckValue(keys, id), CreatedAt = now }, cancellationToken);
    }

    private async Task ForgetAsync(string keyId, CancellationToken cancellationToken)
    {
        var uses = 0;
        foreach (var count in EncryptedColumn.All.Select(column => column.Count).Append(CountAnswers))
            uses += await db.QuerySingleAsync<int>(count, new { prefix = keyId + ":%" }, cancellationToken);
        if (uses > 0)
            throw new PersonalDataKeyLost($"Key '{keyId}' is missing from {store.Place}, and {uses} records lie under it. Restore it from the backup.");
        await db.ExecuteAsync(ForgetKey, new { KeyId = keyId }, cancellationToken);
    }

    private static string CheckValue(PersonalDataKeys keys, string id) => id == FingerprintId ? keys.Fingerprint(id) : keys.Seal(id, id);

    /// <summary>Whether the key of that id is the one that made the check value.</summary>
    internal static bool Fits(PersonalDataKeys keys, string keyId, string checkValue)
    {
        if (keyId == FingerprintId)
            return keys.Fingerprint(FingerprintId) == checkValue;
        try
        {
            return keys.Open(checkValue) == keyId;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private sealed record Row
    {
        public string KeyId { get; init; } = "";

        public string CheckValue { get; init; } = "";
    }
}

/// <summary>Personal data are stored under a key that is not here; the message says which and where it is expected.</summary>
#pragma warning disable CA1032 // made by the check alone
#pragma warning disable CA1710 // named as what it means
public sealed class PersonalDataKeyLost(string message) : Exception(message);
#pragma warning restore CA1032, CA1710
