using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>What an action did: the case before (null when it is new) and after, what goes into the journal, and new records beside the case.</summary>
public sealed record CaseChange(Case? Before, Case After, ImmutableArray<CaseEvent> Events)
{
    /// <summary>
    /// Whether somebody decided something about this case. Then its version rises, and whoever has it open is asked to look again. A note, a look at the papers,
    /// what the system did and what was done to another case are on record here and decide nothing.
    /// </summary>
    public bool IsDecision { get; init; } = true;

    /// <summary>A meeting or an investigation to put on record.</summary>
    public MediationSession? Session { get; init; }

    /// <summary>A visit to put on record.</summary>
    public FollowUpVisit? FollowUp { get; init; }

    /// <summary>What a supervisor decided on the report of sham mediation that the case had before.</summary>
    public ShamDecision? ShamDecision { get; init; }

    /// <summary>The rate at which a subsidy was granted.</summary>
    public SubsidyRate? Subsidy { get; init; }

    /// <summary>Another case that was linked with this one.</summary>
    public CaseLink? Link { get; init; }

    /// <summary>The drawing (PNG) of the signature that was given.</summary>
    public byte[]? SignatureImage { get; init; }

    /// <summary>Somebody's signature under the record of a meeting, with its drawing (PNG).</summary>
    public SessionSignature? SessionSignature { get; init; }

    /// <summary>What was done to escalations of the case's clocks.</summary>
    public ImmutableArray<EscalationStep> Escalations { get; init; } = [];

    /// <summary>The organisation that had the case and has it no more; null when there is none.</summary>
    public Guid? OrganisationLeft => Before?.ResponsibleOrganisation is { } had && had != After.ResponsibleOrganisation ? had : null;

    /// <summary>Whether that organisation would not take the case, rather than having worked on it.</summary>
    public bool IsRefused => Events.Any(e => e.Kind is CaseEventKind.RefuseAssignment);

    /// <summary>
    /// The same with a number for the new case, in its journal too. A serial without gaps is known only when everything else is ready to be stored.
    /// </summary>
    public CaseChange WithNumber(string number) => this with
    {
        After = After with { Number = number },
        Events = [.. Events.Select(e => e.Kind is CaseEventKind.Register or CaseEventKind.BringOver ? e.With(EventKey.Number.Is(number)) : e)],
    };

    /// <summary>One action after another as one change, in one version and one transaction.</summary>
    public CaseChange Then(Func<Case, CaseChange> next)
    {
        var second = next(After);
        return second with
        {
            Before = Before,
            Events = Events.AddRange(second.Events),
            Session = second.Session ?? Session,
            FollowUp = second.FollowUp ?? FollowUp,
            ShamDecision = second.ShamDecision ?? ShamDecision,
            IsDecision = IsDecision || second.IsDecision,
            Escalations = Escalations.AddRange(second.Escalations),
        };
    }
}
