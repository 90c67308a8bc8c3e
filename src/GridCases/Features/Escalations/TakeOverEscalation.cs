using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor takes the case behind an escalation to its own centre.</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
public sealed record TakeOverEscalation(string? Reason) : EscalationActionCommand
{
    internal override CaseChange Apply(Case @case, EscalationRow escalation, CaseContext at) => @case.TakeOver(Reason!, at);

    public sealed class Rules : AbstractValidator<TakeOverEscalation>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
