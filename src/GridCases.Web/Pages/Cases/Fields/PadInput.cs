namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>The dialog in which somebody reads what is signed, draws, and sees what will be kept.</summary>
/// <param name="Text">The partial with all that is signed.</param>
/// <param name="Of">What that partial is drawn from.</param>
public sealed record PadInput(string Text, object Of);
