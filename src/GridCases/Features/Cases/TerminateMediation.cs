using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>终止: a party may end mediation at any time (People's Mediation Law art. 23).</summary>
public static class TerminateMediation
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    /// <param name="ByPartyId">The party that ends it, if one does.</param>
    [CaseAction(CaseAction.Terminate)]
    public sealed record Command(string? Reason, Guid? ByPartyId) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.Terminate(command.Reason!, command.ByPartyId, at), ct);
    }
}
