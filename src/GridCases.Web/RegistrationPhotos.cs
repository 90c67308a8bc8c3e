using System.Data.Common;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.Extensions.Options;

namespace GridCases.Web;

/// <summary>
/// Photos that come with the form of a new dispute. They are small, made so by the device, and so the form is read in memory: no plain copy of it is ever on the disk. Each becomes a file of the case once the case is there.
/// </summary>
public sealed partial class RegistrationPhotos(AttachmentFolder folder, Uploads uploads, IOptions<AttachmentSettings> settings, RequestKey requestKey, TimeProvider time, ILogger<RegistrationPhotos> log)
{
    /// <summary>Most photos of a form.</summary>
    public const int Most = 12;

    /// <summary>Most bytes of a form.</summary>
    public const int MostBytes = 48 * 1024 * 1024;

    /// <summary>Most bytes of one photo.</summary>
    public long MostOfOne => Math.Min(settings.Value.MostBytes, MostBytes / 2);

    /// <summary>What is wrong with them, before anything is registered; null when nothing is.</summary>
    public string? Fault(IReadOnlyList<IFormFile> photos)
    {
        if (photos.Count > Most)
            return Text.Field("TooManyPhotos", Most);
        foreach (var photo in photos)
        {
            if (photo.Length > MostOfOne)
                return Text.Field("PhotoTooLarge", photo.FileName, MostOfOne / 1024 / 1024);
            using var content = photo.OpenReadStream();
            if (FileType.Sniff(content) is not { } type || !(type.IsShown || type == FileType.Heic))
                return Text.Field("NotAPhoto", photo.FileName);
        }

        return null;
    }

    /// <summary>Puts them into the case. One that cannot be put in now undoes nothing: the case is registered, and its registrar is told.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="formKey">The form's key: sent twice, its photos are put in once.</param>
    /// <param name="photos">The photos.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many could not be put in.</returns>
    public async Task<int> AttachAsync(Guid caseId, string? formKey, IReadOnlyList<IFormFile> photos, CancellationToken cancellationToken)
    {
        var left = 0;
        foreach (var photo in photos)
        {
            try
            {
                await using var content = photo.OpenReadStream();
                var received = await folder.ReceiveAsync(Guid.CreateVersion7(time.GetUtcNow()), content, MostOfOne, cancellationToken);
                await using var form = new UploadForm(new Dictionary<string, string> { ["kind"] = nameof(AttachmentKind.Photo) }, received, photo.FileName);
                requestKey.Value = Guid.TryParse(formKey, out var key) ? new RequestKey.Key($"/cases/{caseId}/attach", $"{key:N}-{form.Sha256}", form.Sha256) : null;
                await uploads.AttachAsync(caseId, form, cancellationToken);
            }
            catch (Exception e) when (e is DbException or StorageUnavailable or IOException or NoRoom or InvalidInput or RuleViolation or NotAllowed)
            {
                left++;
                NotKept(e, caseId);
            }
        }

        return left;
    }

    [LoggerMessage(LogLevel.Warning, "A photo of the new case {CaseId} could not be put in")]
    private partial void NotKept(Exception e, Guid caseId);
}
