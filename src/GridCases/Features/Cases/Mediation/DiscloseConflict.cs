using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>披露: on the judicial track a mediator with a conflict of interest goes on because every party agrees (SPC, court-invited mediation, art. 15).</summary>
/// <param name="Reason">What the conflict is, in up to 1,000 characters.</param>
/// <param name="PartiesAgree">Ids of the parties that were told of it and agree: every applicant and respondent.</param>
[CaseAction(CaseAction.DiscloseConflict, Icon = "info-circle", IsExceptional = true)]
public sealed record DiscloseConflict(
    [FormField(FieldKind.Lines)] string? Reason,
    [FormField(FieldKind.Parties)] IReadOnlyList<Guid>? PartiesAgree) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.DiscloseConflict(Reason!, PartiesAgree!, at);

    public sealed class Rules : AbstractValidator<DiscloseConflict>
    {
        public Rules()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.PartiesAgree).NotEmpty();
            RuleFor(c => c.PartiesAgree).Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100));
        }
    }
}
