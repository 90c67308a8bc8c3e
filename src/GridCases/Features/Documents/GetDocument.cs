using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Documents;

/// <summary>One document of a case file, printed from the record. Numbers, phones and addresses are masked, unless they were asked for with a purpose. Reading it is audited.</summary>
public static class GetDocument
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    /// <param name="Form">Key of the form.</param>
    /// <param name="SessionId">Of the records of meetings and investigations only this one; null for all.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId, string Form, Guid? SessionId = null) : IQuery<CaseDocument>, IReadsHandedOn
    {
        /// <summary>The answer of <see cref="UnmaskParties"/>, which asked for the purpose and put it on record; null to print with masks.</summary>
        public UnmaskParties.Result? InFull { get; init; }
    }

    internal sealed class Handler(CaseRecords records, ReadAudit audit) : IRequestHandler<Query, CaseDocument>
    {
        public async Task<CaseDocument> Handle(Query query, CancellationToken cancellationToken)
        {
            var form = DocumentBuilder.Find(query.Form) ?? throw new NotFound($"form {query.Form}");
            var record = (await records.LoadAsync(query.CaseId, cancellationToken)).InFull(query.InFull);
            if (query.SessionId is { } session)
                record = record with { Sessions = [.. record.Sessions.Where(s => s.Id == session)] };
            if (!record.Forms.Contains(form))
                throw new RuleViolation("DocumentNotInRecord", form);
            await audit.DocumentReadAsync(form, query.CaseId, cancellationToken);
            return DocumentBuilder.Build(form, record);
        }
    }
}
