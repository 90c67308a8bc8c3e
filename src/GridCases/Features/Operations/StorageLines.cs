using GridCases.Data;
using GridCases.Security;

namespace GridCases.Features.Operations;

/// <summary>The disk of the data folder, what is attached to cases, and the keys of the personal data.</summary>
public sealed class StorageLines(OperationalFigures figures, DatabaseOptions options, PersonalDataKeyStore keys) : IStatusLines
{
    private const double LittleFree = 0.2;
    private const double HardlyAnyFree = 0.05;

    public async Task<IReadOnlyList<StatusLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = await figures.ReadAsync(cancellationToken);
        var attached = await figures.AttachmentsAsync(cancellationToken);
        var free = now.DiskBytes == 0 ? 0 : (double)now.DiskFreeBytes / now.DiskBytes;
        var held = keys.TryLoad();
        return
        [
            StatusLine.Of(
                StatusGroup.Storage,
                "Disk",
                free < HardlyAnyFree ? StatusState.Problem : free < LittleFree ? StatusState.Attention : StatusState.Fine,
                StatusLine.Bytes(now.DiskFreeBytes),
                StatusLine.Bytes(now.DiskBytes),
                options.Folder) with { Share = 1 - free },
            StatusLine.Of(StatusGroup.Storage, "Attachments", StatusState.Fine, attached.Files, StatusLine.Bytes(attached.Bytes)),
            held is null
                ? StatusLine.Of(StatusGroup.Storage, "KeysGone", StatusState.Problem, keys.Place)
                : StatusLine.Of(StatusGroup.Storage, "Keys", StatusState.Fine, held.Current, held.Ids.Count),
        ];
    }
}
