using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>What is chosen beside a file, as it was sent.</summary>
public sealed record UploadChoice(string? Kind, string? PartyId, bool Concession);

/// <summary>The form for a file of a case.</summary>
public sealed record UploadInput(CaseView View, DateTimeOffset Now, UploadChoice Choice, string? Problem = null);
