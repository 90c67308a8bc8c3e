using GridCases.Features.Cases;

namespace GridCases.Web.Pages;

/// <summary>A list of cases as work lists, search and workbench show it.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Now">Now, from which days until due are counted.</param>
/// <param name="Grouped">Whether headings part overdue, soon due and the rest; for lists in the order of due dates.</param>
public sealed record CaseRows(IReadOnlyList<ListCases.Row> Items, DateTimeOffset Now, bool Grouped = false)
{
    /// <summary>As much of the reason why a case came back as stands beside its title.</summary>
    public const int LongestReason = 24;

    /// <summary>The button at the end of each row, if it has one: where on the case page it leads, and its text.</summary>
    public Func<ListCases.Row, (string Anchor, string Label)>? Do { get; init; }

    /// <summary>Who is against whom, by the first of each side.</summary>
    public static string Parties(ListCases.Row row) => row switch
    {
        { Applicant: { } applicant, Respondent: { } respondent } => Localized.Page("AgainstWhom", applicant, respondent),
        _ => row.Applicant ?? row.Respondent ?? "",
    };
}
