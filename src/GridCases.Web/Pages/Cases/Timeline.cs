using System.Globalization;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases;

/// <summary>A line of the journal as people read it.</summary>
/// <param name="What">What was done.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When, in words.</param>
/// <param name="Instant">When, for programs: value of <c>datetime</c>.</param>
/// <param name="Kind">Class of the line: say for words, sys for the system, over for an escalation.</param>
/// <param name="Lines">Reasons, notes, particulars.</param>
/// <param name="Mark">A mark behind the last line.</param>
public sealed record TimelineLine(string What, string By, string At, string Instant, string Kind, IReadOnlyList<string> Lines, string? Mark = null)
{
    /// <summary>The journal of a case, the newest first.</summary>
    public static IEnumerable<TimelineLine> Of(CaseSheet sheet) => sheet.Journal.Reverse().Select(line => new Reader(sheet, line).Read());

    /// <summary>Reads one line.</summary>
    private sealed class Reader(CaseSheet sheet, GetJournal.Row line)
    {
        private readonly JsonElement _data = line.Data;

        public TimelineLine Read()
        {
            var (what, lines) = Sentences();
            var kind = line.Action switch
            {
                "Escalate" => "over",
                nameof(CaseAction.Comment) => "say",
                _ when line.By == "system" => "sys",
                _ => "",
            };
            var by = line.By == "system" ? T.C("System") : line.ByName ?? line.By;
            var mark = line.Action is nameof(CaseAction.RecordSession) or nameof(CaseAction.RecordInvestigation) && Session is { Concession: true } ? T.C("ConcessionMark") : null;
            return new TimelineLine(what, by, T.Moment(line.At, sheet.Today), line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), kind, [.. lines.OfType<string>().Where(l => l.Length > 0)], mark);
        }

