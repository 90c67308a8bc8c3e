using System.IO.Compression;
using System.Security;
using System.Text;
using GridCases.Features;
using GridCases.Features.Imports;

namespace GridCases.Tests.Features.Imports;

/// <summary>Workbooks as administrators fill them in, and such as nobody should.</summary>
internal static class Workbooks
{
    /// <summary>A workbook of sheets, each with its headings.</summary>
    public static byte[] Of(params (string Sheet, string Headings, string?[][] Rows)[] sheets) =>
        TableFile.Workbook([.. sheets.Select(s => new TableSheet(s.Sheet, s.Headings.Split(' '), s.Rows))]);

    public static (string, string, string?[][]) UnitRows(params string?[][] rows) => ("units", "code name", rows);

    public static (string, string, string?[][]) OrganisationRows(params string?[][] rows) => ("organisations", "name kind track unitCode", rows);

    public static (string, string, string?[][]) PersonRows(params string?[][] rows) => ("users", "userName displayName phone", rows);

    public static (string, string, string?[][]) RoleRows(params string?[][] rows) => ("roles", "userName role unitCode organisation from to", [.. rows.Select(r => r.Concat(Enumerable.Repeat<string?>(null, 6 - r.Length)).ToArray())]);

    /// <summary>A workbook whose sheet holds exactly this XML.</summary>
    public static MemoryStream Raw(string sheet, string sheetData, string? sharedStrings = null)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
            Part("xl/workbook.xml", $"<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"{SecurityElement.Escape(sheet)}\" r:id=\"r1\"/></sheets></workbook>");
            Part("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/>" + (sharedStrings is null ? "" : "<Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"/xl/texts.xml\"/>") + "</Relationships>");
            Part("xl/worksheets/s.xml", $"<worksheet><sheetData>{sheetData}</sheetData></worksheet>");
            if (sharedStrings is not null)
                Part("xl/texts.xml", $"<sst>{sharedStrings}</sst>");

            void Part(string name, string text)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        file.Position = 0;
        return file;
    }
}
