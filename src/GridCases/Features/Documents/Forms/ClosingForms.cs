using GridCases.Domain;
using static GridCases.Features.Documents.Forms.Phrases;

namespace GridCases.Features.Documents.Forms;

/// <summary>How a case ends. Basis: People's Mediation Law art. 31; Ministry of Justice, forms of people's mediation, 司发通〔2010〕239号 (人民调解回访记录、卷宗情况说明).</summary>
internal static class ClosingForms
{
    /// <summary>回访记录.</summary>
    public static CaseDocument FollowUp(CaseRecord record) => new(DocumentForm.FollowUpRecord, "回访记录", Numbered(record), Pages(record.Visits, visit =>
    [
        new Block.Fields(
        [
            Row("纠纷名称", record.Case.Dispute.Title),
            Row("当 事 人", Names(record.Principals)),
            Row("结案日期", Day(record.Case.ClosedAt), "回访日期", Day(visit.VisitedOn)),
            Row("回访方式", visit.Method, "满 意 度", $"{Count(visit.Satisfaction)}分（满分5分）"),
            Row("回 访 人", record.User(visit.RecordedBy)),
            Row("协议履行", Performed(record)),
        ]),
        new Block.Heading("回访情况"),
        .. Body(visit.Note ?? "当事人未提出其他意见。"),
        new Block.Signatures([new SignatureLine("被回访人（签名）"), new SignatureLine($"回访人 {record.User(visit.RecordedBy)}（签名）", Day: ChineseDate.Of(visit.VisitedOn))]),
    ]))
    { DatedOn = record.Visits[0].VisitedOn };

    /// <summary>结案报告.</summary>
    public static CaseDocument Report(CaseRecord record)
    {
        var c = record.Case;
        var completed = record.Journal.LastOrDefault(e => e.Kind is CaseEventKind.CompleteHandling or CaseEventKind.ResolveOnSpot);
        var verified = record.Last(CaseEventKind.Verify);
        return new CaseDocument(DocumentForm.ClosingReport, "结案报告", Numbered(record),
        [
            new Block.Heading("一、基本情况"),
            new Block.Fields(
            [
                Row("纠纷名称", c.Dispute.Title),
                Row("申 请 人", Names(record.InRole(PartyRole.Applicant))),
                Row("被申请人", Names(record.InRole(PartyRole.Respondent))),
                Row("纠纷类别", Word(c.Dispute.Category), "来　　源", Word(c.Dispute.Source)),
                Row("登记日期", Day(c.RegisteredAt), "结案日期", Day(c.ClosedAt)),
                Row("调解组织", record.Organisation),
                Row("处理结果", Word(c.Outcome), "协议形式", Word(c.Agreement?.Form)),
            ]),
            .. Body(c.Dispute.Summary),
            new Block.Heading("二、办理经过"),
            new Block.Grid(
                [new("日期", 26, true), new("环节", 34), new("经办人", 40)],
                [.. Steps(record).Select(e => (IReadOnlyList<string>)[Day(e.At), e.Kind?.Action() is { } action ? Word(action) : "登记", record.User(e.By)])]),
            new Block.Heading("三、处理结果"),
            .. Body(completed?.Data.Get(EventKey.Summary)),
            .. c.Agreement is { } agreement ? Body($"各方当事人达成{Word(agreement.Form)}调解协议{(agreement.EffectiveAt is { } at ? $"，于{ChineseDate.Of(at)}生效" : "")}{(agreement.Amount is { } amount ? $"，涉及金额{Money(amount)}" : "")}。{Performed(record)}") : [],
            .. verified is null ? [] : Body($"{ChineseDate.Of(verified.At)}经{record.User(verified.By)}核查，纠纷确已处理完毕，当事人满意度{Count(verified.Data.Get(EventKey.Satisfaction) ?? 0)}分（满分5分）。"),
            new Block.Signatures([new SignatureLine($"承办人 {record.User(completed?.By)}（签名）"), new SignatureLine($"核查人 {record.User(verified?.By)}（签名）")]),
        ])
        { DatedOn = LocalTime.Day(c.ClosedAt ?? completed?.At ?? c.RegisteredAt) };
    }

    private static string Performed(CaseRecord record) => record.Case.Agreement is { EffectiveAt: not null, Obligations: { IsEmpty: false } duties }
        ? $"约定的义务共{Count(duties.Length)}项，已履行{Count(duties.Count(o => o.PerformedOn is not null))}项。"
        : "";

    /// <summary>The steps on the way; notes, requests and the sweep's lines are left to the journal.</summary>
    private static IEnumerable<RecordedEvent> Steps(CaseRecord record) => record.Journal.Where(e => e.Kind is CaseEventKind.Register or CaseEventKind.BringOver
        || (e.Kind?.Action() is { } action && action is not (CaseAction.Comment or CaseAction.ProposeRisk or CaseAction.RequestExtension or CaseAction.IssueCard
            or CaseAction.ReplyToCard or CaseAction.LiftCard or CaseAction.Correct or CaseAction.CorrectParty)));
}
