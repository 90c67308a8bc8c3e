using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>中止, such as while an appraisal is awaited: the clocks stand still.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="ExpectedResumeOn">The local day on which it is expected to go on.</param>
[CaseAction(CaseAction.Suspend, Icon = "player-pause")]
public sealed record SuspendCase(
    [FormField(FieldKind.Lines)] string? Reason,
    [FormField(FieldKind.Day)] DateOnly? ExpectedResumeOn) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Suspend(Reason!, ExpectedResumeOn, at);

    public sealed class Rules : AbstractValidator<SuspendCase>
    {
        public Rules()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.ExpectedResumeOn).PlausibleDay();
        }
    }
}
