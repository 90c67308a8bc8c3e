using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>已撤回: registered in error, or no longer wanted.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.Withdraw, Icon = "x", IsExceptional = true)]
public sealed record WithdrawCase([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Withdraw(Reason!, at);

    public sealed class Rules : AbstractValidator<WithdrawCase>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
