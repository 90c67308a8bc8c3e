using System.Security.Cryptography;
using System.Text.Json.Serialization;
using FluentValidation;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>
/// Somebody who was at a meeting signs its record (调解笔录) on the screen. The drawing lies with the meeting's record and stands on the printed form. On paper the record is signed without the program's help, and attached.
/// </summary>
public static class SignSession
{
    /// <summary>The message. It needs no version: what was written down of a meeting never changes.</summary>
    /// <param name="Signer">A party's id, or "mediator".</param>
    /// <param name="ImagePng">The drawn signature as a PNG in Base64.</param>
    [AllowedTo(Role.Mediator), WritesLast]
    public sealed record Command(string? Signer, string? ImagePng) : ICommand<CaseView>, ICaseMessage
    {
        [JsonIgnore]
        public Guid CaseId { get; init; }

        /// <summary>The meeting.</summary>
        [JsonIgnore]
        public Guid SessionId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Signer).RequiredText(100);
            RuleFor(c => c.ImagePng).NotEmpty().WithMessage(_ => Texts.Text.Field("SignatureMissing"));
            RuleFor(c => c.ImagePng).Drawing();
        }
    }

    internal sealed class Handler(CaseActionExecutor actions, Db db, Caller caller) : IRequestHandler<Command, CaseView>
    {
        private static readonly Sql FindSession = new("SELECT COUNT(*) FROM CaseSession WHERE Id = @SessionId AND CaseId = @CaseId AND Kind = 'Mediation'");

        private static readonly Sql FindSignature = new("SELECT COUNT(*) FROM SessionSignature WHERE CaseId = @CaseId AND SessionId = @SessionId AND Signer = @Signer");

        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command.CaseId,
            null,
            async (@case, at) =>
            {
                if (!CaseAuthority.MaySignSession(@case, caller.Actor))
                    throw new AccessDenied(nameof(SignSession));
                if (await db.QuerySingleAsync<int>(FindSession, command, cancellationToken) == 0)
                    throw new NotFound($"session {command.SessionId}");
                var png = DrawnSignature.Decode(command.ImagePng)!;
                var change = @case.SignSession(new SessionSignature(command.SessionId, command.Signer!.Trim(), png, Convert.ToHexStringLower(SHA256.HashData(png))), at);
                return await db.QuerySingleAsync<int>(FindSignature, new { command.CaseId, command.SessionId, change.SessionSignature!.Signer }, cancellationToken) == 0
                    ? change
                    : throw new RuleViolation("SessionAlreadySigned");
            },
            cancellationToken);
    }
}