        private (string What, string?[] Lines) Sentences() => line.Action switch
        {
            "Register" => (Say(), [Word<Source>("source")]),
            nameof(CaseAction.Submit) or nameof(CaseAction.AssignDown) => (Say(Unit("to")), []),
            nameof(CaseAction.SubmitUpward) or nameof(CaseAction.Return) or nameof(CaseAction.TakeOver) or nameof(CaseAction.ReturnForRework) => (Say(Unit("to")), [Text("reason")]),
            nameof(CaseAction.ResolveOnSpot) => (Say(), [Text("summary")]),
            nameof(CaseAction.Merge) => (Say(sheet.Names.MergedIntoNumber ?? ""), [Text("reason")]),
            nameof(CaseAction.Decline) => (Say(), [Text("reason"), Told("Told.Remedies", Text("otherRemedies"))]),
            nameof(CaseAction.AssignMediation) => (Say(), [Mediation(), Word<Entrustment>("entrustment")]),
            nameof(CaseAction.SwitchTrack) => (Say(Word<MediationTrack>("track") ?? ""), [Organisation(), Text("reason")]),
            nameof(CaseAction.Redirect) => (Say(Unit("to") is { Length: > 0 } unit ? unit : Organisation() ?? ""), [Text("reason")]),
            nameof(CaseAction.Reassign) => (Say(sheet.User(Text("mediator") ?? "")), [Text("reason")]),
            nameof(CaseAction.ReferOut) => (Say(Text("name") ?? Word<ReferralTarget>("to") ?? ""), [Text("reason")]),
            nameof(CaseAction.StartMediation) => (T.C(Parties("refused") is null ? "Event.StartMediation" : "Event.StartMediation.Refused"),
                [Told("Told.Consented", Parties("consented")), Told("Told.Refused", Parties("refused")), Told("Told.Choice", Word<MediatorChoice>("mediator"))]),
            nameof(CaseAction.RecordSession) or nameof(CaseAction.RecordInvestigation) => (Say(), [SessionLine(), Session?.Note]),
            nameof(CaseAction.PlanSession) => (Say(Due("at")), [Is("online") ? T.C("Online") : null]),
            nameof(CaseAction.Recuse) => (Say(sheet.User(Text("mediator") ?? line.By)), [Text("reason")]),
            nameof(CaseAction.DecideSham) => (T.C(Is("founded") ? "Event.DecideSham.Founded" : "Event.DecideSham"), [Text("note")]),
            nameof(CaseAction.Attach) => (Say(Word<AttachmentKind>("kind") ?? ""), []),
            nameof(CaseAction.WithdrawAttachment) => (Say(Attachment() ?? ""), [Text("reason")]),
            nameof(CaseAction.Link) or nameof(Case.LinkedFrom) => (Say(Guid.TryParse(Text("to") ?? Text("from"), out var other) ? sheet.Linked(other) : ""), [sheet.WhyLinked(other)]),
            nameof(CaseAction.Archive) => (Say(), [Told("Told.Missing", Words<FileItem>("missing")), Text("missingReason"), Is("noSubsidy") ? T.C("Told.NoSubsidy") : null]),
            nameof(CaseAction.RecordPoliceNotice) => (Say(), [Joined(Day("deliveredOn"), Text("reference"))]),
            nameof(CaseAction.ReachAgreement) => (Say(Word<AgreementForm>("form") ?? ""), []),
            nameof(CaseAction.ReviseAgreement) => (Say(Number("version")), [Number("voidedSignatures") > 0 ? T.C("Told.Voided", Number("voidedSignatures")) : null]),
            nameof(CaseAction.Sign) => (Text("signer") is Agreement.SealSigner ? T.C("Event.Sign.Seal") : Say(sheet.Signer(Text("signer") ?? "")),
                [Is("effective") ? T.C("Told.Effective", Number("version")) : Number("version") > 1 ? T.C("Told.Version", Number("version")) : null]),
            nameof(CaseAction.FailMediation) => (Say(), [Text("reason"), T.C("Told.Noticed")]),
            nameof(CaseAction.Terminate) => (Say(), [Told("Told.Wish", Party("party")), Text("reason")]),
            nameof(CaseAction.Suspend) => (Say(), [Text("reason"), Told("Told.ResumeOn", Day("expectedResumeOn"))]),
            nameof(CaseAction.RecordPerformance) => (Say(), [Obligation(), Told("Told.PerformedOn", Day("performedOn")), Text("note")]),
            nameof(CaseAction.ApplyForConfirmation) => (Say(), [Text("court")]),
            nameof(CaseAction.RecordConfirmation) => (Say(Word<ConfirmationResult>("result") ?? ""), [Joined(Text("documentNumber"), Day("decidedOn")), Text("reason")]),
            nameof(CaseAction.CompleteHandling) => (Say(Word<Outcome>("outcome") ?? ""), [Text("summary")]),
            nameof(CaseAction.Verify) => (Say(), [T.C("Told.Satisfaction", Number("satisfaction")), Text("note")]),
            nameof(CaseAction.RecordFollowUp) => (Say(), [Joined(Day("visitedOn"), Text("method"), T.C("Told.Satisfaction", Number("satisfaction")))]),
            nameof(CaseAction.Reopen) => (Say(Number("times")), [Text("reason")]),
            nameof(CaseAction.RequestExtension) or "GrantExtension" => (Say(Word<ClockKind>("clock") ?? "", Number("days")), [Text("reason"), Is("partiesAgree") ? T.C("Told.PartiesAgree") : null]),
            nameof(CaseAction.DecideExtension) => (Is("granted") ? T.C("Event.DecideExtension", Number("days")) : T.C("Event.DecideExtension.Refused"), [Text("note")]),
            nameof(CaseAction.Comment) => (Say(), [Text("note")]),
            nameof(CaseAction.ProposeRisk) => (Say(Word<Risk>("risk") ?? ""), [Violence(), Text("reason")]),
            nameof(CaseAction.ConfirmRisk) => (Say(Word<Risk>("risk") ?? ""), [Told("Told.Sponsor", Text("sponsor")), Violence(), Text("prevention")]),
            nameof(CaseAction.IssueCard) => (Say(Word<CardColor>("color") ?? ""), [Text("note"), Told("Told.ReplyDue", Day("replyDueOn"))]),
            nameof(CaseAction.ReplyToCard) => (Say(), [Text("reply")]),
            "Escalate" => (Unit("to") is { Length: > 0 } to ? Say(to) : T.C("Event.Escalate.Orphan"), [Joined(Word<ClockKind>("clock"), T.C("Told.Level", Number("level")))]),
            "RerouteEscalation" => (Unit("to") is { Length: > 0 } now ? Say(now) : T.C("Event.Escalate.Orphan"), [Word<ClockKind>("clock")]),
            "ClockRecomputed" => (Say(Word<ClockKind>("clock") ?? ""), [Due("dueBefore") == Due("dueAfter") ? null : T.C("Told.DueMoved", Due("dueBefore"), Due("dueAfter"))]),
            "Unmask" => (Say(), [Told("Told.Purpose", Text("purpose"))]),
            "MergedFrom" => (Say(Text("number") ?? ""), []),
            _ => (Say(), [Text("reason") ?? Text("note")]),
        };

