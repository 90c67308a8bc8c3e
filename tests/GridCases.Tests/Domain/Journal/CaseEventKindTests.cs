using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Tests.Domain.Journal;

/// <summary>
/// Journals are hashed as they were stored: names and forms never change. Whoever adds a kind or a key adds it here; whoever has to change what stands here
/// breaks every journal that there is.
/// </summary>
public class CaseEventKindTests
{
    /// <summary>Every kind by its stored name with its stored keys in their order; those with a question mark are told only sometimes.</summary>
    private static readonly string[] Stored =
    [
        "Accept",
        "AcceptEntrustment documentNumber? receivedOn",
        "AcknowledgeEscalation clock clockId escalation level note?",
        "AddParty consented? kind party refused? role sha256? version? voidedSignatures?",
        "ApplyForConfirmation applicants court leftOut?",
        "Archive missing? missingReason? noSubsidy? subsidy?",
        "AssignDown to",
        "AssignMediation entrustment? mediator? organisation track",
        "Attach attachment concession? kind length sha256",
        "BringOver at category formerNumber number parties source state unit",
        "ClockRecomputed clock clockId dueAfter dueBefore policyAfter? policyBefore? provisional",
        "Comment note",
        "CompleteHandling outcome summary",
        "ConfirmRisk policeNotice? prevention? risk sponsor? violence?",
        "Correct amountInDisputeAfter? amountInDisputeBefore? categoryAfter? categoryBefore? changed? occurredOnAfter? occurredOnBefore? peopleInvolvedAfter? peopleInvolvedBefore? "
            + "placeAfter? placeBefore? reason scaleAfter? scaleBefore? sourceAfter? sourceBefore? summaryAfter? summaryBefore? titleAfter? titleBefore? urgencyAfter? urgencyBefore?",
        "CorrectParty changed kindAfter? kindBefore? party reason roleAfter? roleBefore? sha256? version? voidedSignatures?",
        "DecideExtension days? extension granted note?",
        "DecideSham founded note report",
        "Decline otherRemedies reason",
        "DiscloseConflict mediator parties reason",
        "DismissEscalation clock clockId escalation level reason",
        "Escalate clock clockId dueAt level to?",
        "FailMediation reason remediesNoticed",
        "GrantExtension clock days extension partiesAgree? reason",
        "HandOver from mediator reason",
        "IssueCard card color note replyDueOn",
        "LiftCard card reason",
        "Link to",
        "LinkedFrom from",
        "Merge into reason",
        "MergedFrom from number",
        "MoveToSuccessor from to",
        "PlanSession at online?",
        "ProposeRisk reason risk violence?",
        "ReachAgreement form sha256 version",
        "Reassign mediator reason",
        "Recall reason",
        "RecordConfirmation decidedOn documentNumber? reason? result",
        "RecordConsent consented? party refused?",
        "RecordCourtResult decidedOn documentNumber? result",
        "RecordFollowUp method satisfaction visitedOn",
        "RecordInvestigation concession? heldAt online? participants? session",
        "RecordPerformance note? obligation performedOn",
        "RecordPoliceNotice deliveredOn policeNotice reference?",
        "RecordSession concession? heldAt online? participants? session",
        "Recuse mediator reason",
        "Redirect mediator? organisation? reason to? track?",
        "ReferOut name reason to",
        "RefuseAssignment reason",
        "Register category number parties source unit",
        "Reopen reason times to",
        "ReplyToCard card reply",
        "ReportSham reason report",
        "RequestExtension clock days extension partiesAgree? reason",
        "RerouteEscalation clock clockId from? level to?",
        "ResolveOnSpot summary",
        "Resume reason?",
        "Return reason to",
        "ReturnForRework reason state to",
        "ReviseAgreement form sha256 version voidedSignatures",
        "Sign effective? how image? sha256 signer version",
        "SignSession image session signer",
        "StartMediation consented mediator receivedOn? refused?",
        "Submit to",
        "SubmitUpward reason to",
        "Suspend expectedResumeOn? reason",
        "SwitchTrack from? organisation reason track",
        "TakeBackEscalation clock clockId dueAt level",
        "TakeOver reason to",
        "Terminate party? reason",
        "Unmask purpose",
        "Verify note? satisfaction settled",
        "Withdraw reason",
        "WithdrawAttachment attachment reason",
        "WithdrawParty party reason",
        "WithdrawSignature how reason signer version",
    ];

    [Test]
    public void Every_kind_is_stored_under_its_name_with_its_keys() => Assert.That(
        Enum.GetValues<CaseEventKind>().Select(kind => $"{kind} {string.Join(' ', Declared(kind))}".TrimEnd()).Order(StringComparer.Ordinal),
        Is.EqualTo(Stored));

