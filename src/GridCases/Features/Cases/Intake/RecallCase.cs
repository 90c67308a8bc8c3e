using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>收回: the unit where the case began takes it back while the first centre has not answered.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.Recall, Icon = "refresh", IsExceptional = true)]
public sealed record RecallCase([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Recall(Reason!, at);

    public sealed class Rules : AbstractValidator<RecallCase>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
