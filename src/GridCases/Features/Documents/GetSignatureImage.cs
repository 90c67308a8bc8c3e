using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Documents;

/// <summary>A signature that was drawn under the present version of an agreement, or under the record of a meeting, as PNG.</summary>
public static class GetSignatureImage
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    /// <param name="Signer">A party's id, "mediator" or "seal".</param>
    /// <param name="SessionId">The meeting under whose record it was drawn; null for the agreement.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId, string Signer, Guid? SessionId = null) : IQuery<byte[]>, IReadsHandedOn;

    internal sealed class Handler(Db db, SeenCases seen, CaseReader cases, CaseJournals journals, PersonalData personal) : IRequestHandler<Query, byte[]>
    {
        private static readonly Sql Find = new("""
            SELECT ImagePng, ImageSealed, ImageKeyCipher FROM AgreementSignature
            WHERE CaseId = @CaseId AND Signer = @Signer
            AND AgreementVersion = (SELECT MAX(Version) FROM CaseAgreement WHERE CaseId = @CaseId)
            """);

        private static readonly Sql FindInVersion = new("""
            SELECT ImagePng, ImageSealed, ImageKeyCipher FROM AgreementSignature WHERE CaseId = @CaseId AND Signer = @Signer AND AgreementVersion = @version
            """);

        private static readonly Sql FindOfSession = new("SELECT ImageSealed, ImageKeyCipher FROM SessionSignature WHERE CaseId = @CaseId AND SessionId = @SessionId AND Signer = @Signer");

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
            if (query.SessionId is { } session)
            {
                return seen.HandedOn(query.CaseId) is null
                    || (await journals.ReadAsync(query.CaseId, cancellationToken)).Any(line => line.Kind is CaseEventKind.SignSession && line.Particulars.Get(EventKey.Session) == session && line.Particulars.Get(EventKey.Signer) == query.Signer)
                    ? await db.QuerySingleOrDefaultAsync<DrawingRow>(FindOfSession, query, cancellationToken)
                    : null;
            }

            if (seen.HandedOn(query.CaseId) is null)
                return await db.QuerySingleOrDefaultAsync<DrawingRow>(Find, query, cancellationToken);
            var agreement = (await cases.LoadAsync(query.CaseId, cancellationToken)).Case.Agreement;
            return agreement?.Signatures.Any(s => s.Signer == query.Signer) is true
                ? await db.QuerySingleOrDefaultAsync<DrawingRow>(FindInVersion, new { query.CaseId, query.Signer, agreement.Version }, cancellationToken)
                : null;
        }
    }
}