        private ListSessions.Session? Session
        {
            get
            {
                var id = Text("session");
                return sheet.Held.Sessions.FirstOrDefault(s => s.Id.ToString() == id);
            }
        }

        private string Say(params object[] args) => T.C($"Event.{line.Action}", args);

        private static string? Told(string key, string? what) => what is null ? null : T.C(key, what);

        private static string? Joined(params IEnumerable<string?> parts) => string.Join(T.C("Comma"), parts.Where(p => p is not null));

        private string? Text(string name) => _data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

        private int Number(string name) => _data.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

        private bool Is(string name) => _data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

        private string? Word<TWord>(string name)
            where TWord : struct, Enum => Enum.TryParse<TWord>(Text(name), out var word) ? T.W(word) : null;

        private string? Words<TWord>(string name)
            where TWord : struct, Enum => _data.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
                ? string.Join(T.P("ListComma"), list.EnumerateArray().Select(w => Enum.TryParse<TWord>(w.GetString(), out var word) ? T.W(word) : ""))
                : null;

        private string? Day(string name) => DateOnly.TryParse(Text(name), CultureInfo.InvariantCulture, out var day) ? T.Day(day, sheet.Today) : null;

        private string Due(string name) => _data.TryGetProperty(name, out var value) && value.TryGetDateTimeOffset(out var due) ? T.Moment(due, sheet.Today) : "";

        private string Unit(string name) => UnitCode.TryParse(Text(name)) is { } unit ? sheet.Centre(unit) : "";

        private string? Organisation() => Guid.TryParse(Text("organisation"), out var id) ? sheet.Names.Organisations.GetValueOrDefault(id) : null;

        private string Mediation() => string.Join(" · ", new[] { Word<MediationTrack>("track"), Organisation(), Text("mediator") is { } name ? sheet.User(name) : null }.OfType<string>());

        private string? Party(string name) => Guid.TryParse(Text(name), out var id) ? sheet.Party(id) : null;

        private string? Parties(string name) => _data.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array && list.GetArrayLength() > 0
            ? string.Join(T.P("ListComma"), list.EnumerateArray().Select(NameOf))
            : null;

        private string NameOf(JsonElement id) => id.TryGetGuid(out var party) ? sheet.Party(party) : "";

        private string? Obligation()
        {
            var id = Text("obligation");
            return sheet.View.Agreement?.Obligations.FirstOrDefault(o => o.Id.ToString() == id)?.Text;
        }

        private string? Violence() => Is("violence") ? T.C("Told.Violence") : null;

        private string? Attachment()
        {
            var id = Text("attachment");
            return sheet.Journal.FirstOrDefault(j => j.Action == nameof(CaseAction.Attach) && j.Data.GetProperty("attachment").GetString() == id) is { } put
                && Enum.TryParse<AttachmentKind>(put.Data.GetProperty("kind").GetString(), out var kind) ? T.W(kind) : null;
        }

        private string? SessionLine() => Session is { } session
            ? Joined(T.Moment(session.HeldAt, sheet.Today), session.Online ? T.C("Online") : session.Place)
            : null;
    }
}
