using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>What the file of a case must hold, and what is missing: what archiving will ask for.</summary>
public static class GetCompleteness
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<Result>, IReadsHandedOn;

    /// <summary>The list.</summary>
    /// <param name="Complete">Whether nothing is missing.</param>
    /// <param name="Items">What belongs in the file.</param>
    public sealed record Result(bool Complete, IReadOnlyList<Item> Items);

    /// <summary>One thing.</summary>
    /// <param name="What">What it is.</param>
    /// <param name="Label">The same for people, in their language.</param>
    /// <param name="Present">Whether it is there.</param>
    /// <param name="Why">Why it belongs in the file, or how it comes there.</param>
    /// <param name="MissingFor">Ids of the parties for whom it is missing, where it is a matter of each.</param>
    public sealed record Item(FileItem What, string Label, bool Present, string Why, IReadOnlyList<Guid> MissingFor);

    internal sealed class Handler(CaseReader cases, FileChecks files) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            return Of(await files.OfAsync(await cases.LoadAsync(query.CaseId, cancellationToken), cancellationToken));
        }
    }

    /// <summary>The list as it is shown.</summary>
    internal static Result Of(FileCompleteness file) =>
        new(file.IsComplete, [.. file.Items.Select(i => new Item(i.What, Text.Word(i.What), i.IsPresent, Text.Get("Words", $"FileItem.{i.What}.Why"), i.MissingFor))]);
}
