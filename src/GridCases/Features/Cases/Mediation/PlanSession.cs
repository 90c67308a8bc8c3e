using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>The next meeting is arranged; with a link it is held online.</summary>
/// <param name="StartsAt">When; in the future.</param>
/// <param name="Place">Where, unless it is held online.</param>
/// <param name="Link">Where online (https).</param>
[CaseAction(CaseAction.PlanSession, Icon = "calendar-event")]
public sealed record PlanSession(
    [FormField(FieldKind.Moment)] DateTimeOffset? StartsAt,
    [FormField(FieldKind.Text)] string? Place,
    [FormField(FieldKind.Link, Max = 400)] string? Link) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.PlanSession(new NextSession(StartsAt!.Value, Place, Link), at);

    public sealed class Rules : AbstractValidator<PlanSession>
    {
        public Rules()
        {
            RuleFor(c => c.StartsAt).NotNull();
            RuleFor(c => c.Place).OptionalText(200);
            RuleFor(c => c.Place).NotEmpty().When(c => string.IsNullOrWhiteSpace(c.Link)).WithMessage(_ => Text.Field("PlaceOrLink"));
            RuleFor(c => c.Link).HttpsLink();
        }
    }
}
