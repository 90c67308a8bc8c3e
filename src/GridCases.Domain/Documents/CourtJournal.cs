using System.Collections.Immutable;
using static GridCases.Domain.CaseEventKind;

namespace GridCases.Domain;

/// <summary>
/// What of a journal may be given to a court. Concessions made in mediation may not be used in litigation without all parties' consent
/// (SPC, court-invited mediation, art. 22; online mediation, art. 18), so what is not listed here is withheld.
/// </summary>
public static class CourtJournal
{
    /// <summary>
    /// The particulars of an entry that a court may see: how the case came to mediation and what came of it, in numbers, enumerated words, days and ids. Free text is
    /// left out, since it may mention a concession. Supervision, deadlines, risk and other cases are internal matters.
    /// </summary>
    public static ImmutableArray<EventKey> Particulars(CaseEventKind kind) => kind switch
    {
        Register => [EventKey.Number, EventKey.Unit, EventKey.Category, EventKey.Source, EventKey.Parties],
        BringOver => [EventKey.Number, EventKey.FormerNumber, EventKey.At, EventKey.Unit, EventKey.State, EventKey.Category, EventKey.Source, EventKey.Parties],
        Submit or AssignDown or Return or SubmitUpward or TakeOver => [EventKey.To],
        Redirect => [EventKey.To, EventKey.Track, EventKey.Organisation, EventKey.Mediator],
        ReferOut => [EventKey.Target],
        AssignMediation => [EventKey.Track, EventKey.Organisation, EventKey.Mediator, EventKey.Entrustment],
        SwitchTrack => [EventKey.FromTrack, EventKey.Track, EventKey.Organisation],
        StartMediation => [EventKey.Consented, EventKey.Refused, EventKey.Choice, EventKey.ReceivedOn],
        AcceptEntrustment => [EventKey.ReceivedOn],
        RecordConsent => [EventKey.Party, EventKey.Consented, EventKey.Refused],
        // What the first line told of the dispute, who takes part, and which version was signed anew. What else was put right, and from what, is no matter of the court's.
        Correct => [EventKey.CategoryBefore, EventKey.CategoryAfter, EventKey.SourceBefore, EventKey.SourceAfter],
        AddParty => [EventKey.Party, EventKey.Role, EventKey.PartyKind, EventKey.Consented, EventKey.Refused, EventKey.Version, EventKey.Sha256, EventKey.VoidedSignatures],
        CorrectParty => [EventKey.Party, EventKey.RoleBefore, EventKey.RoleAfter, EventKey.Version, EventKey.Sha256, EventKey.VoidedSignatures],
        WithdrawParty => [EventKey.Party],
        Reassign or Recuse or HandOver => [EventKey.Mediator],
        DiscloseConflict => [EventKey.Mediator, EventKey.Parties],
        PlanSession => [EventKey.At, EventKey.Online],
        RecordSession or RecordInvestigation => [EventKey.Session, EventKey.HeldAt, EventKey.Online, EventKey.Participants],
        Suspend => [EventKey.ExpectedResumeOn],
        FailMediation => [EventKey.RemediesNoticed],
        Terminate => [EventKey.Party],
        ReachAgreement => [EventKey.Version, EventKey.Form, EventKey.Sha256],
        ReviseAgreement => [EventKey.Version, EventKey.Form, EventKey.Sha256, EventKey.VoidedSignatures],
        Sign => [EventKey.Signer, EventKey.How, EventKey.Image, EventKey.Version, EventKey.Sha256, EventKey.Effective],
        WithdrawSignature => [EventKey.Signer, EventKey.How, EventKey.Version],
        SignSession => [EventKey.Session, EventKey.Signer, EventKey.Image],
        RecordPerformance => [EventKey.Obligation, EventKey.PerformedOn],
        ApplyForConfirmation => [EventKey.Applicants, EventKey.LeftOut],
        RecordConfirmation => [EventKey.Result, EventKey.DecidedOn],
        RecordCourtResult => [EventKey.CourtResult, EventKey.DecidedOn],
        CompleteHandling => [EventKey.Outcome],
        Verify => [EventKey.Settled],
        ReturnForRework => [EventKey.To, EventKey.State],
        Reopen => [EventKey.Times, EventKey.To],
        Attach => [EventKey.Attachment, EventKey.Kind, EventKey.Length, EventKey.Sha256],
        WithdrawAttachment => [EventKey.Attachment],
        // This is a list of what is allowed: a kind of entry that nobody has judged, a new one too, does not go to a court.
        _ => [],
    };

    /// <summary>The free text that a form for a court prints: the parties or the receiver were told it on paper, and quotes of concessions are withheld.</summary>
    public static ImmutableArray<EventKey> Printed(CaseEventKind kind) => kind switch
    {
        FailMediation or Terminate => [EventKey.Reason],
        ReferOut => [EventKey.Name, EventKey.Reason],
        RecordPerformance => [EventKey.Note],
        _ => [],
    };
}
