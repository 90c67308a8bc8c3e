using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A new version of the agreement; every signature under the old one is void.</summary>
/// <param name="Form">Written or oral.</param>
/// <param name="Terms">What was agreed, in up to 4,000 characters.</param>
/// <param name="Amount">Yuan, if money was agreed.</param>
/// <param name="Obligations">Who does what until when; may be empty.</param>
[CaseAction(CaseAction.ReviseAgreement, Icon = "signature")]
public sealed record ReviseAgreement(
    [FormField(FieldKind.Agreement, Name = "agreement")] AgreementForm? Form,
    string? Terms,
    decimal? Amount,
    IReadOnlyList<AgreementInput.Promise>? Obligations) : CaseActionCommand, AgreementInput.IFields
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ReviseAgreement(AgreementInput.Text(this), at);

    public sealed class Rules : AbstractValidator<ReviseAgreement>
    {
        public Rules() => Include(new AgreementInput.Validator());
    }
}
