using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Organisations;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Documents;

/// <summary>Cases that between them fill every form.</summary>
internal sealed class RichCase(City city)
{
    public const string IdNumber = "220102199001011234", Phone = "13912345678", Address = "示范市东一区柳树胡同三号院二单元",
        Concession = "申请人私下表示：只要当面道歉，愿意把赔偿降到三千元", Terms = "被申请人拆除越界围墙。\n被申请人一次性赔偿申请人损失。";

    /// <summary>A signature as a pad sends it.</summary>
    public static readonly byte[] Png = Drawings.Hand;

    /// <summary>From a walk-in to a follow-up visit: a written agreement, signed, performed, confirmed; supervised, watched by the police.</summary>
    public async Task<CaseView> ClosedAsync()
    {
        var c = await InMediationAsync(
            new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "张三", IdNumber, Phone, Sex.Male, Address),
            new RegisterCase.PartyInput(PartyRole.Respondent, PartyKind.Person, "李四", null, null, Sex.Female, null),
            new RegisterCase.PartyInput(PartyRole.ThirdParty, PartyKind.Organisation, "示范村委会", null, null, null, null),
            new RegisterCase.PartyInput(PartyRole.Representative, PartyKind.Person, "王五", null, null, null, null));
        c = await city.ActAsync("mediator.p1", c, new RecordInvestigation(city.Now.AddHours(-3), "围墙现场", "测得围墙越界零点三米。", null, [c.Parties[1].Id], "村民小组长"));
        c = await city.ActAsync("village1", c, new ConfirmRisk(Risk.Orange, null, "已安排网格长每日走访，分开双方。", true));
        c = await city.ActAsync("mediator.p1", c, new RecordSession(city.Now.AddHours(-2), "村调解室", "双方陈述了围墙的由来，\n同意现场丈量。", null, null));
        c = await city.ActAsync("mediator.p1", c, new RecordSession(city.Now.AddHours(-1), "视频会议室", Concession, true, true));
        c = await city.ActAsync("village1.lead", c, new IssueCard(CardColor.Yellow, LocalTime.Day(city.Now).AddDays(5), "请尽快办理，注意防止激化。"));
        c = await city.ActAsync("mediator.p1", c, new ReplyToCard("已安排第二次调解，预计本周办结。"));
        c = await city.ActAsync("mediator.p1", c, new ReachAgreement(AgreementForm.Written, Terms, 12300m,
        [
            new(c.Parties[1].Id, "支付赔偿款", LocalTime.Day(city.Now).AddDays(10), 12300m),
            new(c.Parties[1].Id, "拆除越界围墙", LocalTime.Day(city.Now).AddDays(20), null),
        ]));
        c = await city.ActAsync("mediator.p1", c, new SignAgreement(c.Parties[0].Id.ToString(), Convert.ToBase64String(Png)));
        c = await city.ActAsync("mediator.p1", c, new SignAgreement(c.Parties[1].Id.ToString(), null, SignatureMethod.Fingerprint));
        foreach (var signer in new[] { Agreement.MediatorSigner, Agreement.SealSigner })
            c = await city.ActAsync("mediator.p1", c, new SignAgreement(signer, null));
        c = await city.ActAsync("mediator.p1", c, new ApplyForConfirmation("东一区人民法院", [c.Parties[0].Id, c.Parties[1].Id]));
        c = await city.ActAsync("mediator.p1", c, new RecordConfirmation(ConfirmationResult.Confirmed, LocalTime.Day(city.Now), "（2026）东一调确字第7号", null));
        c = await city.ActAsync("mediator.p1", c, new RecordPerformance(c.Agreement!.Obligations[0].Id, LocalTime.Day(city.Now), "现金交付，有收条。"));
        c = await city.ActAsync("mediator.p1", c, new CompleteHandling(Outcome.Settled, "签了协议，赔偿款已付。"));
        c = await city.ActAsync("grid1", c, new VerifyCase(true, 5, null));
        return await city.ActAsync("grid1", c, new RecordFollowUp(LocalTime.Day(city.Now), "上门", 5, "围墙已拆，双方和好。"));
    }

    /// <summary>Settled by word of mouth.</summary>
    public async Task<CaseView> OralAsync()
    {
        var c = await InMediationAsync();
        return await city.ActAsync("mediator.p1", c, new ReachAgreement(AgreementForm.Oral, "鸡舍六点前不开门。", null, []));
    }

    /// <summary>A centre would not take it.</summary>
    public async Task<CaseView> DeclinedAsync() =>
        await city.ActAsync("village1", await city.SubmittedAsync(), new DeclineCase("法院已经立案。", "可以在诉讼中请求法院调解。"));

    /// <summary>Mediation failed and the case was given to a court.</summary>
    public async Task<CaseView> ReferredAsync()
    {
        var c = await city.ActAsync("mediator.p1", await InMediationAsync(), new FailMediation("责任比例分歧过大。", true));
        return await city.ActAsync("village1", c, new ReferOut(ReferralTarget.Court, "东一区人民法院", "双方要求诉讼解决"));
    }

    private async Task<CaseView> InMediationAsync(params RegisterCase.PartyInput[] parties)
    {
        var c = await city.AsAsync("grid1", new RegisterCase.Command
        {
            Title = "围墙越界",
            Summary = "申请人称被申请人新砌的围墙越界，\n双方多次争吵。",
            Category = Category.Neighbours,
            Source = Source.WalkIn,
            OccurredOn = new DateOnly(2026, 1, 31),
            AmountInDispute = 20000.05m,
            Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), Address, null, null),
            Parties = parties.Length > 0 ? parties :
            [
                new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null),
                new RegisterCase.PartyInput(PartyRole.Respondent, PartyKind.Person, "乙", null, null, null, null),
            ],
            Submit = true,
        });
        c = await city.ActAsync("village1", c, new AcceptCase());
        var organisations = await city.AsAsync("village1", new ListOrganisations.Query { Unit = new UnitCode("990101001001") });
        var organisation = organisations.Single(o => o.Mediators.Any(m => m.UserName == "mediator.p1"));
        c = await city.ActAsync("village1", c, new AssignMediation.Command(MediationTrack.Peoples, organisation.Id, "mediator.p1", null));
        var consents = c.Parties.Where(p => p.Role is PartyRole.Applicant or PartyRole.Respondent).Select(p => new StartMediation.GivenConsent(p.Id, true, "当面同意")).ToList();
        return await city.ActAsync("mediator.p1", c, new StartMediation(consents));
    }
}
