using static GridCases.Domain.CaseAction;

namespace GridCases.Domain;

/// <summary>How what is missing from a case file comes into it: by an action whose form asks for it, or as a copy of the paper.</summary>
public static class FileSupply
{
    /// <summary>
    /// The actions by which a missing item comes into the file, the nearest first. An agreement is signed by its mediator, to whom a case that was
    /// completed too early goes back.
    /// </summary>
    public static IReadOnlyList<CaseAction> ActionsFor(FileItem missing) => missing switch
    {
        FileItem.NoticeOfRights => [StartMediation, RecordConsent, Attach],
        FileItem.IdentityPapers => [CorrectParty, Attach],
        FileItem.MediationRecord => [RecordSession, Attach],
        FileItem.Agreement => [Sign, ReachAgreement, ReturnForRework, Reopen],
        FileItem.TerminationNotice => [Attach],
        FileItem.PoliceNotice => [RecordPoliceNotice],
        FileItem.ClosingSummary => [CompleteHandling, ResolveOnSpot],
        FileItem.IntakeForm or FileItem.CoverAndIndex => [],
    };

    /// <summary>The kind of file that is as good as an entry; null where a copy is not enough.</summary>
    public static AttachmentKind? PaperOf(FileItem missing) => missing switch
    {
        FileItem.NoticeOfRights => AttachmentKind.NoticeOfRights,
        FileItem.IdentityPapers => AttachmentKind.IdentityPaper,
        FileItem.MediationRecord => AttachmentKind.MediationRecord,
        FileItem.TerminationNotice => AttachmentKind.TerminationNotice,
        FileItem.IntakeForm or FileItem.Agreement or FileItem.PoliceNotice or FileItem.ClosingSummary or FileItem.CoverAndIndex => null,
    };
}
