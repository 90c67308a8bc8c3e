using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Whoever sees a danger proposes a risk level.</summary>
/// <param name="Risk">The level.</param>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="Violence">Whether violence is to be feared (People's Mediation Law art. 25).</param>
[CaseAction(CaseAction.ProposeRisk, Icon = "flag")]
public sealed record ProposeRisk(
    [FormField(FieldKind.Words, Order = 1)] Risk? Risk,
    [FormField(FieldKind.Lines, Order = 3)] string? Reason,
    [FormField(FieldKind.Check, Order = 2)] bool? Violence = null) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ProposeRisk(Risk!.Value, Violence ?? false, Reason!, at);

    public sealed class Rules : AbstractValidator<ProposeRisk>
    {
        public Rules()
        {
            RuleFor(c => c.Risk).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }
}
