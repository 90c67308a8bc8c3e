using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>调查: somebody was asked, something was looked at. What is marked a concession never enters a court packet.</summary>
/// <param name="HeldAt">When.</param>
/// <param name="Place">Where.</param>
/// <param name="Note">What was found, in up to 4,000 characters; kept out of the journal.</param>
/// <param name="Concession">Whether the note holds concessions.</param>
/// <param name="Participants">The parties who were asked.</param>
/// <param name="Others">Who else was asked, in up to 400 characters.</param>
[CaseAction(CaseAction.RecordInvestigation, Icon = "search")]
public sealed record RecordInvestigation(
    [FormField(FieldKind.Moment, Order = 1)] DateTimeOffset? HeldAt,
    [FormField(FieldKind.Text, Order = 2)] string? Place,
    [FormField(FieldKind.Lines, Order = 5)] string? Note,
    [FormField(FieldKind.Check, Order = 6)] bool? Concession,
    [FormField(FieldKind.Parties, Order = 3)] IReadOnlyList<Guid>? Participants,
    [FormField(FieldKind.Text, Order = 4)] string? Others) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RecordInvestigation(
        new MediationSession(at.NewId(), HeldAt!.Value, Place!, Note!, Concession ?? false, Online: false)
        {
            Kind = SessionKind.Investigation,
            Participants = [.. Participants ?? []],
            Others = Others,
        },
        at);

    public sealed class Rules : AbstractValidator<RecordInvestigation>
    {
        public Rules()
        {
            RuleFor(c => c.HeldAt).NotNull();
            RuleFor(c => c.Place).RequiredText(200);
            RuleFor(c => c.Note).RequiredText(4000);
            RuleFor(c => c.Participants).FewParties();
            RuleFor(c => c.Others).OptionalText(400);
        }
    }
}
