using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The police have the notice that a risk of violence obliges to (People's Mediation Law art. 25).</summary>
/// <param name="DeliveredOn">Local day; not in the future.</param>
/// <param name="ReceivedBy">Who took it.</param>
/// <param name="Reference">Their file number, if known.</param>
[CaseAction(CaseAction.RecordPoliceNotice, Icon = "shield-check")]
public sealed record RecordPoliceNotice(
    [FormField(FieldKind.Day)] DateOnly? DeliveredOn,
    [FormField(FieldKind.Text)] string? ReceivedBy,
    [FormField(FieldKind.Text)] string? Reference) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RecordPoliceNotice(DeliveredOn!.Value, ReceivedBy!, Reference, at);

    public sealed class Rules : AbstractValidator<RecordPoliceNotice>
    {
        public Rules()
        {
            RuleFor(c => c.DeliveredOn).NotNull();
            RuleFor(c => c.DeliveredOn).PlausibleDay();
            RuleFor(c => c.ReceivedBy).RequiredText(200);
            RuleFor(c => c.Reference).OptionalText(100);
        }
    }
}
