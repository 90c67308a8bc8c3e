using GridCases.Domain;
using GridCases.Features.Organisations;
using GridCases.Pipeline;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>A centre directly below the holder.</summary>
public sealed class ChildUnitControl : SelectControl
{
    public override bool NeedsUnits => true;

    public override IReadOnlyList<Choice> Choices(FieldInput input) => [.. input.Details.ChildUnits.Select(u => new Choice(u.Code.Value, Localized.Case("Centre", u.Name)))];
}

/// <summary>A unit above the direct parent, which only an urgent or dangerous case may go to at once.</summary>
public sealed class HigherUnitControl : SelectControl
{
    public override bool IsShown(FieldInput input) => input.Choices.Count > 0 && input.Details.View is not { Urgency: Urgency.Normal, Risk: not Risk.Red };

    public override IReadOnlyList<Choice> Choices(FieldInput input) => input.Details.View.Holder.UnitCode.Parent is { } parent
        ? [.. parent.SelfAndAncestors.Skip(1).Select(u => new Choice(u.Value, input.Details.Centre(u)))]
        : [];
}

/// <summary>An organisation and, if wanted, its mediator, of any track. The value <c>track:organisation[:mediator]</c> fills three fields of the command.</summary>
public class MediationControl : SelectControl
{
    public override bool NeedsOrganisations => true;

    public override string? Empty(FieldInput input) => Localized.Case("ChooseOrganisation");

    public override IReadOnlyList<Choice> Choices(FieldInput input) =>
    [
        .. input.Details.Organisations.OrderBy(o => o.Track).SelectMany(o => o.Mediators
            .Select(m => new Choice($"{o.Track}:{o.Id}:{m.UserName}", Localized.Case("MediatorOf", m.DisplayName, o.Name) + Load(input, o.Id, m.UserName), $"{Localized.Word(o.Track)} · {o.Name}"))
            .Prepend(new Choice($"{o.Track}:{o.Id}", Localized.Case("AnyMediator", o.Name), $"{Localized.Word(o.Track)} · {o.Name}"))),
    ];

    public override void Read(Field field, PostedCommand command)
    {
        if (command.Typed(field.Name)?.Split(':', 3) is not [var track, var organisation, .. var rest])
            return;
        command.Body["track"] = track;
        command.Body["organisationId"] = organisation;
        if (rest is [var mediator])
            command.Body["mediator"] = mediator;
    }

    public override string? InputOf(Field field, string error) => error is "track" or "organisationId" or "mediator" ? field.Name : null;

    /// <summary>What a mediator has in hand; who only switches the track is not told.</summary>
    public static string Load(FieldInput input, Guid organisation, string mediator) =>
        MediatorLoad.Of(input.Page.Caller.MaySend<ListMediatorLoads.Query>() ? input.Details.Loads : null, organisation, mediator);

    /// <summary>The values that stand for the judicial track, which alone asks how the court entrusted the case.</summary>
    public static IEnumerable<string> Judicial(CaseDetails details) => details.Organisations.Where(o => o.Track is MediationTrack.Judicial)
        .SelectMany(o => o.Mediators.Select(m => $"{o.Track}:{o.Id}:{m.UserName}").Prepend($"{o.Track}:{o.Id}"));
}

/// <summary>An organisation of another track than the case's.</summary>
public sealed class OtherTrackControl : MediationControl
{
    public override IReadOnlyList<Choice> Choices(FieldInput input) =>
    [
        .. input.Details.Organisations.Where(o => o.Track != input.Details.View.Track).OrderBy(o => o.Track).Select(o => new Choice($"{o.Track}:{o.Id}", o.Name, Localized.Word(o.Track))),
    ];
}

/// <summary>Another mediator of the same organisation.</summary>
public sealed class ColleagueControl : OnlyOrSelectControl
{
    public override bool NeedsOrganisations => true;

    public override IReadOnlyList<Choice> Choices(FieldInput input)
    {
        var holder = input.Details.View.Holder;
        return
        [
            .. input.Details.Organisations.Where(o => o.Id == holder.OrganisationId).SelectMany(o => o.Mediators.Select(m => (o.Id, Who: m))).Where(m => m.Who.UserName != holder.Mediator)
                .Select(m => new Choice(m.Who.UserName, m.Who.DisplayName + MediationControl.Load(input, m.Id, m.Who.UserName))),
        ];
    }
}
