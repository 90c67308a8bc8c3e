using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Operations;

/// <summary>Reads the numbers an operator watches, for the metrics.</summary>
public static class MeasureOperations
{
    [AllowedToSystem]
    public sealed record Query : IQuery<OperationalFigures.Figures>;

    internal sealed class Handler(OperationalFigures figures) : IRequestHandler<Query, OperationalFigures.Figures>
    {
        public Task<OperationalFigures.Figures> Handle(Query request, CancellationToken cancellationToken) => figures.ReadAsync(cancellationToken);
    }
}
