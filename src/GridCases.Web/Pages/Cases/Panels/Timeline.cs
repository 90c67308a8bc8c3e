using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>A line of the journal as people read it.</summary>
/// <param name="What">What was done.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When, in words.</param>
/// <param name="Instant">When, for programs: value of <c>datetime</c>.</param>
/// <param name="Kind">Class of the line: remark for a comment, sys for the system, over for an escalation.</param>
/// <param name="Lines">Reasons, notes, particulars.</param>
/// <param name="Mark">A mark behind the last line.</param>
public sealed record TimelineLine(string What, string By, string At, string Instant, string Kind, IReadOnlyList<string> Lines, string? Mark = null)
{
    /// <summary>The journal of a case, the newest first.</summary>
    public static IEnumerable<TimelineLine> Of(CaseDetails details) => details.Journal.Reverse().Select(line => new Reader(details, line).Read());

    private sealed class Reader(CaseDetails details, GetJournal.Row line)
    {
        private readonly EventData _data = line.Particulars;

        public TimelineLine Read()
        {
            var (what, lines) = Sentences();
            var kind = line.Kind switch
            {
                CaseEventKind.Escalate => "over",
                CaseEventKind.Comment => "remark",
                _ when line.By == "system" => "sys",
                _ => "",
            };
            var by = line.By == "system" ? Localized.Case("System") : line.ByName ?? line.By;
            if (Text(EventKey.OnBehalfOf) is { } colleague)
                by = Localized.Unit("OnBehalfOf", by, details.User(colleague));
            var mark = line.Kind is CaseEventKind.RecordSession or CaseEventKind.RecordInvestigation && Session is { Concession: true } ? Localized.Case("ConcessionMark") : null;
            return new TimelineLine(what, by, Localized.Moment(line.At, details.Today), line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), kind, [.. lines.OfType<string>().Where(l => l.Length > 0)], mark);
        }

