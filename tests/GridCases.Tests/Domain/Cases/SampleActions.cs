using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Every action with particulars that fit the case as it stands.</summary>
internal static class SampleActions
{
    /// <param name="action">The action.</param>
    /// <param name="c">The case.</param>
    /// <param name="at">Who and when.</param>
    /// <param name="choice">Picks between ways to do it.</param>
    public static CaseChange Do(CaseAction action, Case c, CaseContext at, int choice = 0) => action switch
    {
        CaseAction.Submit => c.Submit(at),
        CaseAction.Recall => c.Recall("Phone is missing", at),
        CaseAction.ResolveOnSpot => c.ResolveOnSpot("Settled over tea", at),
        CaseAction.Withdraw => c.Withdraw("Mistake", at),
        CaseAction.Merge => c.MergeInto(Scenario.Begin().Case, "Same", at),
        CaseAction.Accept => c.Accept(at),
        CaseAction.Decline => c.Decline("Not a dispute", "The court", at),
        CaseAction.Return => c.Return("Incomplete", at),
        CaseAction.SubmitUpward => c.SubmitUpward("Too big", null, at),
        CaseAction.AssignDown => c.AssignDown(Child(c.Holder.Unit), at),
        CaseAction.TakeOver => c.TakeOver("Overdue", at),
        CaseAction.AssignMediation => c.AssignMediation(SampleCity.AtPeoplesCommittee with { Mediator = choice % 2 == 0 ? null : SampleCity.Mediator.UserName }, at),
        CaseAction.ReferOut => c.ReferOut(ReferralTarget.Police, "Police", "Threats", at),
        CaseAction.CompleteHandling => c.CompleteHandling(choice % 2 == 0 ? Outcome.Settled : Outcome.Unsettled, "Done", at),
        CaseAction.StartMediation => c.StartMediation(
            c.Principals.ToDictionary(p => p.Id, p => new Consent(p.Role is not PartyRole.Respondent || choice % 3 > 0, "in person", default)), (MediatorChoice)(choice % 2), at),
        CaseAction.RecordConsent => c.RecordConsent(c.Principals.FirstOrDefault(p => p.Consent is null)?.Id ?? SampleCity.Applicant.Id, new Consent(choice % 3 > 0, "by phone", at.Now), at),
        CaseAction.AcceptEntrustment => c.AcceptEntrustment(at.Today, "(2026) 1", at),
        CaseAction.RefuseAssignment => c.RefuseAssignment("Too busy", at),
        CaseAction.Reassign => c.Reassign(SampleCity.OtherMediator.UserName, "Ill", at),
        CaseAction.RecordSession => c.RecordSession(new MediationSession(at.NewId(), at.Now, "Office", "Talked", false, false), at),
        CaseAction.PlanSession => c.PlanSession(new NextSession(at.Now.AddDays(1), "Office", null), at),
        CaseAction.RecordInvestigation => c.RecordInvestigation(
            new MediationSession(at.NewId(), at.Now, "Yard", "Looked", false, false) { Kind = SessionKind.Investigation, Participants = [SampleCity.Applicant.Id] }, at),
        CaseAction.Recuse => c.Recuse("Cousins", colleagues: choice % 2 == 0, at),
        CaseAction.DiscloseConflict => c.DiscloseConflict("Cousins", [.. c.Principals.Select(p => p.Id)], at),
        CaseAction.ReportSham => c.ReportSham("Made up", at),
        CaseAction.DecideSham => c.DecideSham(choice % 2 == 0, "Looked into it", at),
        CaseAction.ReachAgreement => c.ReachAgreement(Text(c, at, choice), at),
        CaseAction.ReviseAgreement => c.ReviseAgreement(Text(c, at, choice), at),
        CaseAction.Sign => c.Signed(NextSigner(c), at),
        CaseAction.WithdrawSignature => c.WithdrawSignature(c.Agreement?.Signatures.LastOrDefault()?.Signer ?? Agreement.SealSigner, "Somebody else's", at),
        CaseAction.FailMediation => c.FailMediation("No common ground", true, at),
        CaseAction.SwitchTrack => c.SwitchTrack(c.Mediation?.Track is MediationTrack.Peoples ? SampleCity.AtCourt with { Entrustment = (Entrustment)(choice % 3) } : SampleCity.AtPeoplesCommittee, "Better there", at),
        CaseAction.Suspend => c.Suspend("Appraisal", null, at),
        CaseAction.Resume => c.Resume("Appraisal is in", at),
        CaseAction.Terminate => c.Terminate("No longer wanted", SampleCity.Applicant.Id, at),
        CaseAction.RecordPerformance => c.RecordPerformance(c.Agreement?.Obligations.FirstOrDefault(o => o.PerformedOn is null)?.Id ?? Guid.Empty, at.Today, null, at),
        CaseAction.ApplyForConfirmation => c.ApplyForConfirmation("District court", [.. c.Principals.Select(p => p.Id)], at),
        CaseAction.RecordConfirmation => c.RecordConfirmation((ConfirmationResult)(choice % 2), at.Today, "1", null, at),
        CaseAction.RecordCourtResult => c.RecordCourtResult(new CourtResult((CourtResultKind)(choice % 2), at.Today, "1"), at),
        CaseAction.Verify => c.Verify(5, null, at),
        CaseAction.ReturnForRework => c.ReturnForRework("They fight again", at),
        CaseAction.RecordFollowUp => c.RecordFollowUp(new FollowUpVisit(at.NewId(), at.Today, "In person", 5, null), at),
        CaseAction.Reopen => c.Reopen("They fight again", at),
        CaseAction.Archive => Scenario.Archived(c, at),
        CaseAction.Correct => c.Correct(
            c.Dispute with { PeopleInvolved = 1 + (c.Dispute.PeopleInvolved ?? 0), Category = (Category)(choice % 15), Source = (Source)(choice % 9), Summary = $"{choice}", OccurredOn = at.Today },
            addressDiffers: choice % 2 == 0, "Written down wrongly", at),
        CaseAction.AddParty => c.AddParty(new Party(at.NewId(), c.State is CaseState.InMediation || choice % 3 == 0 ? PartyRole.Respondent : PartyRole.ThirdParty, (PartyKind)(choice % 2)), at),
        CaseAction.CorrectParty => c.CorrectParty(
            new PartyCorrection(Last(c).Id, choice % 4 == 0 && Last(c).Role is not PartyRole.Applicant && c.Agreement?.EffectiveAt is null ? PartyRole.ThirdParty : null, (PartyKind)(choice % 2), [PartyFact.Phone]),
            "Other phone", at),
        CaseAction.WithdrawParty => c.WithdrawParty(Last(c).Id, "Lives elsewhere", at),
        CaseAction.RequestExtension => c.RequestExtension(ToExtend(c), 1, "Appraisal", true, at),
        CaseAction.DecideExtension => c.DecideExtension(
            c.Extensions.FirstOrDefault(e => e.State is ExtensionState.Requested)?.Id ?? Guid.Empty, choice % 2 == 1, null, "Note", at),
        CaseAction.Comment => c.Comment("Saw them", at),
        CaseAction.ProposeRisk => c.ProposeRisk(Risk.Orange, choice % 2 == 0, "Knives", at),
        CaseAction.ConfirmRisk => c.ConfirmRisk(Risk.Red, "The mayor", choice % 2 == 0, "Watch", at),
        CaseAction.RecordPoliceNotice => c.RecordPoliceNotice(at.Today, "Duty officer", null, at),
        CaseAction.Attach => c.Attach(Papers(at), at),
        CaseAction.WithdrawAttachment => c.WithdrawAttachment(
            c.Attachments.FirstOrDefault(a => CaseAuthority.MayWithdraw(c, at.By, a))?.Id ?? Guid.Empty, "Another case's", at),
        CaseAction.Link => c.LinkTo(Scenario.Begin().Case, "same fence", at),
        CaseAction.IssueCard => c.IssueCard((CardColor)(choice % 2), at.Today.AddDays(3), "Answer", at),
        CaseAction.ReplyToCard => c.ReplyToCard("Done", at),
        CaseAction.LiftCard => c.LiftCard("Answered", at),
        CaseAction.Redirect => choice % 2 == 0 ? c.RedirectTo(at.By.Roles[0].Unit, "Theirs", at) : c.RedirectTo(SampleCity.AtCourt, "Theirs", at),
    };

