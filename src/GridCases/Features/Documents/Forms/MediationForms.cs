using GridCases.Domain;
using static GridCases.Features.Documents.Forms.Phrases;

namespace GridCases.Features.Documents.Forms;

/// <summary>
/// What mediation itself puts on paper. Basis: People's Mediation Law art. 4, 17, 19, 23–26, 31, 33; Ministry of Justice, forms of people's mediation,
/// 司发通〔2010〕239号 (人民调解调查记录、人民调解记录).
/// </summary>
internal static class MediationForms
{
    /// <summary>权利义务告知书, with each party's answer as recorded (art. 17, 23, 24).</summary>
    public static CaseDocument RightsNotice(CaseRecord record)
    {
        var consented = record.Principals.Select(p => p.ConsentAt).OfType<DateTimeOffset>().Order().Select(at => (DateOnly?)LocalTime.Day(at)).FirstOrDefault();
        return new CaseDocument(DocumentForm.RightsNotice, "调解当事人权利义务告知书", Numbered(record),
        [
            new Block.Paragraph($"{Names(record.Principals)}：", Placing.Plain),
            .. Body($"{record.Organisation}依法对{Matter(record)}进行调解，现将当事人在调解中的权利、义务及有关事项告知如下："),
            new Block.Heading("一、当事人的权利"),
            .. Body("（一）选择或者接受调解员；调解员与本案有利害关系的，可以要求其回避。\n（二）接受调解、拒绝调解或者要求终止调解。\n（三）要求调解公开进行或者不公开进行。\n（四）自主表达意愿、自愿达成调解协议。"),
            new Block.Heading("二、当事人的义务"),
            .. Body("（一）如实陈述纠纷事实。\n（二）遵守调解现场秩序，尊重调解员。\n（三）尊重对方当事人行使权利。"),
            new Block.Heading("三、其他事项"),
            .. Body("（一）调解不收取任何费用。\n（二）依法达成的调解协议对当事人具有约束力，当事人应当按照约定履行。\n（三）自调解协议生效之日起三十日内，当事人认为有必要的，可以共同向有管辖权的人民法院申请司法确认；依法不予确认的事项除外。\n（四）调解不成的，可以依法通过仲裁、行政、司法等途径维护自己的权利。\n（五）当事人为达成协议作出的让步，未经各方同意，不得在诉讼中作为对其不利的证据。"),
            new Block.Heading("四、当事人的意见"),
            new Block.Grid(
                [new("当事人", 28), new("是否同意调解", 20, true), new("表示方式", 30), new("日期", 22, true)],
                [.. record.Principals.Select(p => (IReadOnlyList<string>)[$"{Word(p.Role)} {p.Name}", p.ConsentGiven switch { true => "同意", false => "不同意", null => "" }, p.ConsentHow ?? "", Day(p.ConsentAt)])]),
            new Block.Signatures([.. UnsignedPrincipals(record), UnsignedMediator(record)]),
        ])
        { DatedOn = consented };
    }

    /// <summary>授权委托书 for each representative. Whom somebody represents and how far is the principal's to write.</summary>
    public static CaseDocument PowerOfAttorney(CaseRecord record) => new(DocumentForm.PowerOfAttorney, "授权委托书", Numbered(record), Pages(record.InRole(PartyRole.Representative), agent =>
    [
        new Block.Paragraph($"委托人：{Blank}{Blank}", Placing.Plain),
        new Block.Paragraph(Line(agent).Replace(Word(agent.Role), "受委托人", StringComparison.Ordinal), Placing.Plain),
        .. Body($"委托人现委托{agent.Name}作为委托人在{Matter(record)}调解活动中的代理人。"),
        new Block.Heading("代理权限（由委托人选择）"),
        .. Body("□ 一般代理：代为陈述事实、参加调解、签收文书。\n□ 特别代理：代为承认、变更、放弃请求，进行和解，代为签订调解协议，代为申请司法确认。"),
        .. Body("委托期限：自签署之日起至本次调解终结之日止。"),
        new Block.Signatures([new SignatureLine("委托人（签名、盖章或者按指印）"), new SignatureLine($"受委托人 {agent.Name}（签名）")]),
    ]));

    /// <summary>调查笔录, a page for each investigation.</summary>
    public static CaseDocument InvestigationRecord(CaseRecord record)
    {
        var held = record.Held(SessionKind.Investigation).ToList();
        return new CaseDocument(DocumentForm.InvestigationRecord, "调查笔录", Numbered(record), Pages(held, s =>
        [
            new Block.Fields(
            [
                Row("时　　间", ChineseDate.WithTime(s.HeldAt)),
                Row("地　　点", s.Place),
                Row("调 查 人", record.User(s.RecordedBy), "记 录 人", record.User(s.RecordedBy)),
                Row("被调查人", Present(record, s, otherwise: "")),
                Row("事　　由", record.Case.Dispute.Title),
            ]),
            new Block.Heading("调查内容"),
            .. Body(s.Note),
            .. Concession(s),
            new Block.Signatures([new SignatureLine("被调查人（签名、盖章或者按指印）"), new SignatureLine($"调查人 {record.User(s.RecordedBy)}（签名）")]),
        ]))
        { DatedOn = held.Count > 0 ? LocalTime.Day(held[0].HeldAt) : null };
    }