        private (string What, string?[] Lines) Sentences() => line.Kind switch
        {
            CaseEventKind.Register => (Sentence(), [Word(EventKey.Source)]),
            CaseEventKind.BringOver => (Sentence(Text(EventKey.FormerNumber) ?? ""), [Joined(Word(EventKey.Source), Word(EventKey.State))]),
            CaseEventKind.Submit or CaseEventKind.AssignDown => (Sentence(Unit(EventKey.To)), []),
            CaseEventKind.SubmitUpward or CaseEventKind.Return or CaseEventKind.TakeOver or CaseEventKind.ReturnForRework => (Sentence(Unit(EventKey.To)), [Text(EventKey.Reason)]),
            CaseEventKind.Merge => (Sentence(details.Names.MergedIntoNumber ?? Localized.Case("AnotherCase")), [Text(EventKey.Reason)]),
            CaseEventKind.Decline => (Sentence(), [Text(EventKey.Reason), Labelled("Entry.Remedies", Text(EventKey.OtherRemedies))]),
            CaseEventKind.AssignMediation => (Sentence(), [Mediation(), Word(EventKey.Entrustment)]),
            CaseEventKind.SwitchTrack => (Sentence(Word(EventKey.Track) ?? ""), [Organisation(), Text(EventKey.Reason)]),
            CaseEventKind.Redirect => (Sentence(Unit(EventKey.To) is { Length: > 0 } unit ? unit : Organisation() ?? ""), [Text(EventKey.Reason)]),
            CaseEventKind.Reassign => (Sentence(details.User(Text(EventKey.Mediator) ?? "")), [Text(EventKey.Reason)]),
            CaseEventKind.ReferOut => (Sentence(Text(EventKey.Name) ?? Word(EventKey.Target) ?? ""), [Text(EventKey.Reason)]),
            CaseEventKind.StartMediation => (Localized.Case(Parties(EventKey.Refused) is null ? "Event.StartMediation" : "Event.StartMediation.Refused"),
                [Labelled("Entry.Consented", Parties(EventKey.Consented)), Labelled("Entry.Refused", Parties(EventKey.Refused)), Labelled("Entry.Choice", Word(EventKey.Choice))]),
            CaseEventKind.RecordSession or CaseEventKind.RecordInvestigation => (Sentence(), [SessionLine(), Session?.Note]),
            CaseEventKind.PlanSession => (Sentence(Due(EventKey.At)), [Is(EventKey.Online) ? Localized.Case("Online") : null]),
            CaseEventKind.RecordConsent => (Localized.Case(Parties(EventKey.Refused) is null ? "Event.RecordConsent" : "Event.RecordConsent.Refused", Party(EventKey.Party) ?? ""), []),
            CaseEventKind.Correct => (Sentence(), [.. Corrected(), Text(EventKey.Reason), ClocksStay()]),
            CaseEventKind.AddParty => (Sentence(Party(EventKey.Party) ?? "", Word(EventKey.Role) ?? ""), [Labelled("Entry.Refused", Parties(EventKey.Refused)), Voided()]),
            CaseEventKind.CorrectParty => (Sentence(Party(EventKey.Party) ?? ""),
            [
                Labelled("Entry.Changed", Words(EventKey.ChangedOfParty)), FromTo(Field("Role"), Word(EventKey.RoleBefore), Word(EventKey.RoleAfter)),
                FromTo(Field("Kind"), Word(EventKey.KindBefore), Word(EventKey.KindAfter)), Text(EventKey.Reason), Voided(),
            ]),
            CaseEventKind.WithdrawParty => (Sentence(Party(EventKey.Party) ?? ""), [Text(EventKey.Reason)]),
            CaseEventKind.Recuse => (Sentence(details.User(Text(EventKey.Mediator) ?? line.By)), [Text(EventKey.Reason)]),
            CaseEventKind.AcceptEntrustment => (Sentence(), [Joined(Day(EventKey.ReceivedOn), Text(EventKey.DocumentNumber))]),
            CaseEventKind.DiscloseConflict => (Sentence(details.User(Text(EventKey.Mediator) ?? line.By)), [Text(EventKey.Reason)]),
            CaseEventKind.RecordCourtResult => (Sentence(Word(EventKey.CourtResult) ?? ""), [Joined(Text(EventKey.DocumentNumber), Day(EventKey.DecidedOn))]),
            CaseEventKind.DecideSham => (Localized.Case(Is(EventKey.Founded) ? "Event.DecideSham.Founded" : "Event.DecideSham"), [Text(EventKey.Note)]),
            CaseEventKind.Attach => (Sentence(Word(EventKey.Kind) ?? ""), []),
            CaseEventKind.WithdrawAttachment => (Sentence(Attachment() ?? ""), [Text(EventKey.Reason)]),
            CaseEventKind.Link or CaseEventKind.LinkedFrom => (Sentence(OtherCase is { } other ? details.Linked(other) : Localized.Case("AnotherCase")), [OtherCase is { } linked ? details.WhyLinked(linked) : null]),
            CaseEventKind.Archive => (Sentence(), [Labelled("Entry.Missing", Words(EventKey.Missing)), Text(EventKey.MissingReason), Is(EventKey.NoSubsidy) ? Localized.Case("Entry.NoSubsidy") : null]),
            CaseEventKind.RecordPoliceNotice => (Sentence(), [Joined(Day(EventKey.DeliveredOn), Text(EventKey.Reference))]),
            CaseEventKind.ReachAgreement => (Sentence(Word(EventKey.Form) ?? ""), []),
            CaseEventKind.ReviseAgreement => (Sentence(Number(EventKey.Version)), [Number(EventKey.VoidedSignatures) > 0 ? Localized.Case("Entry.Voided", Number(EventKey.VoidedSignatures)) : null]),
            CaseEventKind.Sign => (Text(EventKey.Signer) is Agreement.SealSigner ? Localized.Case("Event.Sign.Seal") : Sentence(details.Signer(Text(EventKey.Signer) ?? "")),
                [Is(EventKey.Effective) ? Localized.Case("Entry.Effective", Number(EventKey.Version)) : Number(EventKey.Version) > 1 ? Localized.Case("Entry.Version", Number(EventKey.Version)) : null]),
            CaseEventKind.WithdrawSignature => (Sentence(details.Signer(Text(EventKey.Signer) ?? ""), Word(EventKey.How) ?? ""), [Text(EventKey.Reason)]),
            CaseEventKind.SignSession => (Sentence(details.Signer(Text(EventKey.Signer) ?? "")), [Session is { } signedRecord ? Localized.Moment(signedRecord.HeldAt, details.Today) : null]),
            CaseEventKind.FailMediation => (Sentence(), [Text(EventKey.Reason), Localized.Case("Entry.Noticed")]),
            CaseEventKind.Terminate => (Sentence(), [Labelled("Entry.Wish", Party(EventKey.Party)), Text(EventKey.Reason)]),
            CaseEventKind.Suspend => (Sentence(), [Text(EventKey.Reason), Labelled("Entry.ResumeOn", Day(EventKey.ExpectedResumeOn))]),
            CaseEventKind.RecordPerformance => (Sentence(), [Obligation(), Labelled("Entry.PerformedOn", Day(EventKey.PerformedOn)), Text(EventKey.Note)]),
            CaseEventKind.ApplyForConfirmation => (Sentence(), [Text(EventKey.Court)]),
            CaseEventKind.RecordConfirmation => (Sentence(Word(EventKey.Result) ?? ""), [Joined(Text(EventKey.DocumentNumber), Day(EventKey.DecidedOn)), Text(EventKey.Reason)]),
            CaseEventKind.CompleteHandling => (Sentence(Word(EventKey.Outcome) ?? ""), [Text(EventKey.Summary)]),
            CaseEventKind.Verify => (Sentence(), [Localized.Case("Entry.Satisfaction", Number(EventKey.Satisfaction)), Text(EventKey.Note)]),
            CaseEventKind.RecordFollowUp => (Sentence(), [Joined(Day(EventKey.VisitedOn), Text(EventKey.Method), Localized.Case("Entry.Satisfaction", Number(EventKey.Satisfaction)))]),
            CaseEventKind.Reopen => (Sentence(Number(EventKey.Times)), [Text(EventKey.Reason)]),
            CaseEventKind.RequestExtension or CaseEventKind.GrantExtension => (Sentence(Word(EventKey.Clock) ?? "", Number(EventKey.Days)), [Text(EventKey.Reason), Is(EventKey.PartiesAgree) ? Localized.Case("Entry.PartiesAgree") : null]),
            CaseEventKind.DecideExtension => (Is(EventKey.Granted) ? Localized.Case("Event.DecideExtension", Number(EventKey.Days)) : Localized.Case("Event.DecideExtension.Refused"), [Text(EventKey.Note)]),
            CaseEventKind.ProposeRisk => (Sentence(Word(EventKey.Risk) ?? ""), [Violence(), Text(EventKey.Reason)]),
            CaseEventKind.ConfirmRisk => (Sentence(Word(EventKey.Risk) ?? ""), [Labelled("Entry.Sponsor", Text(EventKey.Sponsor)), Violence(), Text(EventKey.Prevention)]),
            CaseEventKind.IssueCard => (Sentence(Word(EventKey.Color) ?? ""), [Text(EventKey.Note), Labelled("Entry.ReplyDue", Day(EventKey.ReplyDueOn))]),
            CaseEventKind.Escalate => (Unit(EventKey.To) is { Length: > 0 } to ? Sentence(to) : Localized.Case("Event.Escalate.Orphan"), [Joined(Word(EventKey.Clock), Localized.Case("Entry.Level", Number(EventKey.Level)))]),
            CaseEventKind.RerouteEscalation => (Unit(EventKey.To) is { Length: > 0 } now ? Sentence(now) : Localized.Case("Event.Escalate.Orphan"), [Word(EventKey.Clock)]),
            CaseEventKind.TakeBackEscalation => (Sentence(Word(EventKey.Clock) ?? ""), []),
            CaseEventKind.ClockRecomputed => (Sentence(Word(EventKey.Clock) ?? ""), [Due(EventKey.DueBefore) == Due(EventKey.DueAfter) ? null : Localized.Case("Entry.DueMoved", Due(EventKey.DueBefore), Due(EventKey.DueAfter))]),
            CaseEventKind.Unmask => (Sentence(), [Labelled("Entry.Purpose", Text(EventKey.Purpose))]),
            CaseEventKind.HandOver => (Sentence(details.User(Text(EventKey.FromMediator) ?? ""), details.User(Text(EventKey.Mediator) ?? "")), [Text(EventKey.Reason)]),
            CaseEventKind.MoveToSuccessor => (Sentence(Unit(EventKey.From), Unit(EventKey.To)), []),
            CaseEventKind.MergedFrom => (Sentence(Text(EventKey.Number) ?? Localized.Case("AnotherCase")), []),
            null => (line.Action, []),
            // What has no particulars but what somebody wrote.
            _ => (Sentence(), [Text(EventKey.Reason) ?? Text(EventKey.Note) ?? Text(EventKey.Summary) ?? Text(EventKey.Reply)]),
        };

