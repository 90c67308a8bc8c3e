using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>调查: somebody was asked, something was looked at. What is marked a concession never enters a court packet.</summary>
public static class RecordInvestigation
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="HeldAt">When.</param>
    /// <param name="Place">Where.</param>
    /// <param name="Note">What was found, in up to 4,000 characters; kept out of the journal.</param>
    /// <param name="Concession">Whether the note holds concessions.</param>
    /// <param name="Participants">The parties who were asked.</param>
    /// <param name="Others">Who else was asked, in up to 400 characters.</param>
    [CaseAction(CaseAction.RecordInvestigation)]
    public sealed record Command(DateTimeOffset? HeldAt, string? Place, string? Note, bool? Concession, IReadOnlyList<Guid>? Participants, string? Others) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.HeldAt).NotNull();
            RuleFor(c => c.Place).RequiredText(200);
            RuleFor(c => c.Note).RequiredText(4000);
            RuleFor(c => c.Participants).FewParties();
            RuleFor(c => c.Others).OptionalText(400);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.RecordInvestigation(
                new MediationSession(at.NewId(), command.HeldAt!.Value, command.Place!, command.Note!, command.Concession ?? false, Online: false)
                {
                    Kind = SessionKind.Investigation,
                    Participants = [.. command.Participants ?? []],
                    Others = command.Others,
                },
                at),
            ct);
    }
}
