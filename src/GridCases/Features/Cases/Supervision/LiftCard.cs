using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A supervisor lifts a card.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.LiftCard, Icon = "check", IsExceptional = true)]
public sealed record LiftCard([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.LiftCard(Reason!, at);

    public sealed class Rules : AbstractValidator<LiftCard>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
