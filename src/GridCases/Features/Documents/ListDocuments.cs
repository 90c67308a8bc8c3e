using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Documents;

/// <summary>The forms of a case file in their order: which can be printed from the record, and which the file must hold.</summary>
public static class ListDocuments
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Row>>, IReadsHandedOn;

    /// <summary>A form.</summary>
    /// <param name="Form">Its key, as addresses have it.</param>
    /// <param name="Title">Its name in the reader's language.</param>
    /// <param name="Available">Whether the record holds what it needs.</param>
    /// <param name="Required">Whether the file is incomplete without it.</param>
    public sealed record Row(string Form, string Title, bool Available, bool Required);

    internal sealed class Handler(CaseRecords records) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            var record = await records.LoadAsync(query.CaseId, cancellationToken);
            return Of(record.Facts);
        }
    }

    /// <summary>The forms for such a record.</summary>
    internal static IReadOnlyList<Row> Of(FileFacts facts) =>
        [.. DocumentCatalogue.For(facts).Select(e => new Row(DocumentBuilder.KeyOf(e.Form), Text.Word(e.Form), e.IsAvailable, e.IsRequired))];
}
