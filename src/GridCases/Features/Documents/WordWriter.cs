using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using GridCases.Domain;

namespace GridCases.Features.Documents;

/// <summary>
/// Writes a <see cref="CaseDocument"/> as an Open XML file for Word: A4, margins of 2.5 cm, title in 宋体 (bold, 二号), text in 仿宋 (四号), tables with borders,
/// page numbers. The font table names what may stand for a font that a machine lacks.
/// </summary>
public static class WordWriter
{
    /// <summary>Media type of what it writes.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Lengths in twentieths of a point: A4, 2.5 cm; sizes in half points.
    private const int PageWidth = 11906, PageHeight = 16838, Margin = 1417, TextWidth = PageWidth - (2 * Margin);
    private const string TitleSize = "44", TextSize = "28", TableSize = "24", GridSize = "22", SmallSize = "21";
    private const string Title = "CaseTitle", CoverTitle = "CaseCoverTitle", Number = "CaseNumber", Heading = "CaseHeading", Small = "CaseSmall", Cell = "CaseCell", GridCell = "CaseGridCell", FooterStyle = "CaseFooter";

    /// <summary>The file's bytes. It is a page or a few, so it is made in memory.</summary>
    public static byte[] Write(CaseDocument document)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            file.PackageProperties.Title = document.Title;
            file.PackageProperties.Creator = "GridCases";
            file.PackageProperties.Language = "zh-CN";
            var main = file.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            main.AddNewPart<FontTablePart>().Fonts = Fonts();
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(
                new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
                new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));
            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = FooterOf(document);

            var images = new WordImages(main);
            var body = new Body(Paragraph(document.Title, document.Form is DocumentForm.Cover ? CoverTitle : Title));
            if (document.Number is { } number)
                body.Append(Paragraph(number, Number));
            foreach (var block in document.Blocks)
                body.Append(Draw(block, images));
            body.Append(new SectionProperties(
                new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) },
                new PageSize { Width = PageWidth, Height = PageHeight },
                new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 851, Footer = 794, Gutter = 0 }));
            main.Document = new Document(body);
        }

        return stream.ToArray();
    }

    private static OpenXmlElement[] Draw(Block block, WordImages images) => block switch
    {
        Block.Heading heading => [Paragraph(heading.Text, Heading)],
        Block.Paragraph paragraph => [Draw(paragraph)],
        Block.Fields fields => [Draw(fields), Gap()],
        Block.Grid grid => [Draw(grid), Gap()],
        Block.Signatures signatures => [Gap(), Draw(signatures, images), Gap()],
        Block.PageBreak => [new Paragraph(new Run(new Break { Type = BreakValues.Page }))],
        _ => throw new ArgumentOutOfRangeException(nameof(block)),
    };

    private static Paragraph Draw(Block.Paragraph paragraph) => paragraph.Placing switch
    {
        Placing.Body => Paragraph(paragraph.Text, null, new Indentation { FirstLineChars = 200, FirstLine = "560" }, new Justification { Val = JustificationValues.Both }),
        Placing.Plain => Paragraph(paragraph.Text, null, new Justification { Val = JustificationValues.Left }),
        Placing.Right => Paragraph(paragraph.Text, null, new Indentation { RightChars = 200, Right = "560" }, new Justification { Val = JustificationValues.Right }),
        Placing.Small => Paragraph(paragraph.Text, Small),
        _ => throw new ArgumentOutOfRangeException(nameof(paragraph)),
    };

    private static Table Draw(Block.Fields fields)
    {
        int[] widths = [TextWidth * 17 / 100, TextWidth * 33 / 100, TextWidth * 17 / 100, TextWidth * 33 / 100];
        var table = Bordered(widths);
        foreach (var row in fields.Rows)
        {
            var line = new TableRow(new TableRowProperties(new CantSplit(), new TableRowHeight { Val = 560, HeightType = HeightRuleValues.AtLeast }));
            line.Append(CellOf(row.First.Label, widths[0], centred: true));
            if (row.Second is { } second)
                line.Append(CellOf(row.First.Value, widths[1]), CellOf(second.Label, widths[2], centred: true), CellOf(second.Value, widths[3]));
            else
                line.Append(CellOf(row.First.Value, widths[1] + widths[2] + widths[3], span: 3));
            table.Append(line);
        }

        return table;
    }

    private static Table Draw(Block.Grid grid)
    {
        var all = grid.Columns.Sum(c => c.Width);
        int[] widths = [.. grid.Columns.Select(c => TextWidth * c.Width / all)];
        var table = Bordered(widths);
        var head = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
        head.Append(grid.Columns.Select((c, i) => CellOf(c.Title, widths[i], centred: true, head: true, style: GridCell)));
        table.Append(head);
        foreach (var row in grid.Rows)
        {
            var line = new TableRow(new TableRowProperties(new CantSplit()));
            line.Append(row.Select((text, i) => CellOf(text, widths[i], centred: grid.Columns[i].Centred, style: GridCell)));
            table.Append(line);
        }

        return table;
    }

    /// <summary>Who, what is there already on a line, and the day.</summary>
    private static Table Draw(Block.Signatures signatures, WordImages images)
    {
        int[] widths = [TextWidth * 50 / 100, TextWidth * 22 / 100, TextWidth * 28 / 100];
        var table = new Table(
            new TableProperties(new TableWidth { Width = $"{TextWidth}", Type = TableWidthUnitValues.Dxa }, new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(w => new GridColumn { Width = $"{w}" })));
        foreach (var line in signatures.Lines)
        {
            var mark = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = Cell }, new KeepNext(), new Justification { Val = JustificationValues.Center }));
            if (line.Image is { } image && images.Draw(image) is { } drawing)
                mark.Append(new Run(drawing));
            else if (line.Given is { } given)
                mark.Append(RunOf(given));
            var cell = new TableCell(
                new TableCellProperties(
                    new TableCellWidth { Width = $"{widths[1]}", Type = TableWidthUnitValues.Dxa },
                    new TableCellBorders(new BottomBorder { Val = BorderValues.Single, Size = 4, Color = "auto" }),
                    new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Bottom }),
                mark);
            table.Append(new TableRow(
                new TableRowProperties(new CantSplit(), new TableRowHeight { Val = 680, HeightType = HeightRuleValues.AtLeast }),
                CellOf(line.Label, widths[0], signature: true), cell, CellOf(line.Day ?? "　　年　　月　　日", widths[2], centred: true, signature: true)));
        }

        return table;
    }

    private static Table Bordered(int[] widths)
    {
        static T Line<T>()
            where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "auto" };
        return new Table(
            new TableProperties(
                new TableWidth { Width = $"{widths.Sum()}", Type = TableWidthUnitValues.Dxa },
                new TableBorders(Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(new TableCellLeftMargin { Width = 100, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 100, Type = TableWidthValues.Dxa })),
            new TableGrid(widths.Select(w => new GridColumn { Width = $"{w}" })));
    }

    private static TableCell CellOf(string text, int width, int span = 1, bool centred = false, bool head = false, bool signature = false, string style = Cell)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa });
        if (span > 1)
            properties.Append(new GridSpan { Val = span });
        properties.Append(new TableCellVerticalAlignment { Val = signature ? TableVerticalAlignmentValues.Bottom : TableVerticalAlignmentValues.Center });
        var look = new ParagraphProperties(new ParagraphStyleId { Val = style });
        if (signature)
            look.Append(new KeepNext()); // all signatures on one page
        look.Append(new Justification { Val = centred ? JustificationValues.Center : JustificationValues.Left });
        var paragraph = new Paragraph(look);
        foreach (var run in Runs(text, head))
            paragraph.Append(run);
        return new TableCell(properties, paragraph);
    }

    private static Paragraph Paragraph(string text, string? style, params OpenXmlElement[] properties)
    {
        var own = new ParagraphProperties();
        if (style is not null)
            own.Append(new ParagraphStyleId { Val = style });
        own.Append(properties);
        var paragraph = new Paragraph(own);
        foreach (var run in Runs(text, bold: false))
            paragraph.Append(run);
        return paragraph;
    }

    /// <summary>The lines of a text, broken where it is.</summary>
    private static IEnumerable<Run> Runs(string text, bool bold)
    {
        var first = true;
        foreach (var line in text.Split('\n'))
        {
            var run = RunOf(line.TrimEnd('\r'), bold);
            if (!first)
                run.InsertBefore(new Break(), run.GetFirstChild<Text>());
            first = false;
            yield return run;
        }
    }

    private static Run RunOf(string text, bool bold = false)
    {
        var run = new Run();
        if (bold)
            run.Append(new RunProperties(new Bold()));
        run.Append(new Text(XmlText.Of(text)) { Space = SpaceProcessingModeValues.Preserve });
        return run;
    }

    private static Paragraph Gap() => new(new ParagraphProperties(new SpacingBetweenLines { Before = "0", After = "0", Line = "160", LineRule = LineSpacingRuleValues.Exact }));

    private static Footer FooterOf(CaseDocument document)
    {
        var left = string.Join('　', new[] { document.Number, document.Footnote }.OfType<string>());
        var paragraph = new Paragraph(
            new ParagraphProperties(new ParagraphStyleId { Val = FooterStyle }),
            RunOf(left), new Run(new TabChar()), RunOf("第"));
        paragraph.Append(FieldOf("PAGE"), RunOf("页，共"), FieldOf("NUMPAGES"), RunOf("页"));
        return new Footer(paragraph);
    }

    private static SimpleField FieldOf(string instruction) => new(new Run(new Text("1"))) { Instruction = $" {instruction} " };

    private static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(FontsOf("仿宋"), new FontSize { Val = TextSize }, new FontSizeComplexScript { Val = TextSize }, new Languages { Val = "en-US", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { Before = "0", After = "0", Line = "520", LineRule = LineSpacingRuleValues.Exact }))),
        new Style(new StyleName { Val = "Normal" }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        StyleOf(Title, "宋体", TitleSize, bold: true, new KeepNext(), new SpacingBetweenLines { Before = "120", After = "160", Line = "680", LineRule = LineSpacingRuleValues.AtLeast }, new Justification { Val = JustificationValues.Center }),
        StyleOf(CoverTitle, "宋体", "64", bold: true, new SpacingBetweenLines { Before = "1500", After = "700", Line = "900", LineRule = LineSpacingRuleValues.AtLeast }, new Justification { Val = JustificationValues.Center }),
        StyleOf(Number, "仿宋", TableSize, bold: false, new SpacingBetweenLines { Before = "0", After = "200", Line = "400", LineRule = LineSpacingRuleValues.AtLeast }, new Justification { Val = JustificationValues.Right }),
        StyleOf(Heading, "黑体", TextSize, bold: false, new KeepNext(), new SpacingBetweenLines { Before = "120", After = "60", Line = "520", LineRule = LineSpacingRuleValues.Exact }),
        StyleOf(Small, "仿宋", SmallSize, bold: false, new SpacingBetweenLines { Before = "120", After = "0", Line = "340", LineRule = LineSpacingRuleValues.Exact }),
        StyleOf(Cell, "仿宋", TableSize, bold: false, new AutoSpaceDE { Val = false }, new AutoSpaceDN { Val = false }, new SpacingBetweenLines { Before = "40", After = "40", Line = "340", LineRule = LineSpacingRuleValues.AtLeast }),
        StyleOf(GridCell, "仿宋", GridSize, bold: false, new AutoSpaceDE { Val = false }, new AutoSpaceDN { Val = false }, new SpacingBetweenLines { Before = "40", After = "40", Line = "320", LineRule = LineSpacingRuleValues.AtLeast }),
        StyleOf(FooterStyle, "宋体", "18", bold: false, new Tabs(new TabStop { Val = TabStopValues.Right, Position = TextWidth }), new SpacingBetweenLines { Line = "240", LineRule = LineSpacingRuleValues.Auto }));

    private static Style StyleOf(string id, string font, string size, bool bold, params OpenXmlElement[] paragraph)
    {
        var run = new StyleRunProperties(FontsOf(font));
        if (bold)
            run.Append(new Bold());
        run.Append(new FontSize { Val = size }, new FontSizeComplexScript { Val = size });
        return new Style(new StyleName { Val = id }, new BasedOn { Val = "Normal" }, new PrimaryStyle(), new StyleParagraphProperties(paragraph), run)
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            CustomStyle = true,
        };
    }

    private static RunFonts FontsOf(string eastAsia) => new() { Ascii = "Times New Roman", HighAnsi = "Times New Roman", ComplexScript = "Times New Roman", EastAsia = eastAsia, Hint = FontTypeHintValues.EastAsia };

    private static Fonts Fonts() => new(
        FontOf("仿宋", "FangSong,仿宋_GB2312,FangSong_GB2312,STFangsong", FontFamilyValues.Modern),
        FontOf("宋体", "SimSun,方正小标宋简体,STSong,Noto Serif CJK SC", FontFamilyValues.Auto),
        FontOf("黑体", "SimHei,STHeiti,Noto Sans CJK SC", FontFamilyValues.Modern),
        new Font(new FontCharSet { Val = "00" }, new FontFamily { Val = FontFamilyValues.Roman }, new Pitch { Val = FontPitchValues.Variable }) { Name = "Times New Roman" });

    private static Font FontOf(string name, string otherwise, FontFamilyValues family) => new(
        new AltName { Val = otherwise },
        new FontCharSet { Val = "86" },
        new FontFamily { Val = family },
        new Pitch { Val = FontPitchValues.Default })
    { Name = name };
}
