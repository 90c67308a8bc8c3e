using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>What a case file (卷宗) must hold, depending on what was done in the case.</summary>
public enum FileItem
{
    /// <summary>Application or intake form: printed from the record.</summary>
    IntakeForm,

    /// <summary>Notice of rights and duties: given when the parties are asked for their consent (People's Mediation Law art. 17), or the paper that a party signed.</summary>
    NoticeOfRights,

    /// <summary>Identity papers of the persons who apply or respond: the ID number on record, or a copy.</summary>
    IdentityPapers,

    /// <summary>Mediation record: at least one meeting, or its record on paper.</summary>
    MediationRecord,

    /// <summary>The agreement, or the record of an oral one, in force (People's Mediation Law art. 28–31).</summary>
    Agreement,

    /// <summary>Notice of termination with the other remedies (People's Mediation Law art. 26): told on record, or the paper that was served.</summary>
    TerminationNotice,

    /// <summary>The notice to the police, handed over, where there was a risk of violence (People's Mediation Law art. 25).</summary>
    PoliceNotice,

    /// <summary>How it was settled, as text: asked for when handling is completed.</summary>
    ClosingSummary,

    /// <summary>Cover and index: printed from the record.</summary>
    CoverAndIndex,
}

/// <summary>What completeness depends on beside the case itself, as the data layer finds it.</summary>
/// <param name="PartiesWithIdNumber">Parties whose ID number is on record.</param>
/// <param name="Meetings">Mediation meetings on record.</param>
/// <param name="TerminationNoticed">Whether the end of mediation was told to the parties on record.</param>
public sealed record CompletenessFacts(ImmutableHashSet<Guid> PartiesWithIdNumber, int Meetings, bool TerminationNoticed);

/// <summary>One thing that belongs in the file.</summary>
/// <param name="What">What it is.</param>
/// <param name="IsPresent">Whether it is there.</param>
/// <param name="MissingFor">The parties for whom it is missing, where it is a matter of each.</param>
public sealed record FileItemCheck(FileItem What, bool IsPresent, ImmutableArray<Guid> MissingFor);

/// <summary>What a case's file must hold and whether it does. A case settled on the spot or at a centre needs no papers of a mediation.</summary>
public sealed record FileCompleteness(ImmutableArray<FileItemCheck> Items)
{
    public bool IsComplete => Items.All(i => i.IsPresent);

    public IEnumerable<FileItem> Missing => Items.Where(i => !i.IsPresent).Select(i => i.What);

    /// <summary>Checks the file of a case by its state; if it was completed, by the state in which it was completed.</summary>
    public static FileCompleteness Of(Case @case, CompletenessFacts facts)
    {
        var state = @case.Completion?.State ?? @case.State;
        var asked = state is CaseState.InMediation or CaseState.AgreementReached or CaseState.ConfirmationPending or CaseState.MediationFailed;
        var mediated = asked && @case.MediatedParties.All(p => @case.HasAnswered(p) && p.Consent is not { Given: false });
        var items = ImmutableArray.CreateBuilder<FileItemCheck>();
        items.Add(Check(FileItem.IntakeForm, true));
        if (asked)
            items.Add(Check(FileItem.NoticeOfRights, @case.MediatedParties.Where(p => !@case.HasAnswered(p) && !HasPaper(@case, FileItem.NoticeOfRights, p))));

        if (mediated)
        {
            items.Add(Check(FileItem.IdentityPapers, @case.Principals.Where(p => p.Kind is PartyKind.Person && !facts.PartiesWithIdNumber.Contains(p.Id) && !HasPaper(@case, FileItem.IdentityPapers, p))));
            items.Add(Check(FileItem.MediationRecord, facts.Meetings > 0 || HasPaper(@case, FileItem.MediationRecord)));
            if (state is CaseState.MediationFailed)
            {
                items.Add(Check(FileItem.TerminationNotice, facts.TerminationNoticed || HasPaper(@case, FileItem.TerminationNotice)));
            }
            else if (@case.Outcome is null or Outcome.Settled)
            {
                items.Add(Check(FileItem.Agreement, @case.Agreement is { EffectiveAt: not null }));
            }
        }

        if (@case.PoliceNotice is { } notice)
            items.Add(Check(FileItem.PoliceNotice, notice.DeliveredOn is not null));

        if (!mediated || @case.Outcome is not null)
            items.Add(Check(FileItem.ClosingSummary, @case.Outcome is not null));

        items.Add(Check(FileItem.CoverAndIndex, true));
        return new FileCompleteness(items.ToImmutable());
    }

    /// <summary>Whether a copy of the paper was put in, of a party's own where it is a matter of each.</summary>
    private static bool HasPaper(Case @case, FileItem what, Party? of = null) =>
        @case.Attachments.Any(a => a.Kind == FileSupply.PaperOf(what) && (of is null || a.PartyId == of.Id) && a.Withdrawn is null);

    private static FileItemCheck Check(FileItem what, bool isPresent) => new(what, isPresent, []);

    private static FileItemCheck Check(FileItem what, IEnumerable<Party> missing)
    {
        var ids = missing.Select(p => p.Id).ToImmutableArray();
        return new(what, ids.IsEmpty, ids);
    }
}
