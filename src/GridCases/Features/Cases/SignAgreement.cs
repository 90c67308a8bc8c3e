using System.Security.Cryptography;
using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A signature, seal or fingerprint is put on record by the case's mediator (People's Mediation Law art. 29, 31).</summary>
public static class SignAgreement
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Signer">A party's id, "mediator" or "seal".</param>
    /// <param name="ImagePng">The drawn signature as a PNG in Base64, if any.</param>
    /// <param name="How">How it was given; if nobody says, drawn with a picture, by seal for the seal, else on paper.</param>
    [CaseAction(CaseAction.Sign)]
    public sealed record Command(string? Signer, string? ImagePng, SignatureMethod? How = null) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Signer).RequiredText(100);
            RuleFor(c => c.ImagePng).NotEmpty().When(c => c.How is SignatureMethod.Drawn).WithMessage(_ => Text.Field("DrawingNeeded"));
            RuleFor(c => c.ImagePng).Must(IsSmallPng).When(c => c.ImagePng is not null).WithMessage(_ => Text.Field("SignatureImage"));
        }
    }

    /// <summary>The first bytes of every PNG file.</summary>
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A drawn signature is a PNG of at most 200 KB.</summary>
    private static bool IsSmallPng(string? base64)
    {
        var bytes = new byte[200_000];
        return Convert.TryFromBase64String(base64!, bytes, out var length) && bytes.AsSpan(0, length).StartsWith(PngSignature);
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct)
        {
            var signer = Guid.TryParse(command.Signer, out var party) ? party.ToString() : command.Signer!.Trim();
            var image = command.ImagePng is { } png ? Convert.FromBase64String(png) : null;
            var how = command.How ?? (signer == Agreement.SealSigner ? SignatureMethod.Seal : image is not null ? SignatureMethod.Drawn : SignatureMethod.Paper);
            var sha256 = image is null ? null : Convert.ToHexStringLower(SHA256.HashData(image));
            return acts.DoAsync(command, (@case, at) => @case.Sign(signer, how, sha256, at) with { SignatureImage = image }, ct);
        }
    }
}
