using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A file that has been stored is put into the case. It moves nothing, so it needs no version.</summary>
public static class AttachFile
{
    /// <summary>The file, stored and measured.</summary>
    [CaseAction(CaseAction.Attach), WritesLast]
    public sealed record Command : ICommand<CaseView>, ICaseMessage
    {
        public required Guid CaseId { get; init; }

        public AttachmentKind? Kind { get; init; }

        /// <summary>Whose it is, if somebody's.</summary>
        public Guid? PartyId { get; init; }

        /// <summary>Its name, as people gave it.</summary>
        public string? Name { get; init; }

        /// <summary>Whether it holds concessions: then it never enters a court packet.</summary>
        public bool? Concession { get; init; }

        public required StoredFile File { get; init; }
    }

    /// <summary>Content in the store.</summary>
    /// <param name="Id">Its id, which becomes the attachment's.</param>
    /// <param name="MediaType">As sniffed from its bytes.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="Sha256">Of the plain content, lower-case hex.</param>
    /// <param name="SealedKey">How the store opens it.</param>
    public sealed record StoredFile(Guid Id, string MediaType, long Length, string Sha256, string SealedKey);

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Kind).NotNull();
            RuleFor(c => c.Name).RequiredText(200);
        }
    }

    public sealed class Handler(CaseActionExecutor actions, AttachmentRoom room) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken)
        {
            var file = command.File;
            return actions.ExecuteAsync(
                command.CaseId,
                null,
                async (@case, at) =>
                {
                    var change = @case.Attach(
                        new Attachment(file.Id, command.Kind!.Value, command.PartyId, command.Name!.Trim(), file.MediaType, file.Length, file.Sha256, file.SealedKey,
                            command.Concession ?? false, at.By.UserName, at.Now),
                        at);
                    room.Demand(@case, file.Length);
                    await room.TakeAsync(file.Length, cancellationToken);
                    return change;
                },
                cancellationToken);
        }
    }
}
