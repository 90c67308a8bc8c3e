using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A supervisor decides on a report of sham mediation (SPC, court-invited mediation, art. 18).</summary>
/// <param name="Founded">Whether it is one: then mediation ends; else it goes on.</param>
/// <param name="Note">What was found, in up to 1,000 characters.</param>
[CaseAction(CaseAction.DecideSham, Icon = "gavel")]
public sealed record DecideSham([FormField(FieldKind.YesNo)] bool? Founded, [FormField(FieldKind.Lines)] string? Note) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.DecideSham(Founded!.Value, Note!, at);

    public sealed class Rules : AbstractValidator<DecideSham>
    {
        public Rules()
        {
            RuleFor(c => c.Founded).NotNull();
            RuleFor(c => c.Note).RequiredText(1000);
        }
    }
}
