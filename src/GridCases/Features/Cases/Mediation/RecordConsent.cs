using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A party that joined after the others were asked gives its answer to mediation; a refusal ends it (People's Mediation Law art. 17).</summary>
/// <param name="PartyId">The party.</param>
/// <param name="Consented">Whether it consents.</param>
/// <param name="How">How the answer was given: in person, by phone, in writing.</param>
[CaseAction(CaseAction.RecordConsent, Icon = "checks")]
public sealed record RecordConsent(
    [FormField(FieldKind.UnaskedParty)] Guid? PartyId,
    [FormField(FieldKind.YesNo)] bool? Consented,
    [FormField(FieldKind.ConsentWay)] string? How) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RecordConsent(PartyId!.Value, new Consent(Consented!.Value, How!, at.Now), at);

    public sealed class Rules : AbstractValidator<RecordConsent>
    {
        public Rules()
        {
            RuleFor(c => c.PartyId).NotNull();
            RuleFor(c => c.Consented).NotNull();
            RuleFor(c => c.How).RequiredText(200);
        }
    }
}
