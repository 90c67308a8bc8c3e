using GridCases.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web;

/// <summary>A list as a file to be kept, named after its sheet.</summary>
internal static class TableFiles
{
    private const string Csv = "text/csv; charset=utf-8";

    /// <summary>The answer of an endpoint.</summary>
    public static FileContentHttpResult Result(TableSheet sheet, TableFormat format) =>
        format is TableFormat.Csv ? TypedResults.File(TableFile.Csv(sheet), Csv, $"{sheet.Name}.csv") : TypedResults.File(TableFile.Workbook([sheet]), ImportFiles.Workbook, $"{sheet.Name}.xlsx");

    /// <summary>The answer of a page: a workbook.</summary>
    public static FileContentResult Workbook(TableSheet sheet, DateOnly day) => new(TableFile.Workbook([sheet]), ImportFiles.Workbook) { FileDownloadName = $"{sheet.Name}-{day:yyyyMMdd}.xlsx" };
}
