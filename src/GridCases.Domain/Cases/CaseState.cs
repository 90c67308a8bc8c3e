namespace GridCases.Domain;

/// <summary>Where a dispute stands. The names are the stored values.</summary>
public enum CaseState
{
    /// <summary>已登记: written down by a grid head or a centre, not yet handed in.</summary>
    Registered,

    /// <summary>待受理: handed to a centre that has not answered.</summary>
    AwaitingAcceptance,

    /// <summary>已受理: taken in by a centre.</summary>
    Accepted,

    /// <summary>已分派: given to a mediation organisation.</summary>
    Assigned,

    /// <summary>调解中: every party has consented and mediation goes on.</summary>
    InMediation,

    /// <summary>已达成协议: the parties have agreed; the agreement may still lack signatures.</summary>
    AgreementReached,

    /// <summary>司法确认中: a court is examining the agreement.</summary>
    ConfirmationPending,

    /// <summary>调解不成: mediation ended without an agreement, and the centre goes on with the case.</summary>
    MediationFailed,

    /// <summary>待核查: the unit where the case began checks that it really is settled.</summary>
    AwaitingVerification,

    /// <summary>已结案: verified; a follow-up visit and the archive remain.</summary>
    Closed,

    /// <summary>不予受理: a centre refused the case, with its reasons.</summary>
    Declined,

    /// <summary>已撤回: given up before it was handed in.</summary>
    Withdrawn,

    /// <summary>已转出: a court, an agency or another body deals with it.</summary>
    ReferredOut,

    /// <summary>已并案: it goes on as part of another case.</summary>
    Merged,

    /// <summary>已归档: nothing is done to it any more.</summary>
    Archived,
}
