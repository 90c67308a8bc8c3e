using FluentValidation;
using GridCases.Texts;

namespace GridCases.Attachments;

/// <summary>A signature drawn on a screen, as it is sent: a small PNG in Base64 with enough ink on it to be somebody's hand. Every way on which one comes in asks this class.</summary>
public static class DrawnSignature
{
    /// <summary>Most bytes of the picture.</summary>
    public const int MostBytes = 200_000;

    // A slip of the finger leaves a dot. The shortest hand, a single stroke as of the name 一, is longer than it and of more dots than a hair.
    private const int LeastInk = 48;
    private const int LeastExtent = 16;

    /// <summary>The picture's bytes; null when it is no Base64 or too large.</summary>
    public static byte[]? Decode(string? base64)
    {
        if (base64 is null || base64.Length > (MostBytes * 2))
            return null;
        var bytes = new byte[MostBytes];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>The rule on a field with a drawing: a PNG, and one with ink on it. Nothing at all is another rule's matter.</summary>
    public static void Drawing<T>(this IRuleBuilderInitial<T, string?> field) => field.Cascade(CascadeMode.Stop)
        .Must(png => string.IsNullOrEmpty(png) || (Decode(png) is { } bytes && PngInk.Measure(bytes) is not null)).WithMessage(_ => Text.Field("SignatureImage"))
        .Must(png => string.IsNullOrEmpty(png) || HasInk(Decode(png)!)).WithMessage(_ => Text.Field("SignatureTooFaint"));

    /// <summary>Whether there is enough ink on a picture to call it a signature.</summary>
    public static bool HasInk(ReadOnlySpan<byte> png) => PngInk.Measure(png) is { Dots: >= LeastInk, Extent: >= LeastExtent };
}
