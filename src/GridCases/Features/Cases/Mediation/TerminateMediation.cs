using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>终止: a party may end mediation at any time (People's Mediation Law art. 23).</summary>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
/// <param name="ByPartyId">The party that ends it, if one does.</param>
[CaseAction(CaseAction.Terminate, Icon = "logout", IsExceptional = true)]
public sealed record TerminateMediation(
    [FormField(FieldKind.Lines, Order = 2)] string? Reason,
    [FormField(FieldKind.Party, Order = 1)] Guid? ByPartyId) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Terminate(Reason!, ByPartyId, at);

    public sealed class Rules : AbstractValidator<TerminateMediation>
    {
        public Rules() => RuleFor(c => c.Reason).RequiredText(1000);
    }
}
