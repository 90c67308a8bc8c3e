using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A supervisor of the centre in charge, or above it, grants or refuses more time.</summary>
public static class DecideExtension
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="ExtensionId">The request.</param>
    /// <param name="Grant">Whether it is granted.</param>
    /// <param name="Days">How many days, if other than asked for; 1 to 365.</param>
    /// <param name="Note">Up to 1,000 characters.</param>
    [CaseAction(CaseAction.DecideExtension)]
    public sealed record Command(Guid? ExtensionId, bool? Grant, int? Days, string? Note) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.ExtensionId).NotNull();
            RuleFor(c => c.Grant).NotNull();
            RuleFor(c => c.Days).InclusiveBetween(1, 365);
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.DecideExtension(command.ExtensionId!.Value, command.Grant!.Value, command.Days, command.Note, at), ct);
    }
}
