using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor takes note of an escalation.</summary>
/// <param name="Note">Up to 1,000 characters.</param>
public sealed record AcknowledgeEscalation(string? Note) : EscalationActionCommand
{
    internal override CaseChange Apply(Case @case, EscalationRow escalation, CaseContext at) => escalation.AcknowledgedBy is { } other
        ? throw new RuleViolation("EscalationAcknowledged", other)
        : escalation.Entry(@case, CaseEventKind.AcknowledgeEscalation, EventKey.Note.Is(Note));

    public sealed class Rules : AbstractValidator<AcknowledgeEscalation>
    {
        public Rules() => RuleFor(c => c.Note).OptionalText(1000);
    }
}
