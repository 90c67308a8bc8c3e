using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>上报 to the parent unit; a level is skipped only where policy allows it (越级).</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="SkipTo">The unit to skip to, above the parent; usually none.</param>
[CaseAction(CaseAction.SubmitUpward, Icon = "arrow-forward-up")]
public sealed record SubmitUpward([FormField(FieldKind.Lines)] string? Reason, [FormField(FieldKind.HigherUnit)] UnitCode? SkipTo) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.SubmitUpward(Reason!, SkipTo, at);

    public sealed class Rules : AbstractValidator<SubmitUpward>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
