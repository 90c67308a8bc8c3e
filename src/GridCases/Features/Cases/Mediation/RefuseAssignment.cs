using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The organisation cannot take the case: back to the centre.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.RefuseAssignment, Icon = "arrow-left", IsExceptional = true)]
public sealed record RefuseAssignment([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RefuseAssignment(Reason!, at);

    public sealed class Rules : AbstractValidator<RefuseAssignment>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
