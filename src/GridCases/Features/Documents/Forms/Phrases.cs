using System.Globalization;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Documents.Forms;

/// <summary>What several forms say in the same words.</summary>
internal static class Phrases
{
    /// <summary>A place to fill in by hand, where the record says nothing.</summary>
    public const string Blank = "＿＿＿＿＿＿＿＿";

    /// <summary>The remark on a signature line.</summary>
    private const string HowToSign = "（签名、盖章或者按指印）";

    /// <summary>The Chinese word for a value.</summary>
    public static string Word(Enum? value) => value is null ? "" : Text.ChineseWord(value);

    /// <summary>A local day; empty when there is none.</summary>
    public static string Day(DateOnly? day) => day is { } d ? ChineseDate.Of(d) : "";

    /// <summary>The local day of an instant; empty when there is none.</summary>
    public static string Day(DateTimeOffset? instant) => instant is { } i ? ChineseDate.Of(i) : "";

    /// <summary>12,300.00元（人民币壹万贰仟叁佰元整）; empty when there is none.</summary>
    public static string Money(decimal? yuan) => yuan is { } amount ? $"{Figures(amount)}元（{CapitalAmount.Of(amount)}）" : "";

    /// <summary>An amount in figures: 12,300.00.</summary>
    public static string Figures(decimal? yuan) => yuan?.ToString("#,0.00", CultureInfo.InvariantCulture) ?? "";

    public static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Names in a list: 张三、李四.</summary>
    public static string Names(IEnumerable<RecordedParty> parties) => string.Join('、', parties.Select(p => p.Name));

    /// <summary>The line under the title.</summary>
    public static string Numbered(CaseRecord record) => $"编号：{record.Case.Number}";

    /// <summary>The dispute between its parties: 张三与李四邻里纠纷.</summary>
    public static string Matter(CaseRecord record)
    {
        var (applicants, respondents) = (Names(record.InRole(PartyRole.Applicant)), Names(record.InRole(PartyRole.Respondent)));
        var between = (applicants.Length, respondents.Length) switch
        {
            ( > 0, > 0) => $"{applicants}与{respondents}",
            ( > 0, _) => applicants,
            _ => respondents,
        };
        return $"{between}“{record.Case.Dispute.Title}”一事";
    }

    /// <summary>A text as paragraphs, one for each of its lines.</summary>
    public static IEnumerable<Block> Body(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => new Block.Paragraph(line));

    /// <summary>A party in one sentence: 申请人：张三，男，证件号码220…，住…，联系电话…。</summary>
    public static string Line(RecordedParty party)
    {
        var parts = new List<string> { $"{Word(party.Role)}：{party.Name}" };
        if (party is { Kind: PartyKind.Person, Sex: Sex.Male or Sex.Female })
            parts.Add(Word(party.Sex));
        if (party.IdNumber is { Length: > 0 } number)
            parts.Add($"证件号码{number}");
        if (party.Address is { Length: > 0 } address)
            parts.Add((party.Kind is PartyKind.Person ? "住" : "住所地") + address);
        if (party.Phone is { Length: > 0 } phone)
            parts.Add($"联系电话{phone}");
        return string.Join('，', parts) + "。";
    }

    /// <summary>All parties, a line each.</summary>
    public static IEnumerable<Block> PartyLines(CaseRecord record) => record.Parties.Select(p => new Block.Paragraph(Line(p), Placing.Plain));

    /// <summary>All parties as a table.</summary>
    public static Block.Grid PartyGrid(CaseRecord record) => new(
        [new("身份", 13, true), new("姓名", 15), new("性别", 8, true), new("证件号码", 28, true), new("联系电话", 18, true), new("住址", 18)],
        [.. record.Parties.Select(p => (IReadOnlyList<string>)[Word(p.Role), p.Name, p.Sex is Sex.Male or Sex.Female ? Word(p.Sex) : "", p.IdNumber ?? "", p.Phone ?? "", p.Address ?? ""])]);

