using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A signature, seal or fingerprint that was put on record by mistake is taken back, until the agreement is in force. Its drawing goes; the journal keeps who, how, when and why.</summary>
/// <param name="Signer">A party's id, "mediator" or "seal".</param>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.WithdrawSignature, Icon = "x", IsExceptional = true)]
public sealed record WithdrawSignature(
    [FormField(FieldKind.GivenSignature)] string? Signer,
    [FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.WithdrawSignature(Signer!.Trim(), Reason!, at);

    public sealed class Rules : AbstractValidator<WithdrawSignature>
    {
        public Rules()
        {
            RuleFor(c => c.Signer).RequiredText(100);
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }
}
