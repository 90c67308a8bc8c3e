using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>不予受理, with the reason and the parties' other remedies.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="OtherRemedies">Where the parties can turn instead, in up to 1,000 characters.</param>
[CaseAction(CaseAction.Decline, Icon = "x", IsExceptional = true)]
public sealed record DeclineCase([FormField(FieldKind.Lines)] string? Reason, [FormField(FieldKind.Lines)] string? OtherRemedies) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Decline(Reason!, OtherRemedies!, at);

    public sealed class Rules : AbstractValidator<DeclineCase>
    {
        public Rules()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.OtherRemedies).RequiredText(1000);
        }
    }
}