        /// <summary>What a correction changed, from what to what; of an address only that.</summary>
        private IEnumerable<string?> Corrected() =>
        [
            FromTo(Field("Title"), Text(EventKey.TitleBefore), Text(EventKey.TitleAfter)),
            FromTo(Field("Summary"), Text(EventKey.SummaryBefore), Text(EventKey.SummaryAfter)),
            FromTo(Field("Category"), Word(EventKey.CategoryBefore), Word(EventKey.CategoryAfter)),
            FromTo(Field("OccurredOn"), Day(EventKey.OccurredOnBefore), Day(EventKey.OccurredOnAfter)),
            FromTo(Field("Source"), Word(EventKey.SourceBefore), Word(EventKey.SourceAfter)),
            FromTo(Field("Urgency"), Word(EventKey.UrgencyBefore), Word(EventKey.UrgencyAfter)),
            FromTo(Field("Scale"), Word(EventKey.ScaleBefore), Word(EventKey.ScaleAfter)),
            FromTo(Field("PeopleInvolved"), _data.Get(EventKey.PeopleInvolvedBefore)?.ToString(CultureInfo.CurrentCulture), _data.Get(EventKey.PeopleInvolvedAfter)?.ToString(CultureInfo.CurrentCulture)),
            FromTo(Field("AmountInDispute"), Yuan(EventKey.AmountInDisputeBefore), Yuan(EventKey.AmountInDisputeAfter)),
            FromTo(Field("Place"), Place(EventKey.PlaceBefore), Place(EventKey.PlaceAfter)),
            Labelled("Entry.Changed", Words(EventKey.ChangedFacts)),
        ];

