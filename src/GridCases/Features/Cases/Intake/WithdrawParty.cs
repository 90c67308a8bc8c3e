using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A party that has no part in the dispute after all stays on record with the reason, and counts no more.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.WithdrawParty, Icon = "user-minus", IsExceptional = true)]
public sealed record WithdrawParty([FormField(FieldKind.Party)] Guid? PartyId, [FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.WithdrawParty(PartyId!.Value, Reason!, at);

    public sealed class Rules : AbstractValidator<WithdrawParty>
    {
        public Rules()
        {
            RuleFor(c => c.PartyId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }
}
