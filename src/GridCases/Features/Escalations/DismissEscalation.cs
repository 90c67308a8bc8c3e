using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor closes an escalation with a reason; nothing is done to the case, and higher levels still open in their time.</summary>
/// <param name="Reason">Why, in up to 1,000 characters; it is shown with the escalation.</param>
public sealed record DismissEscalation(string? Reason) : EscalationActionCommand
{
    internal override CaseChange Apply(Case @case, EscalationRow escalation, CaseContext at) =>
        escalation.Entry(@case, CaseEventKind.DismissEscalation, EventKey.Reason.Is(Reason)) with { Escalations = [new EscalationStep.Dismissed(escalation.Id, Reason!)] };

    public sealed class Rules : AbstractValidator<DismissEscalation>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
