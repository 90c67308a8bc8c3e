using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The holder answers a card.</summary>
/// <param name="Reply">Up to 2,000 characters.</param>
[CaseAction(CaseAction.ReplyToCard, Icon = "message-2")]
public sealed record ReplyToCard([FormField(FieldKind.Lines)] string? Reply) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.ReplyToCard(Reply!, at);

    public sealed class Rules : AbstractValidator<ReplyToCard>
    {
        public Rules() => RuleFor(c => c.Reply).RequiredText(2000);
    }
}
