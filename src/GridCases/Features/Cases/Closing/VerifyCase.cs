using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>核查: it really is settled; the case closes. If it is not, it is returned for rework.</summary>
/// <param name="Settled">Must be true.</param>
/// <param name="Satisfaction">The parties' satisfaction, 1 to 5.</param>
/// <param name="Note">Up to 1,000 characters.</param>
[CaseAction(CaseAction.Verify, Icon = "shield-check")]
public sealed record VerifyCase(
    [FormField(FieldKind.True)] bool? Settled,
    [FormField(FieldKind.Stars)] int? Satisfaction,
    [FormField(FieldKind.Lines)] string? Note) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Verify(Satisfaction!.Value, Note, at);

    public sealed class Rules : AbstractValidator<VerifyCase>
    {
        public Rules()
        {
            RuleFor(c => c.Settled).NotNull().Equal(true).WithMessage(_ => Text.Field("NotSettledMeansRework"));
            RuleFor(c => c.Satisfaction).NotNull().InclusiveBetween(1, 5);
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }
}
