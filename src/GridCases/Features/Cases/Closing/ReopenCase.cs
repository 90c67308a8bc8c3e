using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The dispute broke out again.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.Reopen, Icon = "refresh", IsExceptional = true)]
public sealed record ReopenCase([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Reopen(Reason!, at);

    public sealed class Rules : AbstractValidator<ReopenCase>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
