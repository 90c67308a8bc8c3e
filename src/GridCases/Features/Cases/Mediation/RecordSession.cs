using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A mediation meeting is put on record. What is marked a concession never enters a court packet (SPC, court-invited mediation, art. 22).</summary>
/// <param name="HeldAt">When.</param>
/// <param name="Place">Where.</param>
/// <param name="Note">What was said, in up to 4,000 characters; kept out of the journal.</param>
/// <param name="Concession">Whether the note holds concessions.</param>
/// <param name="Online">Whether it was held online.</param>
/// <param name="Participants">The parties who took part.</param>
/// <param name="Others">Who else was there, in up to 400 characters.</param>
/// <param name="Link">Where it was held online (https).</param>
[CaseAction(CaseAction.RecordSession, Icon = "message-2")]
public sealed record RecordSession(
    [FormField(FieldKind.Moment, Order = 1)] DateTimeOffset? HeldAt,
    [FormField(FieldKind.Text, Order = 2)] string? Place,
    [FormField(FieldKind.Lines, Order = 3)] string? Note,
    [FormField(FieldKind.Check, Order = 6)] bool? Concession,
    [FormField(FieldKind.Check, Order = 7)] bool? Online,
    [FormField(FieldKind.Parties, Order = 4)] IReadOnlyList<Guid>? Participants = null,
    [FormField(FieldKind.Text, Order = 5)] string? Others = null,
    string? Link = null) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RecordSession(
        new MediationSession(at.NewId(), HeldAt!.Value, Place!, Note!, Concession ?? false, Online ?? Link is not null)
        {
            Participants = [.. Participants ?? []],
            Others = Others,
            Link = Link,
        },
        at);

    public sealed class Rules : AbstractValidator<RecordSession>
    {
        public Rules()
        {
            RuleFor(c => c.HeldAt).NotNull();
            RuleFor(c => c.Place).RequiredText(200);
            RuleFor(c => c.Note).RequiredText(4000);
            RuleFor(c => c.Participants).FewParties();
            RuleFor(c => c.Others).OptionalText(400);
            RuleFor(c => c.Link).HttpsLink();
        }
    }
}
