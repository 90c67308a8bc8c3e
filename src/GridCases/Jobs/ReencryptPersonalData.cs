using System.Security.Cryptography;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Brings personal data under the current key after it was changed, value by value; once nothing lies under the old key it may be taken away.
/// Of an attachment or a drawn signature it renews the key alone: what lies under that is not touched. Signatures drawn before drawings were sealed are sealed.
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
    /// <param name="Sealed">Drawn signatures that lay open.</param>
    public sealed record Result(int Replaced, int Failed, int Sealed = 0);

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

        // A case may have several; what is passed over where a page ends, the next run finds.
        private static readonly Sql FindOpenDrawings = new("""
            SELECT CaseId, AgreementVersion, Signer, ImagePng FROM AgreementSignature WHERE ImagePng IS NOT NULL AND CaseId > @after ORDER BY CaseId {page}
            """);

        private static readonly Sql SealDrawing = new("""
            UPDATE AgreementSignature SET ImageSealed = @Content, ImageKeyCipher = @KeyCipher, ImagePng = NULL
            WHERE CaseId = @CaseId AND AgreementVersion = @AgreementVersion AND Signer = @Signer AND ImagePng IS NOT NULL
            """);

        private int _replaced;
        private int _failed;

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            foreach (var column in EncryptedColumn.All)
                await ReplaceAsync(column, cancellationToken);
            var hashed = await RenewHashesAsync(cancellationToken);
            var drawings = await SealDrawingsAsync(cancellationToken);
            if (_replaced > 0)
                Done(_replaced);
            if (hashed > 0)
                Hashed(hashed);
            if (drawings > 0)
                Sealed(drawings);
            return new Result(_replaced, _failed, drawings);
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

        private async Task<int> SealDrawingsAsync(CancellationToken cancellationToken)
        {
            var done = 0;
            for (var after = Guid.Empty; ;)
            {
                var found = await db.QueryAsync<Drawing>(FindOpenDrawings, new { after, limit = BatchSize }, cancellationToken);
                var drawings = new List<object>(found.Count);
                foreach (var drawing in found)
                {
                    var (content, keyCipher) = await SealedPicture.SealAsync(drawing.ImagePng, personal);
                    drawings.Add(new { Content = content, KeyCipher = keyCipher, drawing.CaseId, drawing.AgreementVersion, drawing.Signer });
                }

                done += await db.ExecuteManyAsync(SealDrawing, drawings, cancellationToken);
                if (found.Count < BatchSize)
                    return done;
                after = found[^1].CaseId;
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

        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} drawn signatures were sealed")]
        private partial void Sealed(int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "Personal data of {Id} cannot be read: {Error}")]
        private partial void Unreadable(Guid id, string error);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string Cipher { get; init; } = "";
        public string? New { get; init; }
    }

    private sealed record Drawing
    {
        public Guid CaseId { get; init; }
        public int AgreementVersion { get; init; }
        public string Signer { get; init; } = "";
        public byte[] ImagePng { get; init; } = [];
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
