using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>申请司法确认: all parties jointly, within 30 days of effect (People's Mediation Law art. 33).</summary>
/// <param name="Court">The court.</param>
/// <param name="Applicants">Ids of the parties that apply: every applicant and respondent.</param>
[CaseAction(CaseAction.ApplyForConfirmation, Icon = "scale")]
public sealed record ApplyForConfirmation(
    [FormField(FieldKind.Text)] string? Court,
    [FormField(FieldKind.Principals)] IReadOnlyList<Guid>? Applicants) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ApplyForConfirmation(Court!, [.. Applicants!], at);

    public sealed class Rules : AbstractValidator<ApplyForConfirmation>
    {
        public Rules()
        {
            RuleFor(c => c.Court).RequiredText(200);
            RuleFor(c => c.Applicants).NotEmpty();
            RuleFor(c => c.Applicants).Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100));
        }
    }
}
