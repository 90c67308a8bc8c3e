using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The grid head settled it on the spot; the village centre verifies.</summary>
/// <param name="Summary">What was settled and how, in up to 2,000 characters.</param>
[CaseAction(CaseAction.ResolveOnSpot, Icon = "check")]
public sealed record ResolveOnSpot([FormField(FieldKind.Lines)] string? Summary) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ResolveOnSpot(Summary!, at);

    public sealed class Rules : AbstractValidator<ResolveOnSpot>
    {
        public Rules() => RuleFor(c => c.Summary).RequiredText(2000);
    }
}
