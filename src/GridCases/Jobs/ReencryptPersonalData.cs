using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Brings personal data under the current key after it was changed, value by value; once nothing lies under the old key it may be taken away.
/// Of an attachment it renews the key alone: the file lies under that, and is not touched.
/// Hashes by which people are found again are made anew where they were made from an earlier form of the numbers.
/// It may be doubled, killed and repeated: a value is replaced only where it still is what was read.
/// </summary>
public static partial class ReencryptPersonalData
{
    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Result>;

    /// <summary>What this run did.</summary>
    /// <param name="Replaced">Values that lie under the current key now.</param>
    /// <param name="Failed">Values that cannot be read under any key; they stay as they are.</param>
    public sealed record Result(int Replaced, int Failed);

    internal sealed partial class Handler(Db db, PersonalData personal, ILogger<Handler> logger) : IRequestHandler<Command, Result>
    {
        private const int BatchSize = 200;

        private static readonly Sql FindHashes = new($$"""
            SELECT Id, IdNumberCipher, PhoneCipher FROM CaseParty
            WHERE HashForm < {{PersonalData.HashForm}} AND (IdNumberHash IS NOT NULL OR PhoneHash IS NOT NULL) AND Id > @after ORDER BY Id {page}
            """);

        // Whoever corrects a number meanwhile writes its hash as well.
        private static readonly Sql ReplaceHashes = new($$"""
            UPDATE CaseParty SET IdNumberHash = @IdNumberHash, PhoneHash = @PhoneHash, HashForm = {{PersonalData.HashForm}}
            WHERE Id = @Id AND COALESCE(IdNumberCipher, '') = COALESCE(@IdNumberCipher, '') AND COALESCE(PhoneCipher, '') = COALESCE(@PhoneCipher, '')
            """);

        private int _replaced;
        private int _failed;

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            foreach (var column in EncryptedColumn.All)
                await ReplaceAsync(column, cancellationToken);
            var hashed = await RenewHashesAsync(cancellationToken);
            if (_replaced > 0)
                Done(_replaced);
            if (hashed > 0)
                Hashed(hashed);
            return new Result(_replaced, _failed);
        }

        private async Task ReplaceAsync(EncryptedColumn column, CancellationToken cancellationToken)
        {
            for (var after = Guid.Empty; ;)
            {
                var found = await db.QueryAsync<Row>(column.FindOthers, new { current = personal.CurrentPrefix + "%", after, limit = BatchSize }, cancellationToken);
                _replaced += await db.ExecuteManyAsync(column.Replace, found.Select(Renewed).OfType<Row>().ToList(), cancellationToken);
                if (found.Count < BatchSize)
                    return;
                after = found[^1].Id;
            }
        }

        private async Task<int> RenewHashesAsync(CancellationToken cancellationToken)
        {
            var hashed = 0;
            for (var after = Guid.Empty; ;)
            {
                var found = await db.QueryAsync<Numbers>(FindHashes, new { after, limit = BatchSize }, cancellationToken);
                hashed += await db.ExecuteManyAsync(ReplaceHashes, found.Select(WithHashes).OfType<Numbers>().ToList(), cancellationToken);
                if (found.Count < BatchSize)
                    return hashed;
                after = found[^1].Id;
            }
        }

        /// <summary>What cannot be read has been told already, and stays findable as it was.</summary>
        private Numbers? WithHashes(Numbers numbers)
        {
            try
            {
                return numbers with
                {
                    IdNumberHash = HashOf(numbers.IdNumberCipher),
                    PhoneHash = HashOf(numbers.PhoneCipher),
                };
            }
            catch (CryptographicException)
            {
                return null;
            }

            string? HashOf(string? cipher) => personal.Fingerprint(personal.Reveal(cipher));
        }

        private Row? Renewed(Row row)
        {
            try
            {
                return row with { New = personal.Protect(personal.Reveal(row.Cipher)) };
            }
            catch (CryptographicException error)
            {
                _failed++;
                Unreadable(row.Id, error.Message);
                return null;
            }
        }

        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} values of personal data were brought under the current key")]
        private partial void Done(int count);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} parties are found by the present form of their numbers now")]
        private partial void Hashed(int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "Personal data of {Id} cannot be read: {Error}")]
        private partial void Unreadable(Guid id, string error);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string Cipher { get; init; } = "";
        public string? New { get; init; }
    }

    private sealed record Numbers
    {
        public Guid Id { get; init; }
        public string? IdNumberCipher { get; init; }
        public string? PhoneCipher { get; init; }
        public string? IdNumberHash { get; init; }
        public string? PhoneHash { get; init; }
    }
}
