using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>回退 to whom the case came from.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.Return, Icon = "arrow-left")]
public sealed record ReturnCase([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Return(Reason!, at);

    public sealed class Rules : AbstractValidator<ReturnCase>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
