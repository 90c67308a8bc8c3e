using System.Collections.Immutable;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Outbox;

namespace GridCases.Features.Documents;

/// <summary>All of a case that its documents are printed from, in one reading: nobody types a fact twice.</summary>
public sealed record CaseRecord
{
    public required Case Case { get; init; }

    /// <summary>Its parties in the order in which they were registered, without those that were withdrawn.</summary>
    public required IReadOnlyList<RecordedParty> Parties { get; init; }

    /// <summary>Parties that were withdrawn: no form names them, unless what it tells happened before.</summary>
    public IReadOnlyList<RecordedParty> WithdrawnParties { get; init; } = [];

    /// <summary>What the agreement in force was signed with, where something was corrected since; null where everything is as it was.</summary>
    public RecordAsSigned? Signed { get; init; }

    /// <summary>Mediation meetings, the oldest first.</summary>
    public required IReadOnlyList<RecordedSession> Sessions { get; init; }

    /// <summary>Visits after closing, the oldest first.</summary>
    public required IReadOnlyList<RecordedVisit> Visits { get; init; }

    /// <summary>Supervision cards, lifted ones too, the oldest first.</summary>
    public required IReadOnlyList<Card> Cards { get; init; }

    /// <summary>Notices to the police, the oldest first.</summary>
    public required IReadOnlyList<PoliceNotice> PoliceNotices { get; init; }

    public required IReadOnlyList<RecordedEvent> Journal { get; init; }

    /// <summary>What stands under the agreement in its present version, by signer.</summary>
    public required IReadOnlyDictionary<string, RecordedSignature> Signatures { get; init; }

    /// <summary>What was drawn under the records of meetings, by meeting and signer.</summary>
    public IReadOnlyDictionary<(Guid Session, string Signer), RecordedSignature> SessionSignatures { get; init; } = new Dictionary<(Guid, string), RecordedSignature>();

    /// <summary>Names of units by code.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    /// <summary>Names of people by user name.</summary>
    public required IReadOnlyDictionary<string, string> Users { get; init; }

    /// <summary>The organisation that mediates or did last; null when none ever did.</summary>
    public string? Organisation { get; init; }

    /// <summary>Address of the place, masked unless the record is <see cref="IsRevealed"/>.</summary>
    public string? PlaceAddress { get; init; }

    /// <summary>Whether numbers, phones and addresses stand there in full.</summary>
    public bool IsRevealed { get; init; }

    /// <summary>Whether concessions were left out (<see cref="CourtPacket"/>).</summary>
    public bool IsForCourt { get; init; }

    /// <summary>When it is printed.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The record with the parties' papers in full, for whoever was given them for a purpose; as it is, when nobody was.</summary>
    public CaseRecord InFull(UnmaskParties.Result? full)
    {
        if (full is null)
            return this;
        return this with
        {
            IsRevealed = true,
            PlaceAddress = full.Place.Address,
            Parties = Revealed(Parties, full.Parties),
            WithdrawnParties = Revealed(WithdrawnParties, full.Parties),
            Signed = Signed is null ? null : Signed with { Parties = Revealed(Signed.Parties, full.AsSigned) },
        };
    }

    /// <summary>The record as the agreement in force was signed with it.</summary>
    public CaseRecord AsSigned() => Signed is not { } signed ? this : this with
    {
        Case = Case with { Dispute = Case.Dispute with { Title = signed.Title, Summary = signed.Summary } },
        Parties = signed.Parties,
    };

    private static IReadOnlyList<RecordedParty> Revealed(IReadOnlyList<RecordedParty> parties, IReadOnlyList<UnmaskParties.PartyInFull> full)
    {
        var papers = full.ToDictionary(p => p.Id);
        return [.. parties.Select(p => papers.TryGetValue(p.Id, out var paper) ? p with { IdNumber = paper.IdNumber, Phone = paper.Phone, Address = paper.Address } : p)];
    }

    /// <summary>Files that were attached and not withdrawn, the oldest first.</summary>
    public IEnumerable<Attachment> Attachments => Case.Attachments.Where(a => a.Withdrawn is null);

    /// <summary>Meetings of one kind.</summary>
    public IEnumerable<RecordedSession> Held(SessionKind kind) => Sessions.Where(s => s.Kind == kind);

    /// <summary>The parties with a role.</summary>
    public IEnumerable<RecordedParty> InRole(PartyRole role) => Parties.Where(p => p.Role == role);

    /// <summary>Applicants and respondents.</summary>
    public IEnumerable<RecordedParty> Principals => Parties.Where(p => p.Role is PartyRole.Applicant or PartyRole.Respondent);

    /// <summary>A party, also one that was withdrawn.</summary>
    public RecordedParty? Party(Guid id) => Parties.Concat(WithdrawnParties).FirstOrDefault(p => p.Id == id);

    public string User(string? userName) => userName is null ? "" : Users.GetValueOrDefault(userName, userName);

    /// <summary>A unit as the one that acts: a grid by its name, any other by that of its centre.</summary>
    public string Centre(UnitCode unit) => unit.Level is UnitLevel.Grid ? Unit(unit) : $"{Unit(unit)}综治中心";

    public string Unit(UnitCode unit) => Units.GetValueOrDefault(unit.Value, unit.Value);

    /// <summary>The last line of the journal of a kind.</summary>
    public RecordedEvent? Last(CaseEventKind kind) => Journal.LastOrDefault(e => e.Kind == kind);

