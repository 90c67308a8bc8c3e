using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A suspected sham mediation: the case is suspended and the supervisor told (SPC, court-invited mediation, art. 18).</summary>
public static class ReportSham
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">What is suspicious, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.ReportSham)]
    public sealed record Command(string? Reason) : CaseCommand;

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
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.ReportSham(command.Reason!, at),
            ct);
    }
}
