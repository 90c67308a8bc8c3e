using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Documents;

/// <summary>A signature that was drawn under the present version of an agreement, as PNG.</summary>
public static class GetSignatureImage
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    /// <param name="Signer">A party's id, "mediator" or "seal".</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId, string Signer) : IQuery<byte[]>, IReadsHandedOn;

    internal sealed class Handler(Db db, SeenCases seen, CaseReader cases, PersonalData personal) : IRequestHandler<Query, byte[]>
    {
        private static readonly Sql Find = new("""
            SELECT ImagePng, ImageSealed, ImageKeyCipher FROM AgreementSignature
            WHERE CaseId = @CaseId AND Signer = @Signer
            AND AgreementVersion = (SELECT MAX(Version) FROM CaseAgreement WHERE CaseId = @CaseId)
            """);

        private static readonly Sql FindInVersion = new("""
            SELECT ImagePng, ImageSealed, ImageKeyCipher FROM AgreementSignature WHERE CaseId = @CaseId AND Signer = @Signer AND AgreementVersion = @version
            """);

        public async Task<byte[]> Handle(Query query, CancellationToken cancellationToken)
        {
            try
            {
                return (await FindAsync(query, cancellationToken))?.Open(personal) ?? throw new NotFound($"signature {query.Signer}");
            }
            catch (CryptographicException)
            {
                // The document says so in its place.
                throw new NotFound($"intact signature {query.Signer}");
            }
        }

        private async Task<DrawingRow?> FindAsync(Query query, CancellationToken cancellationToken)
        {
            if (seen.HandedOn(query.CaseId) is null)
                return await db.QuerySingleOrDefaultAsync<DrawingRow>(Find, query, cancellationToken);
            var agreement = (await cases.LoadAsync(query.CaseId, cancellationToken)).Case.Agreement;
            return agreement?.Signatures.Any(s => s.Signer == query.Signer) is true
                ? await db.QuerySingleOrDefaultAsync<DrawingRow>(FindInVersion, new { query.CaseId, query.Signer, agreement.Version }, cancellationToken)
                : null;
        }
    }
}