    private static Attachment Papers(CaseContext at) =>
        new(at.NewId(), AttachmentKind.Evidence, SampleCity.Applicant.Id, "wall.jpg", "image/jpeg", 3, new string('a', 64), "key", false, at.By.UserName, at.Now);

    private static AgreementText Text(Case c, CaseContext at, int choice) => new(
        (AgreementForm)(choice % 2), "No cocks before six.", 200, choice % 3 == 0 ? [] : [new PromisedObligation(c.Principals.Last().Id, "Pays", at.Today.AddDays(10), 200)]);

    /// <summary>The last party that is no applicant: one applicant stays.</summary>
    private static Party Last(Case c) => c.PresentParties.LastOrDefault(p => p.Role is not PartyRole.Applicant) ?? c.PresentParties.First();

    private static UnitCode Child(UnitCode unit) => unit.Level is UnitLevel.Grid ? unit : new(unit.Value + (unit.Level is UnitLevel.City ? "01" : "001"));

    private static string NextSigner(Case c) => c.Principals.Select(p => p.Id).Union(c.Agreement?.Obligations.Select(o => o.PartyId) ?? []).Select(id => id.ToString()).Append(Agreement.MediatorSigner).Append(Agreement.SealSigner)
        .FirstOrDefault(s => c.Agreement?.Signatures.Any(given => given.Signer == s) is not true, Agreement.SealSigner);

    private static Guid ToExtend(Case c) => c.Clocks.LastOrDefault(k => k.Status is ClockStatus.Running
        && k.Kind is ClockKind.Handling or ClockKind.Mediation or ClockKind.Performance or ClockKind.Case
        && !c.Extensions.Any(e => e.ClockId == k.Id && e.State is ExtensionState.Requested))?.Id ?? Guid.Empty;
}
