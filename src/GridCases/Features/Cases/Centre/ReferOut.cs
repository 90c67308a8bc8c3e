using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>转出 to a court, an arbitration body, the police, the procuratorate or an agency.</summary>
/// <param name="To">What kind of body.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.ReferOut, Icon = "route", IsExceptional = true)]
public sealed record ReferOut(
    [FormField(FieldKind.WordList)] ReferralTarget? To,
    [FormField(FieldKind.Text)] string? Name,
    [FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ReferOut(To!.Value, Name!, Reason!, at);

    public sealed class Rules : AbstractValidator<ReferOut>
    {
        public Rules()
        {
            RuleFor(c => c.To).NotNull();
            RuleFor(c => c.Name).RequiredText(200);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }
}
