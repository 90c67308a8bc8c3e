using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Web.Pages.Cases.Fields;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>Something that a case file lacks, with the forms that supply it, or with who does.</summary>
/// <param name="Item">What it is.</param>
/// <param name="Ways">The forms by which the reader supplies it.</param>
/// <param name="Who">Who supplies it, where the reader cannot.</param>
public sealed record MissingItem(GetCompleteness.Item Item, IReadOnlyList<MissingItem.Way> Ways, string? Who)
{
    /// <summary>A link to a form.</summary>
    public sealed record Way(string Address, string Icon, string Label);

    /// <summary>What is missing. How a case was settled is told when it is completed; until then nothing is missing there.</summary>
    public static IEnumerable<MissingItem> Of(CaseDetails details) =>
        details.File.Items.Where(i => !i.Present && i.What is not FileItem.ClosingSummary).Select(i => Of(details, i));

    /// <summary>One of the things that are missing.</summary>
    public static MissingItem Of(CaseDetails details, GetCompleteness.Item item)
    {
        Way[] ways = [.. FileSupply.ActionsFor(item.What).SelectMany(action => WaysBy(details, item, action))];
        return new MissingItem(item, ways, ways.Length > 0 ? null : WhoSupplies(details, item.What));
    }

    /// <summary>To the form in which what happened is written down, where nobody has done so; the intake form is printed without it.</summary>
    public static Way? Summary(CaseDetails details) => string.IsNullOrWhiteSpace(details.View.Summary) && details.Find(CaseAction.Correct) is { } form
        ? new Way(Address(details, form), form.Icon, Localized.Guidance("Supply.Summary"))
        : null;

    private static IEnumerable<Way> WaysBy(CaseDetails details, GetCompleteness.Item item, CaseAction action)
    {
        if (action is CaseAction.Attach)
            return details.MayAttach && FileSupply.PaperOf(item.What) is { } kind ? Papers(details, item, kind) : [];
        if (details.Find(action) is not { } form)
            return [];
        return action is CaseAction.CorrectParty or CaseAction.RecordConsent
            ? item.MissingFor.Select(party => new Way(Address(details, form, party), form.Icon, Localized.Guidance($"Supply.{action}", details.Party(party))))
            : [new Way(Address(details, form), form.Icon, details.Label(form))];
    }

    private static IEnumerable<Way> Papers(CaseDetails details, GetCompleteness.Item item, AttachmentKind kind)
    {
        var address = $"/cases/{details.View.Id}/attach?kind={kind}";
        return item.MissingFor.Count == 0
            ? [new Way(address, "plus", Localized.Guidance("Supply.Paper", Localized.Word(kind)))]
            : item.MissingFor.Select(party => new Way($"{address}&partyId={party}", "plus", Localized.Guidance("Supply.PaperOf", Localized.Word(kind), details.Party(party))));
    }

    private static string Address(CaseDetails details, ActionForm form, Guid? party = null) => $"/cases/{details.View.Id}?do={form.Name}{(party is null ? "" : $"&partyId={party}")}#do-{form.Name}";

    /// <summary>Who has the case supplies what its form asks for; a notice to the police is a centre's.</summary>
    private static string WhoSupplies(CaseDetails details, FileItem what)
    {
        var holder = details.View.Holder.UnitCode;
        return details.View.State is CaseState.Archived or CaseState.Merged ? Localized.Guidance("MissingNobody")
            : Localized.Guidance("MissingBy", what is FileItem.PoliceNotice ? details.Centre(holder.AtLevel(UnitLevel.Village) ?? holder) : details.Holder);
    }
}
