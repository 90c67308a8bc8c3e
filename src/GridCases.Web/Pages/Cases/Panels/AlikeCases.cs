using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>Likely duplicates under the form, or above it when they hold up its sending.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Today">Today.</param>
/// <param name="Submitting">What the button that goes on is to do; null while one types.</param>
/// <param name="Settling">Whether that button records it as settled on the spot.</param>
public sealed record AlikeCases(IReadOnlyList<Duplicate> Found, DateOnly Today, bool? Submitting = null, bool Settling = false);
