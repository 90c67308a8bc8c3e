using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>归档.</summary>
public static class ArchiveCase
{
    /// <summary>Nothing but the case.</summary>
    [CaseAction(CaseAction.Archive)]
    public sealed record Command : CaseCommand;

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Archive(at), ct);
    }
}
