using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>回访: a visit after closing.</summary>
/// <param name="VisitedOn">The local day.</param>
/// <param name="Method">In person, by phone, and so on.</param>
/// <param name="Satisfaction">The parties' satisfaction, 1 to 5.</param>
/// <param name="Note">Up to 1,000 characters.</param>
[CaseAction(CaseAction.RecordFollowUp, Icon = "phone")]
public sealed record RecordFollowUp(
    [FormField(FieldKind.Day)] DateOnly? VisitedOn,
    [FormField(FieldKind.Text)] string? Method,
    [FormField(FieldKind.Stars)] int? Satisfaction,
    [FormField(FieldKind.Lines)] string? Note) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RecordFollowUp(
        new FollowUpVisit(at.NewId(), VisitedOn!.Value, Method!, Satisfaction!.Value, Note), at);

    public sealed class Rules : AbstractValidator<RecordFollowUp>
    {
        public Rules()
        {
            RuleFor(c => c.VisitedOn).NotNull().PlausibleDay();
            RuleFor(c => c.Method).RequiredText(100);
            RuleFor(c => c.Satisfaction).NotNull().InclusiveBetween(1, 5);
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }
}
