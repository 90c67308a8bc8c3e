using System.Globalization;
using GridCases.Attachments;
using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>A file of a case as its page lists it.</summary>
public static class AttachedFile
{
    /// <summary>Whether every browser shows it as an image.</summary>
    public static bool IsShown(AttachmentView file) => FileType.Of(file.MediaType) is { IsShown: true };

    /// <summary>A number of bytes as people say it.</summary>
    public static string Size(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1024)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");
}
