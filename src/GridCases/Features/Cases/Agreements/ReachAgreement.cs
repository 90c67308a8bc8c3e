using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>达成协议. Oral: binds at once; written: when all have signed (People's Mediation Law art. 28–31).</summary>
/// <param name="Form">Written or oral.</param>
/// <param name="Terms">What was agreed, in up to 4,000 characters.</param>
/// <param name="Amount">Yuan, if money was agreed.</param>
/// <param name="Obligations">Who does what until when; may be empty.</param>
[CaseAction(CaseAction.ReachAgreement, Icon = "signature")]
public sealed record ReachAgreement(
    [FormField(FieldKind.Agreement, Name = "agreement")] AgreementForm? Form,
    string? Terms,
    decimal? Amount,
    IReadOnlyList<AgreementInput.Promise>? Obligations) : CaseActionCommand, AgreementInput.IFields
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ReachAgreement(AgreementInput.Text(this), at);

    public sealed class Rules : AbstractValidator<ReachAgreement>
    {
        public Rules() => Include(new AgreementInput.Validator());
    }
}
