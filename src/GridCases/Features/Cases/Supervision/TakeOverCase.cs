using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A supervisor takes the case to its own centre.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.TakeOver, Icon = "arrow-forward-up", IsExceptional = true)]
public sealed record TakeOverCase([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.TakeOver(Reason!, at);

    public sealed class Rules : AbstractValidator<TakeOverCase>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
