using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A mediation meeting is put on record. What is marked a concession never enters a court packet (SPC, court-invited mediation, art. 22).</summary>
public static class RecordSession
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="HeldAt">When.</param>
    /// <param name="Place">Where.</param>
    /// <param name="Note">What was said, in up to 4,000 characters; kept out of the journal.</param>
    /// <param name="Concession">Whether the note holds concessions.</param>
    /// <param name="Online">Whether it was held online.</param>
    /// <param name="Participants">The parties who took part.</param>
    /// <param name="Others">Who else was there, in up to 400 characters.</param>
    /// <param name="Link">Where it was held online (https).</param>
    [CaseAction(CaseAction.RecordSession)]
    public sealed record Command(DateTimeOffset? HeldAt, string? Place, string? Note, bool? Concession, bool? Online,
        IReadOnlyList<Guid>? Participants = null, string? Others = null, string? Link = null) : CaseCommand;

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
            RuleFor(c => c.Link).HttpsLink();
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.RecordSession(
                new MediationSession(at.NewId(), command.HeldAt!.Value, command.Place!, command.Note!, command.Concession ?? false, command.Online ?? command.Link is not null)
                {
                    Participants = [.. command.Participants ?? []],
                    Others = command.Others,
                    Link = command.Link,
                },
                at),
            ct);
    }
}