    [Test]
    public void Every_kind_of_value_is_stored_in_its_form()
    {
        var (id, day, instant) = (new Guid("0196c0de-0000-7000-9000-00000000000a"), new DateOnly(2026, 3, 2), new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        Assert.Multiple(() =>
        {
            AssertStored("""{"category":"Neighbours","number":"9901012026-000001","parties":["0196c0de-0000-7000-9000-00000000000a"],"source":"Patrol","unit":"990101001001001"}""",
                CaseEvent.Of(CaseEventKind.Register, EventKey.Number.Is("9901012026-000001"), EventKey.Unit.Is(new UnitCode("990101001001001")), EventKey.Category.Is(Category.Neighbours),
                    EventKey.Source.Is(Source.Patrol), EventKey.Parties.Are([id])));
            AssertStored("""{"reason":"“太大”","to":"990101001"}""",
                CaseEvent.Of(CaseEventKind.SubmitUpward, EventKey.Reason.Is("“太大”"), EventKey.To.Is(new UnitCode("990101001"))));
            AssertStored("""{"consented":[],"mediator":"Accepted","refused":["0196c0de-0000-7000-9000-00000000000a"]}""",
                CaseEvent.Of(CaseEventKind.StartMediation, EventKey.Choice.Is(MediatorChoice.Accepted), EventKey.Consented.Are([]), EventKey.Refused.IfAny([id])));
            AssertStored("""{"heldAt":"2026-03-02T01:00:00.000Z","online":true,"session":"0196c0de-0000-7000-9000-00000000000a"}""",
                CaseEvent.Of(CaseEventKind.RecordSession, EventKey.Session.Is(id), EventKey.HeldAt.Is(instant), EventKey.Concession.If(false), EventKey.Online.If(true), EventKey.Participants.IfAny([])));
            AssertStored("""{"obligation":"0196c0de-0000-7000-9000-00000000000a","performedOn":"2026-03-02"}""",
                CaseEvent.Of(CaseEventKind.RecordPerformance, EventKey.Obligation.Is(id), EventKey.PerformedOn.Is(day), EventKey.Note.Is(null)));
            AssertStored("""{"missing":["IdentityPapers","MediationRecord"],"missingReason":"lost","subsidy":200.5}""",
                CaseEvent.Of(CaseEventKind.Archive, EventKey.Missing.IfAny([FileItem.IdentityPapers, FileItem.MediationRecord]), EventKey.MissingReason.Is("lost"), EventKey.Subsidy.Is(200.5m)));
            AssertStored("""{"extension":"0196c0de-0000-7000-9000-00000000000a","granted":false}""",
                CaseEvent.Of(CaseEventKind.DecideExtension, EventKey.Extension.Is(id), EventKey.Granted.Is(false)));
            AssertStored("{}", CaseEvent.Of(CaseEventKind.Accept));
        });
    }

    [Test]
    public void A_line_tells_nothing_but_what_its_kind_declares_and_all_that_it_always_tells()
    {
        Assert.That(() => CaseEvent.Of(CaseEventKind.Accept, EventKey.Note.Is("why not")), Throws.InvalidOperationException);
        Assert.That(() => CaseEvent.Of(CaseEventKind.ReferOut, EventKey.To.Is(new UnitCode("9901")), EventKey.Name.Is("Court"), EventKey.Reason.Is("Crime")),
            Throws.InvalidOperationException, "of two keys of one name only the kind's own will do");
        Assert.That(() => CaseEvent.Of(CaseEventKind.Withdraw), Throws.InvalidOperationException);
        Assert.That(() => CaseEvent.Of(CaseEventKind.Withdraw, EventKey.Reason.Is(null)), Throws.InvalidOperationException);
    }

    [Test]
    public void No_kind_tells_two_things_under_one_name() =>
        Assert.That(Enum.GetValues<CaseEventKind>().Where(kind => kind.Shape().Keys.DistinctBy(k => k.StoredName).Count() != kind.Shape().Keys.Length), Is.Empty);

    [Test]
    public void The_line_of_an_action_bears_its_name()
    {
        Assert.That(Enum.GetValues<CaseAction>().Select(action => CaseEventKinds.Of(action).ToString()), Is.EqualTo(Enum.GetNames<CaseAction>()));
        Assert.That(Enum.GetValues<CaseEventKind>().Select(kind => kind.Action()).OfType<CaseAction>(), Is.EquivalentTo(Enum.GetValues<CaseAction>()));
    }

    [TestCase("Register", CaseEventKind.Register)]
    [TestCase("register", null)]
    [TestCase("0", null)]
    [TestCase("Foretell", null, Description = "a later version's")]
    public void A_stored_name_is_found_exactly(string stored, CaseEventKind? kind) => Assert.That(CaseEventKinds.Find(stored), Is.EqualTo(kind));

    private static IEnumerable<string> Declared(CaseEventKind kind) =>
        kind.Shape().Always.Select(key => key.StoredName).Concat(kind.Shape().Sometimes.Select(key => $"{key.StoredName}?")).Order(StringComparer.Ordinal);

    private static void AssertStored(string json, CaseEvent line) => Assert.That(JsonSerializer.Serialize(line.Data, Json.Options), Is.EqualTo(json));
}
