using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>受理: the centre takes the case in.</summary>
public static class AcceptCase
{
    /// <summary>Nothing but the case.</summary>
    [CaseAction(CaseAction.Accept)]
    public sealed record Command : CaseCommand;

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Accept(at), ct);
    }
}
