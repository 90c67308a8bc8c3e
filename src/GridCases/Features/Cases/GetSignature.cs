using GridCases.Data;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The picture of a signature that was drawn on the screen.</summary>
public static class GetSignature
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    /// <param name="Version">The version of the agreement it stands under.</param>
    /// <param name="Signer">A party's id or "mediator".</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId, int Version, string Signer) : IQuery<Result>, ICaseMessage;

    /// <summary>The PNG.</summary>
    public sealed record Result(byte[] Png);

    internal sealed class Handler(Db db) : IRequestHandler<Query, Result>
    {
        private static readonly Sql Find = new("""
            SELECT ImagePng FROM AgreementSignature WHERE CaseId = @CaseId AND AgreementVersion = @Version AND Signer = @Signer
            """);

        public async Task<Result> Handle(Query query, CancellationToken ct) =>
            await db.QuerySingleOrDefaultAsync<byte[]>(Find, query, ct) is { } png ? new Result(png) : throw new NotFound($"signature of {query.CaseId}");
    }
}
