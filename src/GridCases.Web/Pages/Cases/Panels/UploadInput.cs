using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>What is chosen beside a file, as it was sent.</summary>
public sealed record UploadChoice(string? Kind, string? PartyId, bool Concession);

/// <summary>The form for a file of a case.</summary>
/// <param name="View">The case.</param>
/// <param name="Now">The time.</param>
/// <param name="Choice">What was chosen beside the file.</param>
/// <param name="Problem">Why it was refused.</param>
/// <param name="Left">Bytes that are left for its files; null to tell what is left of its own share.</param>
public sealed record UploadInput(CaseView View, DateTimeOffset Now, UploadChoice Choice, string? Problem = null, long? Left = null);
