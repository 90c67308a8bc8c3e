using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>督办: a supervisor issues a yellow or red card.</summary>
/// <param name="Color">Yellow or red.</param>
/// <param name="ReplyDueOn">The local day by which the holder replies.</param>
/// <param name="Note">What is wanted, in up to 1,000 characters.</param>
[CaseAction(CaseAction.IssueCard, Icon = "urgent")]
public sealed record IssueCard(
    [FormField(FieldKind.Words)] CardColor? Color,
    [FormField(FieldKind.Day)] DateOnly? ReplyDueOn,
    [FormField(FieldKind.Lines)] string? Note) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.IssueCard(Color!.Value, ReplyDueOn!.Value, Note!, at);

    public sealed class Rules : AbstractValidator<IssueCard>
    {
        public Rules()
        {
            RuleFor(c => c.Color).NotNull();
            RuleFor(c => c.ReplyDueOn).NotNull().PlausibleDay();
            RuleFor(c => c.Note).RequiredText(1000);
        }
    }
}
