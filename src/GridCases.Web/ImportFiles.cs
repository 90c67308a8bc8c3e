using System.Data.Common;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Features.Imports;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Web;

/// <summary>An uploaded workbook, or a sheet of one, becomes an import.</summary>
internal static class ImportFiles
{
    /// <summary>The type of a workbook.</summary>
    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LongestName = 200;

    /// <summary>Puts a file down to be checked, and gives it its name once it is on record.</summary>
    /// <exception cref="InvalidInput">It is neither a workbook nor one of its sheets.</exception>
    public static async Task<StartImport.Result> StartAsync(UploadForm form, IMediator mediator, CancellationToken cancellationToken)
    {
        var name = (form.Name ?? "")[((form.Name ?? "").LastIndexOfAny(['/', '\\']) + 1)..];
        var sheet = SheetOf(form.File, name);
        try
        {
            var started = await mediator.Send(
                new StartImport.Command { Id = form.File.Id, FileName = Text.FittingEnd(name, LongestName), Sheet = sheet, SealedKey = form.File.KeyCipher }, cancellationToken);
            // An answer that was given before is about the file that came then.
            if (started.Id == form.File.Id)
                await form.File.KeepAsync(cancellationToken);
            return started;
        }
        catch (Exception e) when (e is DbException or StorageUnavailable or OperationCanceledException)
        {
            form.File.Leave();
            throw;
        }
    }

    /// <summary>Which sheet a file is; null for a workbook.</summary>
    private static ImportSheet? SheetOf(ReceivedFile file, string name)
    {
        if (file.Length == 0)
            throw new InvalidInput("file", Text.Field("FileEmpty"));
        if (file.Type == FileType.Xlsx)
            return null;
        if (file.Type is null && name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return CityWorkbook.SheetNamed(name[..^4]) ?? throw new InvalidInput("file", Text.Field("ImportSheetName"));
        throw new InvalidInput("file", Text.Field(name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? "ImportLocked" : "ImportFileType"));
    }
}
