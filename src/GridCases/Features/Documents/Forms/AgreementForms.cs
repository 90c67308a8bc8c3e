using GridCases.Domain;
using static GridCases.Features.Documents.Forms.Phrases;

namespace GridCases.Features.Documents.Forms;

/// <summary>
/// What the parties agreed and what became of it. Basis: People's Mediation Law art. 28–31, 33; Civil Procedure Law art. 205, 206; SPC, procedure of judicial
/// confirmation (法释〔2011〕5号) art. 4; SPC, court-invited mediation, art. 24; E-Signature Law art. 13; Ministry of Justice, forms of people's mediation, 司发通〔2010〕239号 (人民调解协议书、人民调解口头协议登记表).
/// </summary>
internal static class AgreementForms
{
    /// <summary>调解协议书: a written agreement in its present version, with the signatures under exactly that version (art. 29–31).</summary>
    public static CaseDocument Written(CaseRecord record)
    {
        record = record.AsSigned();
        var agreement = record.Case.Agreement!;
        var signers = Agreement.PartiesToSign(record.Principals.Select(p => p.Id), agreement.Obligations).Concat(Agreement.FileSigners);
        return new CaseDocument(DocumentForm.Agreement, "调解协议书", Numbered(record),
        [
            .. PartyLines(record),
            new Block.Heading("一、纠纷的主要事实和争议事项"),
            .. Body(record.Case.Dispute.Summary ?? record.Case.Dispute.Title),
            new Block.Heading("二、协议内容"),
            .. Body($"经{record.Organisation}主持调解，各方当事人在平等自愿的基础上，就{Matter(record)}达成如下协议："),
            .. Body(agreement.Terms),
            .. agreement.Amount is { } amount ? Body($"协议涉及金额：{Money(amount)}。") : [],
            .. Duties(record, "三、履行的方式和期限"),
            new Block.Heading(agreement.Obligations.IsEmpty ? "三、协议的效力" : "四、协议的效力"),
            .. Body($"本协议自各方当事人签名、盖章或者按指印{(record.Case.IsCourtInvited ? "" : "，调解员签名并加盖调解组织印章")}之日起生效，对各方当事人具有约束力，当事人应当按照约定履行。"),
            .. agreement.EffectiveAt is { } at ? Body($"本协议已于{ChineseDate.Of(at)}生效。") : [],
            .. Body("本协议各方当事人各执一份，调解组织留存一份。"),
            new Block.Signatures([.. signers.Select(s => Signed(record, s))]),
            .. agreement.Signatures.Any(s => s.How is SignatureMethod.Drawn)
                ? [new Block.Paragraph("在屏幕上手写的签名是签署的证据，不是《电子签名法》第十三条所称的可靠的电子签名。", Placing.Small)]
                : Array.Empty<Block>(),
            new Block.Paragraph($"协议第{Count(agreement.Version)}版。内容校验值（SHA-256）：{agreement.Sha256}", Placing.Small),
        ])
        { DatedOn = LocalTime.Day(agreement.EffectiveAt ?? agreement.MadeAt) };
    }

    /// <summary>口头协议登记表: an oral agreement binds when it is reached; the mediator records it (art. 28, 30).</summary>
    public static CaseDocument Oral(CaseRecord record)
    {
        record = record.AsSigned();
        var agreement = record.Case.Agreement!;
        return new CaseDocument(DocumentForm.OralAgreement, "口头协议登记表", Numbered(record),
        [
            new Block.Fields(
            [
                Row("纠纷名称", record.Case.Dispute.Title),
                Row("纠纷类别", Word(record.Case.Dispute.Category), "达成日期", Day(agreement.MadeAt)),
                Row("调解组织", record.Organisation),
                Row("调 解 员", record.User(record.Case.Mediation?.Mediator), "涉及金额", agreement.Amount is { } yuan ? $"{Figures(yuan)}元" : ""),
                .. agreement.Amount is { } amount ? [Row("金额大写", CapitalAmount.Of(amount))] : Array.Empty<FieldRow>(),
            ]),
            new Block.Heading("当事人"),
            PartyGrid(record),
            new Block.Heading("纠纷的主要事实和争议事项"),
            .. Body(record.Case.Dispute.Summary ?? record.Case.Dispute.Title),
            new Block.Heading("协议内容"),
            .. Body(agreement.Terms),
            .. Duties(record, "履行的方式和期限"),
            .. Body("经当事人认为可以不制作调解协议书，采取口头协议方式，由调解员记录如上。口头协议自当事人达成协议之日起生效。"),
            new Block.Signatures([UnsignedMediator(record) with { Day = ChineseDate.Of(agreement.MadeAt) }]),
        ])
        { DatedOn = LocalTime.Day(agreement.MadeAt) };
    }

