using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>签收委派、委托: the organisation's signed receipt for a court's referral (SPC, court-invited mediation, art. 27; online mediation, art. 12).</summary>
/// <param name="ReceivedOn">The local day on the receipt; the mediation clock starts on it.</param>
/// <param name="DocumentNumber">Number of the court's letter, in up to 100 characters.</param>
[CaseAction(CaseAction.AcceptEntrustment, Icon = "checks")]
public sealed record AcceptEntrustment([FormField(FieldKind.Day)] DateOnly? ReceivedOn, [FormField(FieldKind.Text)] string? DocumentNumber) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.AcceptEntrustment(ReceivedOn!.Value, DocumentNumber, at);

    public sealed class Rules : AbstractValidator<AcceptEntrustment>
    {
        public Rules()
        {
            RuleFor(c => c.ReceivedOn).NotNull().PlausibleDay();
            RuleFor(c => c.DocumentNumber).OptionalText(100);
        }
    }
}
