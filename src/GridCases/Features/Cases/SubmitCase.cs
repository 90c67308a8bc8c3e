using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>上报: hands a registered dispute to the village centre.</summary>
public static class SubmitCase
{
    /// <summary>Nothing but the case.</summary>
    [CaseAction(CaseAction.Submit)]
    public sealed record Command : CaseCommand;

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Submit(at), ct);
    }
}
