using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>办结; the unit where the case began verifies.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Summary">What was done, in up to 2,000 characters.</param>
[CaseAction(CaseAction.CompleteHandling, Icon = "circle-check")]
public sealed record CompleteHandling([FormField(FieldKind.Words)] Outcome? Outcome, [FormField(FieldKind.Lines)] string? Summary) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.CompleteHandling(Outcome!.Value, Summary!, at);

    public sealed class Rules : AbstractValidator<CompleteHandling>
    {
        public Rules()
        {
            RuleFor(c => c.Outcome).NotNull();
            RuleFor(c => c.Summary).RequiredText(2000);
        }
    }
}
