using GridCases.Domain;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>A part of the case page as its fold on a phone names it.</summary>
/// <param name="Name">Which panel.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Count">How much is in it; null where there is nothing to count.</param>
/// <param name="IsOpen">Whether it stands open from the start: something in it waits for an answer.</param>
/// <param name="IsMissing">Whether the count tells of something that is missing.</param>
public sealed record CasePart(string Name, string Label, string? Count = null, bool IsOpen = false, bool IsMissing = false)
{
    /// <summary>All parts that a case may have.</summary>
    public static IEnumerable<CasePart> Of(CaseDetails details)
    {
        var view = details.View;
        var running = view.Clocks.Count(c => c.Status is ClockStatus.Running or ClockStatus.Paused);
        var red = view.Clocks.Count(c => c.Status is ClockStatus.Running && c.Light is Light.Red);
        var missing = MissingItem.Of(details).Count();
        var open = view.Agreement?.Obligations.Count(o => o.PerformedOn is null) ?? 0;
        yield return new("card", view.Card is { } card ? Localized.Case($"Card.{card.Color}") : "", view.Card is { Reply: null } ? Localized.Case("NoReply") : null, IsOpen: view.Card is { Reply: null });
        yield return new("duplicates", Localized.Case("Duplicates"), Items(details.Duplicates.Count));
        yield return new("agreement", Localized.Case("Agreement"), view.Agreement is null ? null : open > 0 ? Localized.Case("ObligationsOpen", open) : Localized.Case($"Form.{view.Agreement.Form}"), IsOpen: details.MissingSigners.Any());
        yield return new("former", Localized.Case("FormerResults"), Items(details.Former.Count));
        var asked = view.Extensions.Count(e => e.State is ExtensionState.Requested);
        yield return new("about", Localized.Case("About"), asked > 0 ? Localized.Case("ExtensionAsked") : null, IsOpen: asked > 0);
        yield return new("people", Localized.Case("Parties"), Localized.Case("PeopleCount", details.Parties.Count));
        yield return new("links", Localized.Case("Links"), Items(details.Links.Count));
        yield return new("files", Localized.Case("Files"), view.Attachments.Count > 0 ? Localized.Case("FileCount", view.Attachments.Count) : Localized.Case("NoFilesShort"));
        yield return new("sessions", Localized.Case("Sessions"), Items(details.Held.Sessions.Count + details.Held.Visits.Count));
        yield return new("clocks", Localized.Case("Clocks"), red > 0 ? Localized.Case("ClocksOverdue", red) : Localized.Case("ClocksRunning", running), IsMissing: red > 0);
        yield return new("file", Localized.Case("CaseFile"), missing > 0 ? Localized.Case("PapersMissing", missing) : Localized.Case("DocumentCount", details.Documents.Count(d => d.Available)), IsMissing: missing > 0);
    }

    private static string Items(int count) => Localized.Page("CountItems", count);
}
