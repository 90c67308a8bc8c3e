using GridCases.Domain;
using static GridCases.Features.Documents.Forms.Phrases;

namespace GridCases.Features.Documents.Forms;

/// <summary>Cover and index of the file. Basis: Ministry of Justice, forms of people's mediation, 司发通〔2010〕239号 (人民调解卷宗封面、卷内目录).</summary>
internal static class FileForms
{
    /// <summary>卷宗封面.</summary>
    public static CaseDocument Cover(CaseRecord record)
    {
        var c = record.Case;
        return new CaseDocument(DocumentForm.Cover, "矛盾纠纷调解卷宗", Numbered(record),
        [
            new Block.Fields(
            [
                Row("卷　　名", c.Dispute.Title),
                Row("纠纷类别", Word(c.Dispute.Category), "调解类型", Word(c.Mediation?.Track)),
                Row("申 请 人", Names(record.InRole(PartyRole.Applicant))),
                Row("被申请人", Names(record.InRole(PartyRole.Respondent))),
                .. record.InRole(PartyRole.ThirdParty).Any() ? [Row("第 三 人", Names(record.InRole(PartyRole.ThirdParty)))] : Array.Empty<FieldRow>(),
                Row("登记单位", record.Centre(c.CountsIn)),
                Row("调解组织", record.Organisation),
                Row("调 解 员", record.User(c.Mediation?.Mediator)),
                Row("登记日期", Day(c.RegisteredAt), "结案日期", Day(c.ClosedAt)),
                Row("处理结果", Word(c.Outcome), "协议形式", Word(c.Agreement?.Form)),
                Row("归档日期", Day(record.Last(CaseEventKind.Archive)?.At), "重新办理", c.ReopenedCount > 0 ? $"{Count(c.ReopenedCount)}次" : ""),
                Row("立 卷 人", "", "保管期限", ""),
            ]),
        ])
        { DatedOn = LocalTime.Day(c.RegisteredAt) };
    }

    /// <summary>卷内目录: what the file holds, in its order.</summary>
    public static CaseDocument Index(CaseRecord record, IReadOnlyList<IndexLine> lines) => new(DocumentForm.Index, "卷内目录", Numbered(record),
    [
        new Block.Paragraph($"卷名：{record.Case.Dispute.Title}", Placing.Plain),
        new Block.Grid(
            [new("序号", 10, true), new("材料名称", 46), new("日期", 24, true), new("备注", 20)],
            [.. lines.Select((line, i) => (IReadOnlyList<string>)[Count(i + 1), line.Title, Day(line.DatedOn), line.Remark ?? ""])]),
        new Block.Paragraph($"以上材料共{Count(lines.Count)}件。", Placing.Plain),
        .. record.IsForCourt ? [new Block.Paragraph("本卷系提供给人民法院的材料，不含当事人在调解中为达成协议所作的让步和妥协。", Placing.Small)] : Array.Empty<Block>(),
    ]);
}

/// <summary>A line of the index.</summary>
/// <param name="Title">What it is.</param>
/// <param name="DatedOn">Its day.</param>
/// <param name="Remark">A remark.</param>
public sealed record IndexLine(string Title, DateOnly? DatedOn, string? Remark = null);
