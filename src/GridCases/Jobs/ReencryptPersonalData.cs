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

        private static readonly Sql FindIdNumbers = new("SELECT Id, IdNumberCipher AS Cipher FROM CaseParty WHERE IdNumberCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindPhones = new("SELECT Id, PhoneCipher AS Cipher FROM CaseParty WHERE PhoneCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindAddresses = new("SELECT Id, AddressCipher AS Cipher FROM CaseParty WHERE AddressCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindPlaces = new("SELECT Id, PlaceAddressCipher AS Cipher FROM DisputeCase WHERE PlaceAddressCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        // A party may stand under several agreements; what is passed over where a page ends, the next run finds.
        private static readonly Sql FindSignedIdNumbers = new("SELECT PartyId AS Id, IdNumberCipher AS Cipher FROM SignedParty WHERE IdNumberCipher NOT LIKE @current AND PartyId > @after ORDER BY PartyId {page}");
        private static readonly Sql FindSignedPhones = new("SELECT PartyId AS Id, PhoneCipher AS Cipher FROM SignedParty WHERE PhoneCipher NOT LIKE @current AND PartyId > @after ORDER BY PartyId {page}");
        private static readonly Sql FindSignedAddresses = new("SELECT PartyId AS Id, AddressCipher AS Cipher FROM SignedParty WHERE AddressCipher NOT LIKE @current AND PartyId > @after ORDER BY PartyId {page}");
        private static readonly Sql FindUsersPhones = new("SELECT Id, PhoneCipher AS Cipher FROM AppUser WHERE PhoneCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindAttachmentKeys = new("SELECT Id, KeyCipher AS Cipher FROM CaseAttachment WHERE KeyCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindImportKeys = new("SELECT Id, KeyCipher AS Cipher FROM CityImport WHERE KeyCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindImportSecrets = new("SELECT Id, SecretCipher AS Cipher FROM CityImport WHERE SecretCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindHandedOn = new("SELECT Id, CaseCipher AS Cipher FROM HandedOnCase WHERE CaseCipher NOT LIKE @current AND Id > @after ORDER BY Id {page}");
        private static readonly Sql FindSecondFactors = new("SELECT UserId AS Id, SecretCipher AS Cipher FROM SecondFactor WHERE SecretCipher NOT LIKE @current AND UserId > @after ORDER BY UserId {page}");

        private static readonly Sql ReplaceIdNumber = new("UPDATE CaseParty SET IdNumberCipher = @New WHERE Id = @Id AND IdNumberCipher = @Cipher");
        private static readonly Sql ReplacePhone = new("UPDATE CaseParty SET PhoneCipher = @New WHERE Id = @Id AND PhoneCipher = @Cipher");
        private static readonly Sql ReplaceAddress = new("UPDATE CaseParty SET AddressCipher = @New WHERE Id = @Id AND AddressCipher = @Cipher");
        private static readonly Sql ReplacePlace = new("UPDATE DisputeCase SET PlaceAddressCipher = @New WHERE Id = @Id AND PlaceAddressCipher = @Cipher");
        private static readonly Sql ReplaceSignedIdNumber = new("UPDATE SignedParty SET IdNumberCipher = @New WHERE PartyId = @Id AND IdNumberCipher = @Cipher");
        private static readonly Sql ReplaceSignedPhone = new("UPDATE SignedParty SET PhoneCipher = @New WHERE PartyId = @Id AND PhoneCipher = @Cipher");
        private static readonly Sql ReplaceSignedAddress = new("UPDATE SignedParty SET AddressCipher = @New WHERE PartyId = @Id AND AddressCipher = @Cipher");
        private static readonly Sql ReplaceUsersPhone = new("UPDATE AppUser SET PhoneCipher = @New WHERE Id = @Id AND PhoneCipher = @Cipher");
        private static readonly Sql ReplaceAttachmentKey = new("UPDATE CaseAttachment SET KeyCipher = @New WHERE Id = @Id AND KeyCipher = @Cipher");
        private static readonly Sql ReplaceHandedOn = new("UPDATE HandedOnCase SET CaseCipher = @New WHERE Id = @Id AND CaseCipher = @Cipher");
        private static readonly Sql ReplaceSecondFactor = new("UPDATE SecondFactor SET SecretCipher = @New WHERE UserId = @Id AND SecretCipher = @Cipher");
        private static readonly Sql ReplaceImportKey = new("UPDATE CityImport SET KeyCipher = @New WHERE Id = @Id AND KeyCipher = @Cipher");
        private static readonly Sql ReplaceImportSecret = new("UPDATE CityImport SET SecretCipher = @New WHERE Id = @Id AND SecretCipher = @Cipher");

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
            await ReplaceAsync(FindIdNumbers, ReplaceIdNumber, cancellationToken);
            await ReplaceAsync(FindPhones, ReplacePhone, cancellationToken);
            await ReplaceAsync(FindAddresses, ReplaceAddress, cancellationToken);
            await ReplaceAsync(FindPlaces, ReplacePlace, cancellationToken);
            await ReplaceAsync(FindSignedIdNumbers, ReplaceSignedIdNumber, cancellationToken);
            await ReplaceAsync(FindSignedPhones, ReplaceSignedPhone, cancellationToken);
            await ReplaceAsync(FindSignedAddresses, ReplaceSignedAddress, cancellationToken);
            await ReplaceAsync(FindUsersPhones, ReplaceUsersPhone, cancellationToken);
            await ReplaceAsync(FindAttachmentKeys, ReplaceAttachmentKey, cancellationToken);
            await ReplaceAsync(FindImportKeys, ReplaceImportKey, cancellationToken);
            await ReplaceAsync(FindImportSecrets, ReplaceImportSecret, cancellationToken);
            await ReplaceAsync(FindSecondFactors, ReplaceSecondFactor, cancellationToken);
            var hashed = await RenewHashesAsync(cancellationToken);
            await ReplaceAsync(FindHandedOn, ReplaceHandedOn, cancellationToken);
            if (_replaced > 0)
                Done(_replaced);
            if (hashed > 0)
                Hashed(hashed);
            return new Result(_replaced, _failed);
        }

        private async Task ReplaceAsync(Sql find, Sql replace, CancellationToken cancellationToken)
        {
            for (var after = Guid.Empty; ;)
            {
                var found = await db.QueryAsync<Row>(find, new { current = personal.CurrentPrefix + "%", after, limit = BatchSize }, cancellationToken);
                _replaced += await db.ExecuteManyAsync(replace, found.Select(Renewed).OfType<Row>().ToList(), cancellationToken);
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