    /// <summary>调解笔录, a page for each meeting.</summary>
    public static CaseDocument MediationRecord(CaseRecord record)
    {
        var held = record.Held(SessionKind.Mediation).ToList();
        return new CaseDocument(DocumentForm.MediationRecord, "调解笔录", Numbered(record), Pages(held, s =>
        [
            new Block.Fields(
            [
                Row("时　　间", ChineseDate.WithTime(s.HeldAt), "方　　式", s.Online ? "线上调解" : "现场调解"),
                Row("地　　点", s.Place),
                Row("事　　由", record.Case.Dispute.Title),
                Row("当 事 人", Present(record, s, otherwise: Names(record.Principals))),
                .. s.Others is { Length: > 0 } others ? [Row("其他在场人", others)] : Array.Empty<FieldRow>(),
                Row("调 解 员", record.User(record.Case.Mediation?.Mediator ?? s.RecordedBy), "记 录 人", record.User(s.RecordedBy)),
                Row("调解组织", record.Organisation),
            ]),
            new Block.Heading("调解情况"),
            .. Body(s.Note),
            .. Concession(s),
            new Block.Signatures(
            [
                .. Signers(record, s).Select(p => Signed(record, s, p.Id.ToString(), Unsigned(p))), Signed(record, s, Agreement.MediatorSigner, UnsignedMediator(record)),
                new SignatureLine($"记录人 {record.User(s.RecordedBy)}（签名）"),
            ]),
        ]))
        { DatedOn = held.Count > 0 ? LocalTime.Day(held[0].HeldAt) : null };
    }

    /// <summary>终止调解告知书, with the other remedies (art. 26).</summary>
    public static CaseDocument TerminationNotice(CaseRecord record)
    {
        var end = record.MediationEnd!;
        var why = end.Kind switch
        {
            CaseEventKind.StartMediation or CaseEventKind.RecordConsent or CaseEventKind.AddParty => "有当事人明确表示不同意调解。",
            CaseEventKind.Terminate when end.Data.Get(EventKey.Party) is { } id && record.Party(id) is { } party => $"{Word(party.Role)}{party.Name}要求终止调解。\n{end.Data.Get(EventKey.Reason)}",
            _ => end.Data.Get(EventKey.Reason),
        };
        return new CaseDocument(DocumentForm.TerminationNotice, "终止调解告知书", Numbered(record),
        [
            new Block.Paragraph($"{Names(record.Principals)}：", Placing.Plain),
            .. Body($"{record.Organisation}对{Matter(record)}进行的调解，因下列原因，自{ChineseDate.Of(end.At)}起终止："),
            .. Body(why),
            .. Body("根据《中华人民共和国人民调解法》第二十六条的规定，现告知你（们）可以依法通过下列途径维护自己的权利："),
            .. Body("（一）依法可以申请仲裁的，向仲裁机构申请仲裁；\n（二）依法由行政机关处理的，请求有关行政机关处理；\n（三）向有管辖权的人民法院提起诉讼。"),
            .. Body("请注意仲裁时效和诉讼时效。特此告知。"),
            .. Issued(record.Organisation ?? record.Centre(record.Case.Holder.Unit), end.At),
            new Block.Signatures([.. record.Principals.Select(p => new SignatureLine($"{Word(p.Role)} {p.Name}（签收）"))]),
        ])
        { DatedOn = LocalTime.Day(end.At) };
    }

    /// <summary>Who signs the record of a meeting: applicants and respondents, and whoever else signed it.</summary>
    private static IEnumerable<RecordedParty> Signers(CaseRecord record, RecordedSession session) => record.Principals
        .UnionBy(record.SessionSignatures.Keys.Where(k => k.Session == session.Id && Guid.TryParse(k.Signer, out _)).Select(k => record.Party(Guid.Parse(k.Signer))).OfType<RecordedParty>(), p => p.Id);

    private static string Present(CaseRecord record, RecordedSession session, string otherwise)
    {
        var present = session.Participants.Select(record.Party).OfType<RecordedParty>().Select(p => $"{Word(p.Role)}{p.Name}").ToList();
        if (session is { Kind: SessionKind.Investigation, Others.Length: > 0 })
            present.Add(session.Others);
        return present.Count > 0 ? string.Join('、', present) : otherwise;
    }

    private static IEnumerable<Block> Concession(RecordedSession session) => session.Concession
        ? [new Block.Paragraph("本笔录含有当事人为达成调解协议所作的让步。未经各方当事人同意，不得在诉讼中提出，也不得作为对其不利的证据。", Placing.Small)]
        : [];
}
