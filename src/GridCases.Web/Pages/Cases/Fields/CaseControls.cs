using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Web.Pages.Cases.Panels;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>One of the parties.</summary>
public sealed class PartyControl : SelectControl
{
    public override IReadOnlyList<Choice> Choices(FieldInput input) => Of(input.Details);

    /// <summary>All parties with their roles, without those that were withdrawn.</summary>
    public static IReadOnlyList<Choice> Of(CaseDetails details) => Of(details.Parties);

    /// <summary>Some of the parties.</summary>
    public static IReadOnlyList<Choice> Of(IEnumerable<PartyView> parties) => [.. parties.Select(p => new Choice(p.Id.ToString(), Localized.Case("PartyAndRole", p.Name, Localized.Word(p.Role))))];
}

/// <summary>Any of the parties, each with a box to tick.</summary>
public sealed class PartiesControl : FieldControl
{
    public override string Partial(FieldInput input) => "_Checkboxes";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.Group;

    public override IReadOnlyList<Choice> Choices(FieldInput input) => PartyControl.Of(input.Details);

    public override void Read(Field field, PostedCommand command)
    {
        var posted = Posted(field, command);
        command.Body[field.Name] = posted;
        if (posted.Count == 0 && IsAllTicked(command.Form))
            command.Errors[field.Name] = [Localized.Case("SomebodyTookPart")];
    }

    /// <summary>Whether everybody is ticked to begin with, and somebody has to stay so: a meeting is held with at least one of the parties.</summary>
    public static bool IsAllTicked(ActionForm form) => form.Action is CaseAction.RecordSession;

    /// <summary>All values that were posted under the field's name.</summary>
    public static JsonArray Posted(Field field, PostedCommand command) => new([.. command.Posted[field.Name].Select(id => JsonValue.Create(id))]);
}

/// <summary>Every applicant and respondent: they must all apply, so the form only says so.</summary>
public sealed class PrincipalsControl : FieldControl
{
    public override string Partial(FieldInput input) => "_Principals";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.None;

    public override void Read(Field field, PostedCommand command) => command.Body[field.Name] = PartiesControl.Posted(field, command);

    public override bool Shows(Field field, string key) => false;
}

/// <summary>A file that may be withdrawn.</summary>
public sealed class FileControl : SelectControl
{
    public override IReadOnlyList<Choice> Choices(FieldInput input) =>
        [.. input.Details.View.Attachments.Where(a => a.Withdrawn is null).Select(a => new Choice(a.Id.ToString(), Localized.Case("PartyAndRole", a.Name, Localized.Word(a.Kind))))];
}

/// <summary>A clock on which more time may be asked for; that of the whole case comes last.</summary>
public sealed class ClockControl : OnlyOrSelectControl
{
    public override string? Empty(FieldInput input) => null;

    public override IReadOnlyList<Choice> Choices(FieldInput input) =>
    [
        .. input.Details.View.Clocks.Where(c => c.Status is ClockStatus.Running && Case.IsExtendable(c.Kind)).OrderBy(c => c.Kind is ClockKind.Case)
            .Select(c => new Choice(c.Id.ToString(), Localized.Case("ClockUntil", DeadlineSummary.NameOf(input.Details, c), Localized.Day(LocalTime.Day(c.DueAt), input.Details.Today)))),
    ];
}

/// <summary>A request for more time that nobody has answered.</summary>
public sealed class RequestControl : OnlyOrSelectControl
{
    public override string? Empty(FieldInput input) => null;

    public override IReadOnlyList<Choice> Choices(FieldInput input)
    {
        var view = input.Details.View;
        return
        [
            .. view.Extensions.Where(e => e.State is ExtensionState.Requested).Select(e => new Choice(e.Id.ToString(), Localized.Case(
                "RequestWords", input.Details.User(e.RequestedBy), view.Clocks.FirstOrDefault(c => c.Id == e.ClockId) is { } clock ? Localized.Word(clock.Kind) : "", e.Days, e.Reason))),
        ];
    }
}

/// <summary>An obligation not yet performed.</summary>
public sealed class ObligationControl : OnlyOrSelectControl
{
    public override string? Empty(FieldInput input) => null;

    public override IReadOnlyList<Choice> Choices(FieldInput input) =>
    [
        .. (input.Details.View.Agreement?.Obligations ?? []).Where(o => o.PerformedOn is null).OrderBy(o => o.DueOn)
            .Select(o => new Choice(o.Id.ToString(), Localized.Case("ObligationWords", input.Details.Party(o.PartyId), o.Text, Localized.Day(o.DueOn, input.Details.Today)))),
    ];
}
