using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor gives the clock behind an escalation more time; when that reaches past now, the escalation is resolved.</summary>
/// <param name="Days">How many, counted as the clock counts: days or working days; 1 to 365.</param>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="PartiesAgree">Whether the parties agree; put on record where it was said.</param>
public sealed record GrantExtension(int? Days, string? Reason, bool? PartiesAgree = null) : EscalationActionCommand
{
    internal override CaseChange Apply(Case @case, EscalationRow escalation, CaseContext at) =>
        @case.GrantExtension(escalation.ClockId, Days!.Value, Reason!, PartiesAgree ?? false, at);

    public sealed class Rules : AbstractValidator<GrantExtension>
    {
        public Rules()
        {
            RuleFor(c => c.Days).NotNull().InclusiveBetween(1, 365);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }
}