    /// <summary>A row of a table of fields.</summary>
    public static FieldRow Row(string label, string? value) => new(new Field(label, value ?? ""));

    /// <summary>A row with two fields.</summary>
    public static FieldRow Row(string label, string? value, string secondLabel, string? secondValue) => new(new Field(label, value ?? ""), new Field(secondLabel, secondValue ?? ""));

    /// <summary>Who issued a document, and the day.</summary>
    public static IEnumerable<Block> Issued(string by, DateTimeOffset at) => [new Block.Paragraph($"{by}（印章）", Placing.Right), new Block.Paragraph(ChineseDate.Of(at), Placing.Right)];

    /// <summary>The line of a party that has not signed.</summary>
    public static SignatureLine Unsigned(RecordedParty party) => new($"{Word(party.Role)} {party.Name}{HowToSign}");

    /// <summary>The lines of all applicants and respondents.</summary>
    public static IEnumerable<SignatureLine> UnsignedPrincipals(CaseRecord record) => record.Principals.Select(Unsigned);

    /// <summary>The mediator's empty line.</summary>
    public static SignatureLine UnsignedMediator(CaseRecord record) => new($"调解员 {record.User(record.Case.Mediation?.Mediator)}（签名）".Replace("  ", " ", StringComparison.Ordinal));

    /// <summary>Who signed, in words.</summary>
    public static string SignerOf(CaseRecord record, string signer) => signer switch
    {
        Agreement.MediatorSigner => "调解员",
        Agreement.SealSigner => "印章",
        _ => Guid.TryParse(signer, out var id) && record.Party(id) is { } party ? party.Name : signer,
    };

    /// <summary>The line of somebody who signs the agreement, with what is on record under its present version.</summary>
    public static SignatureLine Signed(CaseRecord record, string signer)
    {
        var empty = signer switch
        {
            Agreement.MediatorSigner => new SignatureLine($"调解员 {record.User(record.Signatures.GetValueOrDefault(signer)?.ByUser ?? record.Case.Mediation?.Mediator)}（签名）"),
            Agreement.SealSigner => new SignatureLine($"{record.Organisation}（印章）"),
            _ => Guid.TryParse(signer, out var id) && record.Party(id) is { } party ? Unsigned(party) : new SignatureLine(signer),
        };
        if (!record.Signatures.TryGetValue(signer, out var signature))
            return empty;
        return empty with { Given = How(signature, signer) + (signature.IsDamaged ? "（签名图像已损坏）" : ""), Image = signature.ImagePng, Day = ChineseDate.Of(signature.SignedAt), Signer = signer };
    }

    /// <summary>The line of somebody who signs the record of a meeting, with what was drawn under it.</summary>
    public static SignatureLine Signed(CaseRecord record, RecordedSession session, string signer, SignatureLine empty) =>
        !record.SessionSignatures.TryGetValue((session.Id, signer), out var signature) ? empty : empty with
        {
            Given = How(signature, signer) + (signature.IsDamaged ? "（签名图像已损坏）" : ""),
            Image = signature.ImagePng,
            Day = ChineseDate.Of(signature.SignedAt),
            Signer = signer,
            Session = session.Id,
        };

    /// <summary>Each thing on a page of its own.</summary>
    public static List<Block> Pages<T>(IEnumerable<T> items, Func<T, IReadOnlyList<Block>> page)
    {
        var blocks = new List<Block>();
        foreach (var item in items)
        {
            if (blocks.Count > 0)
                blocks.Add(new Block.PageBreak());
            blocks.AddRange(page(item));
        }

        return blocks;
    }

    private static string How(RecordedSignature signature, string signer) => signature.How switch
    {
        SignatureMethod.Drawn => "已签名",
        SignatureMethod.Fingerprint => "已按指印",
        SignatureMethod.Seal => "已盖章",
        SignatureMethod.Paper => signer is Agreement.SealSigner ? "纸质文本已盖章" : "纸质文本已签名",
    };
}
