using System.Security.Cryptography;
using FluentValidation;
using GridCases.Attachments;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>A signature, seal or fingerprint is put on record by the case's mediator (People's Mediation Law art. 29, 31).</summary>
/// <param name="Signer">A party's id, "mediator" or "seal".</param>
/// <param name="ImagePng">The drawn signature as a PNG in Base64, if any.</param>
/// <param name="How">How it was given; if nobody says, drawn with a picture, by seal for the seal, else on paper.</param>
[CaseAction(CaseAction.Sign, Icon = "signature")]
public sealed record SignAgreement([FormField(FieldKind.Signer)] string? Signer, string? ImagePng, SignatureMethod? How = null) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at)
    {
        var signer = Guid.TryParse(Signer, out var party) ? party.ToString() : Signer!.Trim();
        var image = DrawnSignature.Decode(ImagePng);
        var how = How ?? (signer == Agreement.SealSigner ? SignatureMethod.Seal : image is not null ? SignatureMethod.Drawn : SignatureMethod.Paper);
        var sha256 = image is null ? null : Convert.ToHexStringLower(SHA256.HashData(image));
        return @case.Sign(signer, how, sha256, at) with { SignatureImage = image };
    }

    public sealed class Rules : AbstractValidator<SignAgreement>
    {
        public Rules()
        {
            RuleFor(c => c.Signer).RequiredText(100);
            RuleFor(c => c.ImagePng).NotEmpty().When(c => c.How is SignatureMethod.Drawn).WithMessage(_ => Text.Field("DrawingNeeded"));
            RuleFor(c => c.ImagePng).Drawing();
        }
    }
}
