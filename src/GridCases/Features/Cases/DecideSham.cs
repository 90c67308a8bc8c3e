using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A supervisor decides on a report of sham mediation (SPC, court-invited mediation, art. 18).</summary>
public static class DecideSham
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Founded">Whether it is one: then mediation ends; else it goes on.</param>
    /// <param name="Note">What was found, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.DecideSham)]
    public sealed record Command(bool? Founded, string? Note) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Founded).NotNull();
            RuleFor(c => c.Note).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.DecideSham(command.Founded!.Value, command.Note!, at),
            ct);
    }
}
