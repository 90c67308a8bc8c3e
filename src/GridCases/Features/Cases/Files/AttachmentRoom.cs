using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Cases;

/// <summary>
/// How much room is left for files: in a case, and for all of them. Taken with the row of the file: a case's files are counted in the case, which two cannot change at once,
/// all of them in one row that is raised only while it stays within what was set.
/// </summary>
public sealed class AttachmentRoom(Db db, AttachmentFolder folder, IOptions<AttachmentSettings> settings)
{
    private const long Megabyte = 1024 * 1024;

    private static readonly Sql FindTotal = new("SELECT Bytes FROM AttachmentTotal WHERE Id = 1");

    private static readonly Sql Take = new("UPDATE AttachmentTotal SET Bytes = Bytes + @length WHERE Id = 1 AND Bytes + @length <= @most");

    /// <summary>Bytes that are left for a case: of its own share, and of what is left for all.</summary>
    /// <param name="taken">Bytes of the files that the case has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<long> LeftAsync(long taken, CancellationToken cancellationToken) =>
        Math.Max(0, Math.Min(settings.Value.CaseBytes - taken, await LeftForAllAsync(cancellationToken)));

    /// <summary>Before anything of a file is taken in.</summary>
    /// <exception cref="NoRoom">Nothing is left for any file.</exception>
    public async Task DemandAsync(CancellationToken cancellationToken)
    {
        if (await LeftForAllAsync(cancellationToken) <= 0)
            throw new NoRoom(NoRoom.NothingLeft);
    }

    /// <summary>Whether a file fits into a case beside those that it has.</summary>
    /// <exception cref="NoRoom">It does not.</exception>
    public void Demand(Case into, long length)
    {
        var taken = into.Attachments.Sum(a => a.Length);
        if (taken + length > settings.Value.CaseBytes)
            throw new NoRoom(NoRoom.CaseFull, taken / Megabyte, settings.Value.CaseMegabytes);
    }

    /// <summary>Takes the room of a file together with its row.</summary>
    /// <exception cref="NoRoom">So much is not left for all cases.</exception>
    public async Task TakeAsync(long length, CancellationToken cancellationToken)
    {
        if (await LeftForAllAsync(cancellationToken) is var left && left < length)
            throw left == 0 ? new NoRoom(NoRoom.NothingLeft) : new NoRoom(NoRoom.StorageFull, decimal.Floor(left * 10m / Megabyte) / 10);
        await db.WriteAsync([Write.Guard(Take, new { length, most = Total })], cancellationToken);
    }

    private long Total => settings.Value.TotalMegabytes is { } megabytes ? megabytes * Megabyte : long.MaxValue;

    /// <summary>The file that is asked about is on the disk already, and counts there for nothing.</summary>
    private async Task<long> LeftForAllAsync(CancellationToken cancellationToken)
    {
        var taken = await db.QuerySingleAsync<long>(FindTotal, null, cancellationToken);
        return Math.Max(0, Math.Min(Total - taken, folder.FreeBytes - (settings.Value.FreeMegabytes * Megabyte)));
    }
}
