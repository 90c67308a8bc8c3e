using GridCases.Domain;
using static GridCases.Features.Documents.Forms.Phrases;

namespace GridCases.Features.Documents.Forms;

/// <summary>
/// How a case begins. Basis: People's Mediation Law art. 17, 18; Ministry of Justice, forms of people's mediation, 司发通〔2010〕239号
/// (人民调解申请书、人民调解受理登记表).
/// </summary>
internal static class IntakeForms
{
    /// <summary>调解申请书.</summary>
    public static CaseDocument Application(CaseRecord record)
    {
        var (c, d) = (record.Case, record.Case.Dispute);
        return new CaseDocument(DocumentForm.Application, "调解申请书", Numbered(record),
        [
            .. PartyLines(record),
            new Block.Heading("纠纷简要情况"),
            .. d.OccurredOn is { } day ? Body($"纠纷发生于{ChineseDate.Of(day)}，地点：{Where(record)}。") : Body($"纠纷发生地点：{Where(record)}。"),
            .. Body(d.Summary ?? d.Title),
            .. d.AmountInDispute is { } amount ? Body($"争议金额：{Money(amount)}。") : [],
            new Block.Heading("申请事项"),
            .. Body($"申请就{Matter(record)}进行调解。"),
            .. Body("调解组织已将申请调解的有关规定告知我（们），现自愿申请调解。调解不收取任何费用。"),
            new Block.Signatures([.. record.InRole(PartyRole.Applicant).Select(Unsigned)]),
        ])
        { DatedOn = LocalTime.Day(c.RegisteredAt) };
    }

    /// <summary>矛盾纠纷登记表.</summary>
    public static CaseDocument Intake(CaseRecord record)
    {
        var (c, d) = (record.Case, record.Case.Dispute);
        return new CaseDocument(DocumentForm.IntakeForm, "矛盾纠纷登记表", Numbered(record),
        [
            new Block.Fields(
            [
                Row("纠纷名称", d.Title),
                Row("登记单位", record.Centre(c.CountsIn), "登 记 人", record.User(c.RegisteredBy)),
                Row("登记时间", ChineseDate.WithTime(c.RegisteredAt), "来　　源", Word(d.Source)),
                Row("纠纷类别", Word(d.Category), "紧急程度", Word(d.Urgency)),
                Row("规　　模", Word(d.Scale), "涉及人数", d.PeopleInvolved is { } people ? $"{Count(people)}人" : ""),
                Row("发生日期", Day(d.OccurredOn), "风险等级", Word(c.Risk)),
                Row("发生地点", Where(record)),
                Row("涉及金额", Money(d.AmountInDispute)),
            ]),
            new Block.Heading("当事人"),
            PartyGrid(record),
            new Block.Heading("纠纷简要情况"),
            .. Body(d.Summary ?? d.Title),
            new Block.Signatures([.. UnsignedPrincipals(record), new SignatureLine($"登记人 {record.User(c.RegisteredBy)}（签名）", Day: ChineseDate.Of(c.RegisteredAt))]),
        ])
        { DatedOn = LocalTime.Day(c.RegisteredAt) };
    }

    /// <summary>不予受理告知书: with the reason and the parties' other remedies (People's Mediation Law art. 26 as a model).</summary>
    public static CaseDocument DeclineNotice(CaseRecord record)
    {
        var declined = record.Last(CaseEventKind.Decline);
        var at = declined?.At ?? record.Now;
        return new CaseDocument(DocumentForm.DeclineNotice, "不予受理告知书", Numbered(record),
        [
            new Block.Paragraph($"{Names(record.Principals)}：", Placing.Plain),
            .. Body($"{ChineseDate.Of(record.Case.RegisteredAt)}登记的{Matter(record)}，经审查，本中心决定不予受理。"),
            new Block.Heading("不予受理的理由"),
            .. Body(declined?.Data.Get(EventKey.Reason)),
            new Block.Heading("可以选择的其他途径"),
            .. Body(declined?.Data.Get(EventKey.OtherRemedies)),
            .. Body("特此告知。"),
            .. Issued(record.Centre(record.Case.Holder.Unit), at),
            new Block.Signatures([.. record.Principals.Select(p => new SignatureLine($"受送达人 {p.Name}（签收）"))]),
        ])
        { DatedOn = LocalTime.Day(at) };
    }

    private static string Where(CaseRecord record) => record.PlaceAddress is { Length: > 0 } address ? $"{record.Unit(record.Case.Dispute.Place.Unit)}，{address}" : record.Unit(record.Case.Dispute.Place.Unit);
}
