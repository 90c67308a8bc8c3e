using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A supervisor of the centre in charge, or above it, grants or refuses more time.</summary>
/// <param name="ExtensionId">The request.</param>
/// <param name="Grant">Whether it is granted.</param>
/// <param name="Days">How many days, if other than asked for; 1 to 365.</param>
/// <param name="Note">Up to 1,000 characters.</param>
[CaseAction(CaseAction.DecideExtension, Icon = "hourglass")]
public sealed record DecideExtension(
    [FormField(FieldKind.Request)] Guid? ExtensionId,
    [FormField(FieldKind.YesNo)] bool? Grant,
    [FormField(FieldKind.Number, When = "grant=true")] int? Days,
    [FormField(FieldKind.Lines)] string? Note) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.DecideExtension(ExtensionId!.Value, Grant!.Value, Days, Note, at);

    public sealed class Rules : AbstractValidator<DecideExtension>
    {
        public Rules()
        {
            RuleFor(c => c.ExtensionId).NotNull();
            RuleFor(c => c.Grant).NotNull();
            RuleFor(c => c.Days).InclusiveBetween(1, 365);
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }
}
