using System.Text.Json.Serialization;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>What this caller may do to a case now: exactly the actions the domain would accept from them, in the order of the way of a case.</summary>
public static class GetActions
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Row>>, IReadsHandedOn;

    /// <summary>An action.</summary>
    /// <param name="Action">Its name in the address.</param>
    /// <param name="Label">Its name for people, in their language.</param>
    /// <param name="Word">The action itself.</param>
    public sealed record Row(string Action, string Label, [property: JsonIgnore] CaseAction Word);

    internal sealed class Handler(CaseReader cases, Caller caller, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            var seen = await cases.LoadAsync(query.CaseId, cancellationToken);
            return [.. seen.ActionsFor(caller.Actor, time.GetUtcNow()).Where(CaseActionCatalogue.IsRouted).Select(a => new Row(CaseActionCatalogue.NameOf(a), Text.Word(a), a))];
        }
    }
}