    /// <summary>The line by which mediation last ended without agreement: a refusal, a failure, a termination; null when it never did.</summary>
    public RecordedEvent? MediationEnd => Journal.LastOrDefault(EndsMediation);

    /// <summary>What the catalogue has to know.</summary>
    public FileFacts Facts => FactsOf(Case, Journal, Now) with
    {
        // Of these something may have been left out for a court.
        Sessions = Held(SessionKind.Mediation).Count(),
        Investigations = Held(SessionKind.Investigation).Count(),
    };

    /// <summary>What the catalogue has to know of a case, told from its journal.</summary>
    public static FileFacts FactsOf(Case of, IReadOnlyCollection<RecordedEvent> journal, DateTimeOffset now)
    {
        int Count(CaseEventKind kind) => journal.Count(e => e.Kind == kind);
        return new FileFacts
        {
            Source = of.Dispute.Source,
            HasApplicant = of.PresentParties.Any(p => p.Role is PartyRole.Applicant),
            HasRepresentative = of.PresentParties.Any(p => p.Role is PartyRole.Representative),
            IsDeclined = of.State is CaseState.Declined,
            IsAssigned = of.Mediation is not null,
            IsMediated = of.Mediation is not null && of.MediatedParties.Any() && of.MediatedParties.All(p => of.HasAnswered(p) && p.Consent is not { Given: false }),
            Sessions = Count(CaseEventKind.RecordSession),
            Investigations = Count(CaseEventKind.RecordInvestigation),
            Agreement = of.Agreement?.Form,
            IsBinding = of.Agreement?.EffectiveAt is not null,
            Obligations = of.Agreement?.Obligations.Length ?? 0,
            IsForConfirmation = of.Agreement?.Confirmation is not null
                || of.Clocks.Any(c => c.Kind is ClockKind.ConfirmationWindow && c.Status is ClockStatus.Running && !c.IsOverdueAt(now)),
            HasMediationEnded = journal.Any(EndsMediation),
            IsReferredOut = Count(CaseEventKind.ReferOut) > 0,
            PoliceNotices = of.PoliceNotice is null ? 0 : 1,
            Cards = Count(CaseEventKind.IssueCard),
            CardReplies = Count(CaseEventKind.ReplyToCard),
            Visits = Count(CaseEventKind.RecordFollowUp),
            IsCompleted = of.Outcome is Outcome.Settled or Outcome.Unsettled,
        };
    }

    private static bool EndsMediation(RecordedEvent line) => line.Kind is CaseEventKind.FailMediation or CaseEventKind.Terminate
        || (line.Kind is CaseEventKind.StartMediation or CaseEventKind.RecordConsent or CaseEventKind.AddParty && line.Data.Has(EventKey.Refused));

    /// <summary>The forms that can be printed, in the order of the file.</summary>
    public ImmutableArray<DocumentForm> Forms => [.. DocumentCatalogue.For(Facts).Where(e => e.IsAvailable && (!IsForCourt || DocumentCatalogue.IsForCourt(e.Form))).Select(e => e.Form)];
}

/// <summary>A party with its papers, masked unless the record is revealed.</summary>
public sealed record RecordedParty
{
    public Guid Id { get; init; }
    public PartyRole Role { get; init; }
    public PartyKind Kind { get; init; }
    public string Name { get; init; } = "";
    public Sex? Sex { get; init; }
    public string? IdNumber { get; init; }
    public string? Phone { get; init; }
    public string? Address { get; init; }
    public bool? ConsentGiven { get; init; }
    public string? ConsentHow { get; init; }
    public DateTimeOffset? ConsentAt { get; init; }
}

/// <summary>What an agreement in force was signed with.</summary>
/// <param name="Title">Title of the dispute.</param>
/// <param name="Summary">Its summary.</param>
/// <param name="Parties">The parties with their papers, masked unless the record is revealed.</param>
public sealed record RecordAsSigned(string Title, string? Summary, IReadOnlyList<RecordedParty> Parties);

/// <summary>A meeting or an investigation.</summary>
public sealed record RecordedSession
{
    public Guid Id { get; init; }
    public SessionKind Kind { get; init; }
    public DateTimeOffset HeldAt { get; init; }
    public string Place { get; init; } = "";
    public string Note { get; init; } = "";
    public bool Concession { get; init; }
    public bool Online { get; init; }
    public IReadOnlyList<Guid> Participants { get; init; } = [];
    public string? Others { get; init; }
    public string RecordedBy { get; init; } = "";
}

public sealed record RecordedVisit
{
    public Guid Id { get; init; }
    public DateOnly VisitedOn { get; init; }
    public string Method { get; init; } = "";
    public int Satisfaction { get; init; }
    public string? Note { get; init; }
    public string RecordedBy { get; init; } = "";
}

/// <summary>A signature under the agreement, with what was drawn.</summary>
public sealed record RecordedSignature
{
    public string Signer { get; init; } = "";
    public DateTimeOffset SignedAt { get; init; }
    public string ByUser { get; init; } = "";
    public SignatureMethod How { get; init; }
    public byte[]? ImagePng { get; init; }

    /// <summary>Whether something was drawn that cannot be read any more.</summary>
    public bool IsDamaged { get; init; }
}

/// <summary>A line of the journal.</summary>
public sealed record RecordedEvent(int Sequence, DateTimeOffset At, string By, CaseEventKind? Kind, EventData Data)
{
    /// <summary>The line as it is shown in the journal.</summary>
    public static RecordedEvent Of(GetJournal.Row line) => new(line.Sequence, line.At, line.By, line.Kind, line.Particulars);
}