        private static string? FromTo(string field, string? before, string? after) =>
            before is null && after is null ? null : Localized.Case("Entry.FromTo", field, before ?? Localized.Case("Entry.Nothing"), after ?? Localized.Case("Entry.Nothing"));

        private static string Field(string name) => Texts.Text.Field(name);

        private string? ClocksStay() => _data.Has(EventKey.CategoryAfter) || _data.Has(EventKey.UrgencyAfter) ? Localized.Case("Entry.ClocksStay") : null;

        private string? Voided() => Number(EventKey.VoidedSignatures) > 0 ? Localized.Case("Entry.Voided", Number(EventKey.VoidedSignatures)) : null;

        private string? Yuan(ValueKey<decimal> key) => _data.Get(key) is { } amount ? Localized.Yuan(amount) : null;

        private string? Place(ValueKey<UnitCode> key) => _data.Get(key) is { } unit ? details.Names.Units.GetValueOrDefault(unit.Value, unit.Value) : null;

        private ListSessions.Session? Session => details.Held.Sessions.FirstOrDefault(s => s.Id == _data.Get(EventKey.Session));

        private Guid? OtherCase => _data.Get(line.Kind is CaseEventKind.Link ? EventKey.ToCase : EventKey.FromCase);

        private string Sentence(params object[] args) => Localized.Case($"Event.{line.Action}", args);

        private static string? Labelled(string key, string? what) => what is null ? null : Localized.Case(key, what);

        private static string? Joined(params IEnumerable<string?> parts) => string.Join(Localized.Case("Comma"), parts.Where(p => p is not null));

        private string? Text(TextKey key) => _data.Get(key);

        private string? Text(ProseKey key) => _data.Get(key);

        private int Number(ValueKey<int> key) => _data.Get(key) ?? 0;

        private bool Is(FlagKey key) => _data.Is(key);

        private string? Word<TWord>(ValueKey<TWord> key)
            where TWord : struct, Enum => _data.Get(key) is { } word ? Localized.Word(word) : null;

        private string? Words<TWord>(ListKey<TWord> key)
            where TWord : struct, Enum => _data.Get(key) is { } words ? string.Join(Localized.Page("ListComma"), words.Select(w => Localized.Word(w))) : null;

        private string? Day(ValueKey<DateOnly> key) => _data.Get(key) is { } day ? Localized.Day(day, details.Today) : null;

        private string Due(ValueKey<DateTimeOffset> key) => _data.Get(key) is { } due ? Localized.Moment(due, details.Today) : "";

        private string Unit(ValueKey<UnitCode> key) => _data.Get(key) is { } unit ? details.Centre(unit) : "";

        private string? Organisation() => _data.Get(EventKey.Organisation) is { } id ? details.Names.Organisations.GetValueOrDefault(id) : null;

        private string Mediation() => string.Join(" · ", new[] { Word(EventKey.Track), Organisation(), Text(EventKey.Mediator) is { } name ? details.User(name) : null }.OfType<string>());

        private string? Party(ValueKey<Guid> key) => _data.Get(key) is { } id ? details.Party(id) : null;

        private string? Parties(ListKey<Guid> key) => _data.Get(key) is { Count: > 0 } ids ? string.Join(Localized.Page("ListComma"), ids.Select(details.Party)) : null;

        private string? Obligation() => details.View.Agreement?.Obligations.FirstOrDefault(o => o.Id == _data.Get(EventKey.Obligation))?.Text;

        private string? Violence() => Is(EventKey.Violence) ? Localized.Case("Entry.Violence") : null;

        private string? Attachment() =>
            details.Journal.FirstOrDefault(j => j.Kind is CaseEventKind.Attach && j.Particulars.Get(EventKey.Attachment) == _data.Get(EventKey.Attachment))?.Particulars.Get(EventKey.Kind) is { } kind
                ? Localized.Word(kind)
                : null;

        private string? SessionLine() => Session is { } session
            ? Joined(Localized.Moment(session.HeldAt, details.Today), session.Online ? Localized.Case("Online") : session.Place)
            : null;
    }
}
