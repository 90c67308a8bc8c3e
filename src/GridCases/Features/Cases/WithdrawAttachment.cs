using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A file was put in by mistake: it stays on record with the reason, and out of every packet.</summary>
public static class WithdrawAttachment
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="AttachmentId">The file.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.WithdrawAttachment)]
    public sealed record Command(Guid? AttachmentId, string? Reason) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.AttachmentId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.WithdrawAttachment(command.AttachmentId!.Value, command.Reason!, at),
            ct);
    }
}
