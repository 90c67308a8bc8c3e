using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>Mediation begins with every applicant's and respondent's consent (People's Mediation Law art. 17); any refusal ends it.</summary>
/// <param name="Consents">One for each applicant and respondent.</param>
/// <param name="MediatorChoice">Whether the parties chose the mediator or accepted who was proposed (People's Mediation Law art. 19); accepted, if nobody says.</param>
[CaseAction(CaseAction.StartMediation, Icon = "messages")]
public sealed record StartMediation(
    [FormField(FieldKind.Consents)] IReadOnlyList<StartMediation.GivenConsent>? Consents,
    [FormField(FieldKind.Words, IsRequired = true)] MediatorChoice? MediatorChoice = null) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.StartMediation(
        Consents!.ToDictionary(c => c.PartyId!.Value, c => new Consent(c.Consented!.Value, c.How!, at.Now)),
        MediatorChoice ?? Domain.MediatorChoice.Accepted,
        at);

    /// <summary>A party's answer.</summary>
    /// <param name="PartyId">The party.</param>
    /// <param name="Consented">Whether it consents.</param>
    /// <param name="How">How the answer was given: in person, by phone, in writing.</param>
    public sealed record GivenConsent(Guid? PartyId, bool? Consented, string? How);

    public sealed class Rules : AbstractValidator<StartMediation>
    {
        public Rules()
        {
            RuleFor(c => c.Consents).NotEmpty();
            RuleFor(c => c.Consents).Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100));
            RuleFor(c => c.Consents).Must(list => list is null || list.DistinctBy(c => c?.PartyId).Count() == list.Count).WithMessage(_ => Text.Field("PartyTwice"));
            RuleForEach(c => c.Consents).NotNull().ChildRules(consent =>
            {
                consent.RuleFor(c => c.PartyId).NotNull();
                consent.RuleFor(c => c.Consented).NotNull();
                consent.RuleFor(c => c.How).RequiredText(200);
            });
        }
    }
}
