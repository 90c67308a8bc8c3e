using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Operations;

/// <summary>How the installation is: what runs, how far behind it is, what is used up, and what to do about what is not well. For administrators of the city.</summary>
public static class GetStatus
{
    [AllowedInCity(Role.Administrator)]
    public sealed record Query : IQuery<Result>;

    /// <summary>The status.</summary>
    /// <param name="At">When it was read.</param>
    /// <param name="State">The worst state of any line.</param>
    /// <param name="Lines">What there is to tell, by group.</param>
    public sealed record Result(DateTimeOffset At, StatusState State, IReadOnlyList<StatusLine> Lines);

    internal sealed class Handler(IEnumerable<IStatusLines> sources, TimeProvider time) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var lines = new List<StatusLine>();
            foreach (var source in sources)
                lines.AddRange(await source.ReadAsync(cancellationToken));
            return new Result(time.GetUtcNow(), lines.Max(l => l.State), [.. lines.OrderBy(l => l.Group)]);
        }
    }
}
