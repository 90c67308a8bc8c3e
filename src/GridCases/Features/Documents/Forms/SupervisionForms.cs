using GridCases.Domain;
using GridCases.Features.Outbox;
using static GridCases.Features.Documents.Forms.Phrases;

namespace GridCases.Features.Documents.Forms;

/// <summary>
/// Letters from one office to another. Basis: People's Mediation Law art. 25 (notice to the police); the house's own supervision (督办); referral to the body
/// that has to decide (People's Mediation Law art. 26; Petition regulation art. 23 as a model).
/// </summary>
internal static class SupervisionForms
{
    /// <summary>督办通知书, a page for each card.</summary>
    public static CaseDocument Notice(CaseRecord record) => new(DocumentForm.SupervisionNotice, "督办通知书", Numbered(record), Pages(record.Cards, card =>
    [
        new Block.Paragraph($"{Holder(record)}：", Placing.Plain),
        .. Body($"你单位办理的{Matter(record)}，现予以{Word(card.Color)}督办。"),
        new Block.Heading("督办意见"),
        .. Body(card.Note),
        .. Body($"请认真办理，并于{ChineseDate.Of(card.ReplyDueOn)}前书面回复办理情况。"),
        new Block.Paragraph($"督办人：{record.User(card.IssuedBy)}", Placing.Right),
        new Block.Paragraph(ChineseDate.Of(card.IssuedAt), Placing.Right),
    ]))
    { DatedOn = LocalTime.Day(record.Cards[0].IssuedAt) };

    /// <summary>督办回复, a page for each card that was answered.</summary>
    public static CaseDocument Reply(CaseRecord record) => new(DocumentForm.SupervisionReply, "督办回复", Numbered(record), Pages(record.Cards.Where(c => c.Reply is not null), card =>
    [
        new Block.Paragraph($"{record.User(card.IssuedBy)}：", Placing.Plain),
        .. Body($"{ChineseDate.Of(card.IssuedAt)}关于{Matter(record)}的{Word(card.Color)}督办通知书收悉，现将办理情况回复如下："),
        .. Body(card.Reply),
        .. Body("特此回复。"),
        .. Issued(Holder(record), card.RepliedAt ?? card.IssuedAt),
    ]))
    { DatedOn = record.Cards.Where(c => c.RepliedAt is not null).Select(c => (DateOnly?)LocalTime.Day(c.RepliedAt!.Value)).FirstOrDefault() };

    /// <summary>移送函 to a court, an arbitration body, an agency or the police.</summary>
    public static CaseDocument ReferralLetter(CaseRecord record)
    {
        var referred = record.Last(CaseEventKind.ReferOut)!;
        return new CaseDocument(DocumentForm.ReferralLetter, "移送函", Numbered(record),
        [
            new Block.Paragraph($"{referred.Data.Get(EventKey.Name)}：", Placing.Plain),
            .. Body($"本中心办理的{Matter(record)}，{Ending(referred.Data.Get(EventKey.Reason))}根据有关规定，现移送你单位依法处理。"),
            new Block.Heading("当事人"),
            .. PartyLines(record),
            new Block.Heading("基本情况"),
            .. Body(record.Case.Dispute.Summary ?? record.Case.Dispute.Title),
            .. record.Case.Dispute.AmountInDispute is { } amount ? Body($"争议金额：{Money(amount)}。") : [],
            .. record.Organisation is { } organisation ? Body($"本案曾由{organisation}调解。") : [],
            .. Body("请将处理结果函告本中心。"),
            .. Issued(record.Centre(record.Case.Holder.Unit), referred.At),
            new Block.Signatures([new SignatureLine("接收单位经办人（签收）")]),
        ])
        { DatedOn = LocalTime.Day(referred.At) };
    }

    /// <summary>通报公安机关函: where a dispute may turn violent, the police are told and prevention is taken (People's Mediation Law art. 25).</summary>
    public static CaseDocument PoliceNotice(CaseRecord record) => new(DocumentForm.PoliceNotice, "关于可能引发治安案件、刑事案件的纠纷的通报函", Numbered(record), Pages(record.PoliceNotices, notice =>
    [
        new Block.Paragraph(notice.ReceivedBy is null ? $"{Blank}公安局（派出所）：" : "公安机关：", Placing.Plain),
        .. Body($"我单位在办理{Matter(record)}中发现，该纠纷有激化可能。根据《中华人民共和国人民调解法》第二十五条的规定，现予通报，请依法采取措施。"),
        new Block.Heading("当事人"),
        .. PartyLines(record),
        new Block.Heading("基本情况"),
        .. Body(record.Case.Dispute.Summary ?? record.Case.Dispute.Title),
        .. Body($"风险等级：{Word(record.Case.Risk)}{(record.Case.RiskSponsor is { } sponsor ? $"；包案领导：{sponsor}" : "")}。"),
        new Block.Heading("已采取的预防措施"),
        .. Body(notice.Prevention),
        .. Issued(record.Centre(record.Case.Holder.Unit), notice.At),
        new Block.Fields(
        [
            Row("送达日期", Day(notice.DeliveredOn), "接 收 人", notice.ReceivedBy),
            Row("接警编号", notice.Reference),
        ]),
    ]))
    { DatedOn = LocalTime.Day(record.PoliceNotices[0].At) };

    private static string Holder(CaseRecord record) => record.Case.Holder.OrganisationId is not null ? record.Organisation ?? "" : record.Centre(record.Case.Holder.Unit);

    private static string Ending(string? sentence) => sentence is not { Length: > 0 } ? "" : sentence[^1] is '。' or '！' or '？' ? sentence : $"{sentence}。";
}
