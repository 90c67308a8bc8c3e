using GridCases.Domain;

namespace GridCases.Features.Documents;

/// <summary>
/// A document of a case file as what it says, part by part. It is Chinese whatever the reader's language, and knows neither Word nor a browser:
/// <see cref="WordWriter"/> and the printing page draw the same parts.
/// </summary>
/// <param name="Form">Which form it is.</param>
/// <param name="Title">The line at its head.</param>
/// <param name="Number">What stands under the title, such as the case's number; null for nothing.</param>
/// <param name="Blocks">Its parts from the top.</param>
public sealed record CaseDocument(DocumentForm Form, string Title, string? Number, IReadOnlyList<Block> Blocks)
{
    /// <summary>The local day it speaks of, for the index; null when it has none.</summary>
    public DateOnly? DatedOn { get; init; }

    /// <summary>What stands at the foot of every page beside the page number.</summary>
    public string? Footnote { get; init; }

    /// <summary>A name for its Word file; it names nobody.</summary>
    public string FileName { get; init; } = "";

    /// <summary>All its words, without the title.</summary>
    public IEnumerable<string> Texts => Blocks.SelectMany(b => b.Texts);
}

/// <summary>A part of a document.</summary>
public abstract record Block
{
    private Block()
    {
    }

    public abstract IEnumerable<string> Texts { get; }

    /// <summary>The head of a section.</summary>
    public sealed record Heading(string Text) : Block
    {
        public override IEnumerable<string> Texts => [Text];
    }

    public sealed record Paragraph(string Text, Placing Placing = Placing.Body) : Block
    {
        public override IEnumerable<string> Texts => [Text];
    }

    /// <summary>A bordered table of labels and values; a row has one pair over the whole width, or two.</summary>
    public sealed record Fields(IReadOnlyList<FieldRow> Rows) : Block
    {
        public override IEnumerable<string> Texts => Rows.SelectMany(r => r.Second is { } second ? new[] { r.First.Label, r.First.Value, second.Label, second.Value } : [r.First.Label, r.First.Value]);
    }

    /// <summary>A bordered table with a head; widths are parts of the whole.</summary>
    public sealed record Grid(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
    {
        public override IEnumerable<string> Texts => Columns.Select(c => c.Title).Concat(Rows.SelectMany(r => r));
    }

    /// <summary>Lines on which people sign, and what stands on them already.</summary>
    public sealed record Signatures(IReadOnlyList<SignatureLine> Lines) : Block
    {
        public override IEnumerable<string> Texts => Lines.SelectMany(l => new[] { l.Label, l.Given ?? "", l.Day ?? "" });
    }

    /// <summary>What follows begins on a new page.</summary>
    public sealed record PageBreak : Block
    {
        public override IEnumerable<string> Texts => [];
    }
}

/// <summary>How a paragraph stands.</summary>
public enum Placing
{
    /// <summary>Justified, its first line indented by two characters.</summary>
    Body,

    /// <summary>From the margin: whom a letter addresses, a party's line.</summary>
    Plain,

    /// <summary>To the right: who issued it, and the day.</summary>
    Right,

    /// <summary>Small, from the margin: a remark.</summary>
    Small,
}

/// <summary>A row of a <see cref="Block.Fields"/>.</summary>
public sealed record FieldRow(Field First, Field? Second = null);

/// <summary>A label and its value.</summary>
public sealed record Field(string Label, string Value);

/// <summary>A column of a <see cref="Block.Grid"/>.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Width">Its part of the whole width.</param>
/// <param name="Centred">Whether its cells are centred: numbers, days.</param>
public sealed record Column(string Title, int Width, bool Centred = false);

/// <summary>A line on which somebody signs.</summary>
/// <param name="Label">Who: 申请人（签名、盖章或者按指印）.</param>
/// <param name="Given">How it was signed already, in words; null when the line is empty.</param>
/// <param name="Image">The drawn signature as PNG.</param>
/// <param name="Day">The day of signing; null for a blank to fill in.</param>
/// <param name="Signer">Who signed, as the agreement has it; null where nobody has.</param>
public sealed record SignatureLine(string Label, string? Given = null, byte[]? Image = null, string? Day = null, string? Signer = null, Guid? Session = null);