    /// <summary>司法确认申请书: jointly, within thirty days of effect (People's Mediation Law art. 33; Civil Procedure Law art. 205).</summary>
    public static CaseDocument ConfirmationApplication(CaseRecord record)
    {
        var agreement = record.Case.Agreement!;
        var confirmation = agreement.Confirmation;
        var applicants = confirmation is null ? record.Principals.Where(p => record.Case.MediatedParties.Any(m => m.Id == p.Id)).ToList() : [.. confirmation.Applicants.Select(record.Party).OfType<RecordedParty>()];
        return new CaseDocument(DocumentForm.ConfirmationApplication, "司法确认申请书", Numbered(record),
        [
            .. applicants.Select(p => new Block.Paragraph($"申请人：{Line(p)[(Word(p.Role).Length + 1)..]}", Placing.Plain)),
            new Block.Heading("请求事项"),
            .. Body($"请求依法确认申请人于{ChineseDate.Of(agreement.EffectiveAt!.Value)}经{record.Organisation}主持调解达成的调解协议有效。"),
            new Block.Heading("事实和理由"),
            .. Body(record.Case.Dispute.Summary ?? record.Case.Dispute.Title),
            .. Body($"经{record.Organisation}主持调解，申请人就{Matter(record)}自愿达成{Word(agreement.Form)}调解协议，内容如下："),
            .. Body(agreement.Terms),
            .. LeftOut(agreement),
            .. Body("申请人承诺：出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。"),
            new Block.Paragraph("此致", Placing.Body),
            new Block.Paragraph(confirmation?.Court ?? $"{Blank}人民法院", Placing.Plain),
            new Block.Signatures([.. applicants.Select(p => new SignatureLine($"申请人 {p.Name}（签名、盖章或者按指印）"))]),
            .. confirmation?.Result is { } result
                ? [new Block.Paragraph($"确认结果：{Word(result)}，{Day(confirmation.DecidedOn)}{(confirmation.DocumentNumber is { } number ? $"，文书号{number}" : "")}{(confirmation.Reason is { } reason ? $"，理由：{reason}" : "")}。", Placing.Small)]
                : Array.Empty<Block>(),
        ])
        { DatedOn = confirmation is null ? null : LocalTime.Day(confirmation.AppliedAt) };
    }

    /// <summary>履行情况记录: the organisation watches performance (People's Mediation Law art. 31).</summary>
    public static CaseDocument Performance(CaseRecord record)
    {
        var agreement = record.Case.Agreement!;
        var notes = record.Journal.Where(e => e.Kind is CaseEventKind.RecordPerformance && e.Data.Has(EventKey.Note) && e.Data.Has(EventKey.Obligation))
            .GroupBy(e => e.Data.Get(EventKey.Obligation)!.Value).ToDictionary(g => g.Key, g => g.Last().Data.Get(EventKey.Note));
        return new CaseDocument(DocumentForm.PerformanceProof, "调解协议履行情况记录", Numbered(record),
        [
            .. Body($"{Matter(record)}，各方当事人达成的调解协议于{ChineseDate.Of(agreement.EffectiveAt!.Value)}生效。履行情况记录如下："),
            new Block.Grid(
                [new("序号", 8, true), new("义务人", 14), new("应当履行的内容", 22), new("金额（元）", 14, true), new("履行期限", 21, true), new("履行情况", 21, true)],
                [.. agreement.Obligations.Select((o, i) => (IReadOnlyList<string>)[Count(i + 1), record.Party(o.PartyId)?.Name ?? "", o.Text, Figures(o.Amount), Day(o.DueOn),
                    o.PerformedOn is { } day ? $"{ChineseDate.Of(day)}已履行" : "尚未履行"])]),
            .. agreement.Obligations.Where(o => notes.ContainsKey(o.Id)).SelectMany(o => Body($"关于“{o.Text}”：{notes[o.Id]}")),
            .. agreement.Obligations.Sum(o => o.Amount ?? 0) is > 0 and var total ? Body($"应当履行的金额合计{Money(total)}，已履行{Money(agreement.Obligations.Where(o => o.PerformedOn is not null).Sum(o => o.Amount ?? 0))}。") : [],
            new Block.Signatures([UnsignedMediator(record)]),
        ])
        { DatedOn = agreement.Obligations.Select(o => o.PerformedOn).Max() };
    }

    /// <summary>What of the agreement no court confirms: status, title, other special procedures (SPC interpretation of the Civil Procedure Law art. 355 (3)–(5)).</summary>
    private static IEnumerable<Block> LeftOut(Agreement agreement) => agreement.Obligations.Where(o => !o.MayBeConfirmed).ToList() is { Count: > 0 } leftOut
        ? Body($"下列事项依法不属于司法确认的范围，不在本申请之内：{string.Join('；', leftOut.Select(o => $"{o.Text}（{Word(o.About)}）"))}。")
        : [];

    private static IEnumerable<Block> Duties(CaseRecord record, string heading) => record.Case.Agreement!.Obligations.IsEmpty ? [] :
    [
        new Block.Heading(heading),
        new Block.Grid(
            [new("序号", 8, true), new("义务人", 18), new("履行内容", 34), new("金额（元）", 16, true), new("履行期限", 24, true)],
            [.. record.Case.Agreement.Obligations.Select((o, i) => (IReadOnlyList<string>)[Count(i + 1), record.Party(o.PartyId)?.Name ?? "", o.Text, Figures(o.Amount), Day(o.DueOn)])]),
    ];
}
