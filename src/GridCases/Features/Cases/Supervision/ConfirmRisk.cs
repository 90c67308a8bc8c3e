using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>A centre sets the risk; red needs a sponsoring leader (领导包案).</summary>
/// <param name="Risk">The level.</param>
/// <param name="Sponsor">The leader who sponsors the case; demanded for red.</param>
/// <param name="Prevention">What is done to prevent the worst; demanded where violence is to be feared.</param>
/// <param name="Violence">Whether violence is to be feared: a notice to the police is made (People's Mediation Law art. 25).</param>
[CaseAction(CaseAction.ConfirmRisk, Icon = "flag")]
public sealed record ConfirmRisk(
    [FormField(FieldKind.Words, Order = 1)] Risk? Risk,
    [FormField(FieldKind.Text, Order = 2, When = "risk=Red")] string? Sponsor,
    [FormField(FieldKind.Lines, Order = 4)] string? Prevention,
    [FormField(FieldKind.Check, Order = 3)] bool? Violence = null) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ConfirmRisk(Risk!.Value, Sponsor, Violence ?? false, Prevention, at);

    public sealed class Rules : AbstractValidator<ConfirmRisk>
    {
        public Rules()
        {
            RuleFor(c => c.Risk).NotNull();
            RuleFor(c => c.Sponsor).OptionalText(100);
            RuleFor(c => c.Sponsor).NotEmpty().When(c => c.Risk is Domain.Risk.Red);
            RuleFor(c => c.Prevention).OptionalText(1000);
            RuleFor(c => c.Prevention).NotEmpty().When(c => c.Violence is true).WithMessage(_ => Text.Field("PreventionNeeded"));
        }
    }
}
