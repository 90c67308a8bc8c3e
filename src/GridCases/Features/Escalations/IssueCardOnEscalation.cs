using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Escalations;

/// <summary>督办: a supervisor answers an escalation with a yellow or red card.</summary>
/// <param name="Color">Yellow or red.</param>
/// <param name="ReplyDueOn">The local day by which the holder replies.</param>
/// <param name="Note">What is wanted, in up to 1,000 characters.</param>
public sealed record IssueCardOnEscalation(CardColor? Color, DateOnly? ReplyDueOn, string? Note) : EscalationActionCommand
{
    internal override CaseChange Apply(Case @case, EscalationRow escalation, CaseContext at) =>
        @case.IssueCard(Color!.Value, ReplyDueOn!.Value, Note!, at);

    public sealed class Rules : AbstractValidator<IssueCardOnEscalation>
    {
        public Rules()
        {
            RuleFor(c => c.Color).NotNull();
            RuleFor(c => c.ReplyDueOn).NotNull().PlausibleDay();
            RuleFor(c => c.Note).RequiredText(1000);
        }
    }
}
