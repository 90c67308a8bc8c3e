using GridCases.Features.Clocks;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The clocks of a case, ended ones too, each with the derivation of its due date in the caller's language.</summary>
public static class GetClocks
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<ClockView>>, IReadsHandedOn;

    internal sealed class Handler(CaseReader cases, Rulebook rules, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<ClockView>>
    {
        public async Task<IReadOnlyList<ClockView>> Handle(Query query, CancellationToken cancellationToken)
        {
            var seen = await cases.LoadAsync(query.CaseId, cancellationToken);
            var calendar = await rules.CalendarAsync(cancellationToken);
            var now = seen.At(time.GetUtcNow());
            return [.. seen.Case.Clocks.Select(clock => ClockView.Of(clock, now, calendar))];
        }
    }
}
