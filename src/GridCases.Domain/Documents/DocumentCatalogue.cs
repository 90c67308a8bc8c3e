using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>What a record holds, as far as it decides which forms can be printed from it.</summary>
public sealed record FileFacts
{
    /// <summary>How the dispute came to be known.</summary>
    public Source Source { get; init; }

    /// <summary>Whether one of the parties is an applicant.</summary>
    public bool HasApplicant { get; init; }

    /// <summary>Whether somebody represents a party.</summary>
    public bool HasRepresentative { get; init; }

    /// <summary>Whether a centre refused the case.</summary>
    public bool IsDeclined { get; init; }

    /// <summary>Whether the case was ever given to a mediation organisation.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>Whether every applicant and respondent has consented, so that it is mediated.</summary>
    public bool IsMediated { get; init; }

    /// <summary>Number of mediation meetings.</summary>
    public int Sessions { get; init; }

    /// <summary>Number of investigations.</summary>
    public int Investigations { get; init; }

    /// <summary>Form of the agreement, if there is one.</summary>
    public AgreementForm? Agreement { get; init; }

    /// <summary>Whether the agreement binds.</summary>
    public bool IsBinding { get; init; }

    /// <summary>Number of obligations in the agreement.</summary>
    public int Obligations { get; init; }

    /// <summary>Whether judicial confirmation was applied for, or the window for it is open.</summary>
    public bool IsForConfirmation { get; init; }

    /// <summary>Whether a mediation ended without agreement.</summary>
    public bool HasMediationEnded { get; init; }

    /// <summary>Whether the case was given to a body outside.</summary>
    public bool IsReferredOut { get; init; }

    /// <summary>Number of notices to the police.</summary>
    public int PoliceNotices { get; init; }

    /// <summary>Number of supervision cards, lifted ones too.</summary>
    public int Cards { get; init; }

    /// <summary>Number of those that were answered.</summary>
    public int CardReplies { get; init; }

    /// <summary>Number of follow-up visits.</summary>
    public int Visits { get; init; }

    /// <summary>Whether handling was completed and has a result.</summary>
    public bool IsCompleted { get; init; }
}

/// <summary>A form, and whether it can and must be in the file of a case.</summary>
/// <param name="Form">The form.</param>
/// <param name="IsAvailable">Whether the record holds what it needs, so that it can be printed.</param>
/// <param name="IsRequired">Whether the file of this case is incomplete without it.</param>
public sealed record CatalogueEntry(DocumentForm Form, bool IsAvailable, bool IsRequired);

/// <summary>Decides which forms can be printed from a record, and which of them its file must hold. Nothing is printed that the record does not contain.</summary>
public static class DocumentCatalogue
{
    /// <summary>
    /// What may be given to a court: what is binding, what was said without concession, what the parties were told. Supervision, visits and reports
    /// are internal matters (SPC, court-invited mediation, art. 22; online mediation, art. 18).
    /// </summary>
    private static readonly ImmutableHashSet<DocumentForm> ForCourt =
    [
        DocumentForm.Cover, DocumentForm.Index, DocumentForm.Application, DocumentForm.IntakeForm, DocumentForm.RightsNotice, DocumentForm.PowerOfAttorney,
        DocumentForm.InvestigationRecord, DocumentForm.MediationRecord, DocumentForm.Agreement, DocumentForm.OralAgreement, DocumentForm.TerminationNotice,
        DocumentForm.ConfirmationApplication, DocumentForm.PerformanceProof, DocumentForm.ReferralLetter,
    ];

    /// <summary>All forms in the order of the file.</summary>
    public static IReadOnlyList<CatalogueEntry> For(FileFacts facts) =>
        [.. Enum.GetValues<DocumentForm>().Select(form => new CatalogueEntry(form, IsAvailable(form, facts), IsRequired(form, facts)))];

    /// <summary>Whether a court packet may hold the form.</summary>
    public static bool IsForCourt(DocumentForm form) => ForCourt.Contains(form);

    private static bool IsAvailable(DocumentForm form, FileFacts facts) => form switch
    {
        DocumentForm.Cover or DocumentForm.Index or DocumentForm.IntakeForm => true,
        DocumentForm.Application => IsAppliedFor(facts),
        DocumentForm.DeclineNotice => facts.IsDeclined,
        DocumentForm.RightsNotice => facts.IsAssigned,
        DocumentForm.PowerOfAttorney => facts.HasRepresentative,
        DocumentForm.InvestigationRecord => facts.Investigations > 0,
        DocumentForm.MediationRecord => facts.Sessions > 0,
        DocumentForm.Agreement => facts.Agreement is AgreementForm.Written,
        DocumentForm.OralAgreement => facts.Agreement is AgreementForm.Oral,
        DocumentForm.TerminationNotice => facts.HasMediationEnded,
        DocumentForm.ConfirmationApplication => facts.IsBinding && facts.IsForConfirmation,
        DocumentForm.PerformanceProof => facts.IsBinding && facts.Obligations > 0,
        DocumentForm.ReferralLetter => facts.IsReferredOut,
        DocumentForm.PoliceNotice => facts.PoliceNotices > 0,
        DocumentForm.SupervisionNotice => facts.Cards > 0,
        DocumentForm.SupervisionReply => facts.CardReplies > 0,
        DocumentForm.FollowUpRecord => facts.Visits > 0,
        DocumentForm.ClosingReport => facts.IsCompleted,
    };

    private static bool IsRequired(DocumentForm form, FileFacts facts) => form switch
    {
        DocumentForm.Cover or DocumentForm.Index => true,
        DocumentForm.Application => IsAppliedFor(facts),
        DocumentForm.IntakeForm => !IsAppliedFor(facts),
        DocumentForm.RightsNotice or DocumentForm.MediationRecord => facts.IsMediated,
        DocumentForm.Agreement or DocumentForm.OralAgreement => IsAvailable(form, facts),
        DocumentForm.DeclineNotice or DocumentForm.TerminationNotice => IsAvailable(form, facts),
        DocumentForm.PowerOfAttorney or DocumentForm.InvestigationRecord or DocumentForm.ConfirmationApplication or DocumentForm.PerformanceProof
            or DocumentForm.ReferralLetter or DocumentForm.PoliceNotice or DocumentForm.SupervisionNotice or DocumentForm.SupervisionReply
            or DocumentForm.FollowUpRecord or DocumentForm.ClosingReport => false,
    };

    /// <summary>A party asked for mediation; what was found on patrol or sent by an authority was registered instead (People's Mediation Law art. 17, 18).</summary>
    private static bool IsAppliedFor(FileFacts facts) =>
        facts.HasApplicant && facts.Source is (Source.WalkIn or Source.Phone or Source.Hotline or Source.Web or Source.Petition);
}
