using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace GridCases.Features.Imports;

/// <summary>
/// A workbook (.xlsx), read forward only. It is somebody else's file: no part of it is unpacked beyond a limit, rows and columns are counted as it names them and made up
/// nowhere in between, and nothing in it is looked up elsewhere.
/// </summary>
internal sealed class Workbook : IImportFile
{
    // A part of a city's workbook has some ten million characters.
    private const long MostCharacters = 64_000_000;
    private const int MostTexts = 2_000_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MostCharacters,
        CloseInput = true,
    };

    private readonly ZipArchive _archive;
    private readonly Dictionary<ImportSheet, string> _parts = [];
    private readonly List<string> _texts = [];

    public Workbook(Stream content)
    {
        content.Position = 0;
        _archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var targets = new Dictionary<string, string>();
        foreach (var relation in Elements("xl/_rels/workbook.xml.rels", "Relationship"))
        {
            if (relation["Target"] is not { } target || relation["Id"] is not { } id)
                continue;
            var part = target.StartsWith('/') ? target[1..] : "xl/" + target;
            targets[id] = part;
            if (relation["Type"]?.EndsWith("/sharedStrings", StringComparison.Ordinal) is true)
                ReadTexts(part);
        }

        foreach (var sheet in Elements("xl/workbook.xml", "sheet"))
        {
            if (ImportSheets.Find(sheet["name"] ?? "") is { } form && sheet["id"] is { } key && targets.TryGetValue(key, out var part) && !_parts.TryAdd(form.Sheet, part))
                throw new UnreadableFile(FaultCode.SheetTwice);
        }
    }

    public IReadOnlyList<SheetForm> Sheets => [.. ImportSheets.All.Where(s => _parts.ContainsKey(s.Sheet))];

    public IEnumerable<SheetRow> Rows(SheetForm sheet) => ImportFile.Reading(ReadRows(_parts[sheet.Sheet]));

    public void Dispose() => _archive.Dispose();

    private IEnumerable<SheetRow> ReadRows(string part)
    {
        using var xml = Open(part);
        var (number, last) = (0, 0);
        var cells = new List<string>();
        var cell = new CellText();
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "row":
                    number = xml["r"] is { } given ? int.Parse(given, NumberStyles.None, CultureInfo.InvariantCulture) : last + 1;
                    if (number <= last)
                        throw new UnreadableFile(FaultCode.FileDamaged);
                    cells.Clear();
                    if (xml.IsEmptyElement)
                        last = number;
                    break;
                case XmlNodeType.Element when xml.LocalName == "c":
                    cell.Begin(xml["r"] is { } place ? ColumnOf(place) : cells.Count, xml["t"]);
                    break;
                case XmlNodeType.Element:
                    cell.Enter(xml.LocalName, xml.IsEmptyElement);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    cell.Add(xml.Value);
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "c":
                    Put(cells, cell.Column, cell.Value(_texts));
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "row":
                    last = number;
                    if (cells.Count > 0)
                        yield return new SheetRow(number, [.. cells]);
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "sheetData":
                    yield break;
                case XmlNodeType.EndElement:
                    cell.Leave(xml.LocalName);
                    break;
            }
        }
    }

    private static void Put(List<string> cells, int column, string text)
    {
        if (column >= ImportFile.MostColumns || text.Length == 0)
            return;
        while (cells.Count <= column)
            cells.Add("");
        cells[column] = text;
    }

    /// <summary>The column that a place names, from 0 on: 1 for B7.</summary>
    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetter).Take(4))
            column = (column * 26) + char.ToUpperInvariant(letter) - 'A' + 1;
        return column > 0 ? column - 1 : throw new UnreadableFile(FaultCode.FileDamaged);
    }

    private void ReadTexts(string part)
    {
        using var xml = Open(part);
        var text = new CellText();
        var all = 0L;
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "si":
                    text.Begin(0, "inlineStr");
                    if (xml.IsEmptyElement)
                        _texts.Add("");
                    break;
                case XmlNodeType.Element:
                    text.Enter(xml.LocalName, xml.IsEmptyElement);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    text.Add(xml.Value);
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "si":
                    _texts.Add(text.Value([]));
                    all += _texts[^1].Length;
                    if (_texts.Count > MostTexts || all > MostCharacters)
                        throw new UnreadableFile(FaultCode.FileTooLarge);
                    break;
                case XmlNodeType.EndElement:
                    text.Leave(xml.LocalName);
                    break;
            }
        }
    }

    /// <summary>The attributes of all elements of that name, by their names without prefixes.</summary>
    private IEnumerable<Attributes> Elements(string part, string name)
    {
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != name)
                continue;
            var attributes = new Attributes();
            while (xml.MoveToNextAttribute())
                attributes[xml.LocalName] = xml.Value;
            yield return attributes;
        }
    }

    private XmlReader Open(string part) =>
        XmlReader.Create((_archive.GetEntry(part) ?? throw new UnreadableFile(FaultCode.FileDamaged)).Open(), Settings);

    private sealed class Attributes : Dictionary<string, string>
    {
        public new string? this[string name]
        {
            get => this.GetValueOrDefault(name);
            set => base[name] = value!;
        }
    }

    /// <summary>What is being read of a cell, or of a shared text: the texts of its runs, not how they are pronounced.</summary>
    private sealed class CellText
    {
        private readonly StringBuilder _text = new();
        private string? _type;
        private bool _takes;
        private bool _isPhonetic;

        public int Column { get; private set; }

        public void Begin(int column, string? type)
        {
            (Column, _type, _takes, _isPhonetic) = (column, type, false, false);
            _text.Clear();
        }

        public void Enter(string element, bool isEmpty)
        {
            if (isEmpty)
                return;
            _isPhonetic |= element == "rPh";
            _takes = !_isPhonetic && (element is "v" or "t");
        }

        public void Leave(string element)
        {
            if (element == "rPh")
                _isPhonetic = false;
            _takes = false;
        }

        public void Add(string text)
        {
            if (_takes && _text.Length <= ImportFile.LongestCell)
                _text.Append(text);
        }

        public string Value(List<string> texts)
        {
            var text = _text.ToString();
            return _type switch
            {
                "s" => texts[int.Parse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture)],
                "inlineStr" or "str" or "e" or "d" => text,
                "b" => text.Trim() == "1" ? "TRUE" : "FALSE",

                // A long number may be written with an exponent, and is a code or a phone all the same.
                _ => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.############", CultureInfo.InvariantCulture) : text,
            };
        }
    }
}
