using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The holder asks for more time on a running clock.</summary>
/// <param name="ClockId">The clock.</param>
/// <param name="Days">How many days or working days, as the clock counts; 1 to 365.</param>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="PartiesAgree">Whether the parties agree, where the rule asks for it.</param>
[CaseAction(CaseAction.RequestExtension, Icon = "hourglass")]
public sealed record RequestExtension(
    [FormField(FieldKind.Clock)] Guid? ClockId,
    [FormField(FieldKind.Number)] int? Days,
    [FormField(FieldKind.Lines)] string? Reason,
    [FormField(FieldKind.Check)] bool? PartiesAgree) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) =>
        @case.RequestExtension(ClockId!.Value, Days!.Value, Reason!, PartiesAgree ?? false, at);

    public sealed class Rules : AbstractValidator<RequestExtension>
    {
        public Rules()
        {
            RuleFor(c => c.ClockId).NotNull();
            RuleFor(c => c.Days).NotNull().InclusiveBetween(1, 365);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }
}
