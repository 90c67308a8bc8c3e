using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using GridCases.Domain;
using Text = GridCases.Texts.Text;

namespace GridCases.Features.Imports;

/// <summary>Makes the template. What writes tables row by row knows no lists to choose from, so this one is made part by part.</summary>
internal static class TemplateWorkbook
{
    private const int LastRow = 20_001;
    private const uint Heading = 1, AsText = 2, AsDay = 3, Wrapped = 4, Title = 5;
    private const double Wide = 64, Usual = 22;

    public static byte[] Make(bool forPeople)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheets = new Sheets();
            Add("guide", Text.Get("Imports", "Heading.Guide"), Guide(forPeople));
            foreach (var form in ImportSheets.All)
                Add(form.Name, CityWorkbook.SheetOf(form, forPeople, []).Name, Empty(form, forPeople));
            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(sheets);

            void Add(string id, string name, Worksheet worksheet)
            {
                workbook.AddNewPart<WorksheetPart>(id).Worksheet = worksheet;
                sheets.Append(new Sheet { Name = name, SheetId = (uint)sheets.Count() + 1, Id = id });
            }
        }

        return file.ToArray();
    }

    private static Worksheet Empty(SheetForm form, bool forPeople)
    {
        var table = CityWorkbook.SheetOf(form, forPeople, []);
        var columns = new Columns(form.Columns.Select((c, i) => (OpenXmlElement)Width(i, Usual, c.Name is "from" or "to" or "since" or "registeredOn" or "occurredOn" ? AsDay : AsText)));
        var hints = new DataValidations(form.Columns.Select((c, i) => (OpenXmlElement)Hint(form, c, i, table.Headings[i], forPeople)));
        hints.Count = (uint)form.Columns.Length;
        return new Worksheet(FirstRowStays(), columns, new SheetData(Row(1, Heading, [.. table.Headings])), hints);
    }

    private static Worksheet Guide(bool forPeople)
    {
        var rows = new List<Row> { Row(1, Title, Text.Get("Imports", "Guide.Title")) };
        rows.AddRange(new[] { "Sheets", "Nothing", "Check", "Passwords" }.Select((key, i) => Row((uint)i + 2, 0, Text.Get("Imports", $"Guide.{key}"))));
        rows.Add(Row(7, Heading, [.. new[] { "Sheet", "Column", "Required", "Meaning", "Example" }.Select(key => Text.Get("Imports", $"Guide.{key}"))]));
        foreach (var form in ImportSheets.All)
        {
            var table = CityWorkbook.SheetOf(form, forPeople, []);
            rows.AddRange(form.Columns.Select((column, i) => Row(
                (uint)(rows.Count + 2 + i), Wrapped, table.Name, table.Headings[i], Text.Get("Imports", column.IsRequired ? "Guide.Yes" : "Guide.No"),
                Text.Get("Imports", $"Column.{form.Name}.{column.Name}"), Example(form, column, forPeople))).ToList());
        }

        return new Worksheet(new Columns(Width(0, Usual), Width(1, Usual), Width(2, 10), Width(3, Wide), Width(4, 32)), new SheetData(rows));
    }

    /// <summary>What is said of a column when somebody is in it, and where there is a choice the words.</summary>
    private static DataValidation Hint(SheetForm form, ImportColumn column, int index, string heading, bool forPeople)
    {
        var letter = (char)('A' + index);
        var hint = new DataValidation
        {
            SequenceOfReferences = new ListValue<StringValue>([$"{letter}2:{letter}{LastRow}"]),
            AllowBlank = true,
            ShowInputMessage = true,
            PromptTitle = heading,
            Prompt = Text.Get("Imports", $"Column.{form.Name}.{column.Name}"),
        };
        if (Words(column) is { } words)
        {
            hint.Type = DataValidationValues.List;
            hint.ShowErrorMessage = true;
            hint.Append(new Formula1($"\"{string.Join(',', words.Select(w => Said(w, forPeople)))}\""));
        }

        return hint;
    }

    private static string Example(SheetForm form, ImportColumn column, bool forPeople)
    {
        var example = Text.Get("Imports", $"Example.{form.Name}.{column.Name}");
        return Words(column)?.FirstOrDefault(w => w.ToString() == example) is { } word ? Said(word, forPeople) : example;
    }

    private static IEnumerable<Enum>? Words(ImportColumn column) => column.Name switch
    {
        "kind" => Enum.GetValues<OrganisationKind>().Cast<Enum>(),
        "track" => Enum.GetValues<MediationTrack>().Cast<Enum>(),
        "role" => Enum.GetValues<Role>().Cast<Enum>(),
        "category" => Enum.GetValues<Category>().Cast<Enum>(),
        "state" => Enum.GetValues<CaseState>().Where(Case.MayBeBroughtOver).Cast<Enum>(),
        "source" => Enum.GetValues<Source>().Cast<Enum>(),
        "applicantKind" or "respondentKind" => Enum.GetValues<PartyKind>().Cast<Enum>(),
        _ => null,
    };

    private static string Said(Enum word, bool forPeople) => forPeople ? Text.Word(word) : word.ToString();

    private static Column Width(int index, double width, uint style = 0) => new() { Min = (uint)index + 1, Max = (uint)index + 1, Width = width, CustomWidth = true, Style = style };

    private static Row Row(uint number, uint style, params string[] cells) => new(cells.Select((text, i) => (OpenXmlElement)new Cell
    {
        CellReference = ImportSheets.CellName(i + 1, (int)number),
        DataType = CellValues.InlineString,
        StyleIndex = style,
        InlineString = new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(text)),
    }))
    { RowIndex = number };

    private static SheetViews FirstRowStays() => new(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 });

    // Codes and phones are text from the start, or a table would round them.
    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy\\-mm\\-dd" }) { Count = 1 },
        new Fonts(new Font(), new Font(new Bold()), new Font(new Bold(), new FontSize { Val = 14 })) { Count = 3 },
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE8EEF7" }) { PatternType = PatternValues.Solid }))
        { Count = 3 },
        new Borders(new Border()) { Count = 1 },
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, FillId = 2, ApplyFont = true, ApplyFill = true },
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { NumberFormatId = 49, ApplyNumberFormat = true, ApplyAlignment = true },
            new CellFormat { FontId = 2, ApplyFont = true })
        { Count = 6 });
}
