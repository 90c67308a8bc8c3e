using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>恢复: the clocks go on.</summary>
/// <param name="Reason">Up to 1,000 characters.</param>
[CaseAction(CaseAction.Resume, Icon = "refresh")]
public sealed record ResumeCase([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Resume(Reason, at);

    public sealed class Rules : AbstractValidator<ResumeCase>
    {
        public Rules() => RuleFor(c => c.Reason).OptionalText(1000);
    }
}
