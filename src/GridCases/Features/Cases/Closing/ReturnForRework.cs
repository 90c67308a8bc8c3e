using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Not settled yet: back to the holder and state that completed it.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.ReturnForRework, Icon = "arrow-left")]
public sealed record ReturnForRework([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ReturnForRework(Reason!, at);

    public sealed class Rules : AbstractValidator<ReturnForRework>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
