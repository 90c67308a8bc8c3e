using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Imports;

/// <summary>The empty workbook to be filled in: columns with what belongs into them, lists to choose from, and a page that explains it with examples.</summary>
public static class GetImportTemplate
{
    /// <summary>Whether headings and words are those of people, in their language; else those of programs.</summary>
    [AllowedTo(Role.Administrator)]
    public sealed record Query(bool ForPeople) : IQuery<Result>;

    /// <summary>The workbook.</summary>
    public sealed record Result(byte[] Workbook);

    internal sealed class Handler : IRequestHandler<Query, Result>
    {
        public Task<Result> Handle(Query query, CancellationToken cancellationToken) => Task.FromResult(new Result(TemplateWorkbook.Make(query.ForPeople)));
    }
}
