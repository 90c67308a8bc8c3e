using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>调解不成; the parties must have been told their other remedies (People's Mediation Law art. 26).</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="RemediesNoticed">That the parties were told: arbitration, administrative remedies, litigation. Must be true.</param>
[CaseAction(CaseAction.FailMediation, Icon = "x", IsExceptional = true)]
public sealed record FailMediation(
    [FormField(FieldKind.Lines)] string? Reason,
    [FormField(FieldKind.Check)] bool? RemediesNoticed) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.FailMediation(Reason!, RemediesNoticed!.Value, at);

    public sealed class Rules : AbstractValidator<FailMediation>
    {
        public Rules()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.RemediesNoticed).NotNull().Equal(true).WithMessage(_ => Text.Field("RemediesMustBeNoticed"));
        }
    }
}
