using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A suspected sham mediation: the case is suspended and the supervisor told (SPC, court-invited mediation, art. 18).</summary>
/// <param name="Reason">What is suspicious, in up to 1,000 characters.</param>
[CaseAction(CaseAction.ReportSham, Icon = "alert-triangle", IsExceptional = true)]
public sealed record ReportSham([FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ReportSham(Reason!, at);

    public sealed class Rules : AbstractValidator<ReportSham>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
