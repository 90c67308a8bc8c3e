namespace GridCases.Domain;

/// <summary>
/// The deadlines a new installation starts with. They are configuration: a city changes them by new versions, the ids never change.
/// Where a limit is law, its article stands beside it; the other rows are practice or this project's choice.
/// </summary>
public static class DefaultPolicies
{
    /// <summary>Level 2 after two more working days, level 3 after five, level 4 after ten, counted from the due date.</summary>
    private static readonly Limit[] Ladder = [Limit.WorkingDays(2), Limit.WorkingDays(5), Limit.WorkingDays(10)];

    /// <summary>The rows, version 1, effective from 2025-01-01.</summary>
    public static IReadOnlyList<DeadlinePolicy> All { get; } =
    [
        // Three working days as in the Supreme People's Court's rules on online mediation, rule 12.
        Row("0196c0de-0000-7000-8000-000000000001", ClockKind.Acceptance, Limit.WorkingDays(3)),

        Row("0196c0de-0000-7000-8000-000000000002", ClockKind.Handling, Limit.WorkingDays(5)) with { MaxExtension = 5 },

        // Regulation on petitions (信访工作条例) art. 23: refusal of a referral within five working days, with reasons.
        Row("0196c0de-0000-7000-8000-000000000003", ClockKind.AgencyReply, Limit.WorkingDays(5)),

        // Provisions on the work of people's mediation (2002) art. 33: "generally one month".
        Mediation("0196c0de-0000-7000-8000-000000000004", MediationTrack.Peoples, null, 30, maxExtension: 30),

        Mediation("0196c0de-0000-7000-8000-000000000005", MediationTrack.Administrative, null, 30, maxExtension: 30),

        // Mediation by public-security organs (practice): the same limit, but the next-higher authority gives the more time, and the parties are not asked for it.
        Mediation("0196c0de-0000-7000-8000-00000000000f", MediationTrack.Administrative, null, 30, maxExtension: 30) with
        {
            OrganisationKind = OrganisationKind.PublicSecurityOrgan,
            ExtensionNeedsPartiesConsent = false,
            ExtensionByHigherAuthority = true,
        },

        // Supreme People's Court, court-invited mediation art. 27: 30 days before filing (委派), 15 days (ordinary) or 7 days (summary)
        // after it (委托); both parties may agree on more, without a maximum. Where nothing is said about the entrustment it counts as one before filing.
        Mediation("0196c0de-0000-7000-8000-000000000006", MediationTrack.Judicial, null, 30, maxExtension: null),
        Mediation("0196c0de-0000-7000-8000-000000000007", MediationTrack.Judicial, Entrustment.PostFilingOrdinary, 15, maxExtension: null),
        Mediation("0196c0de-0000-7000-8000-000000000008", MediationTrack.Judicial, Entrustment.PostFilingSummary, 7, maxExtension: null),

        // People's Mediation Law art. 33: joint application within 30 days of the agreement's effect. The window belongs to the parties:
        // letting it pass is nobody's failure, so it neither warns a supervisor nor counts for the case's light.
        Row("0196c0de-0000-7000-8000-000000000009", ClockKind.ConfirmationWindow, Limit.Days(30)) with { Escalates = false, LaterLevels = [] },

        // The agreement's own due date (People's Mediation Law art. 31: the committee watches performance).
        Row("0196c0de-0000-7000-8000-00000000000a", ClockKind.Performance, null) with { MaxExtension = null, ExtensionNeedsPartiesConsent = true },

        Row("0196c0de-0000-7000-8000-00000000000b", ClockKind.Verification, Limit.WorkingDays(5)),
        Row("0196c0de-0000-7000-8000-00000000000c", ClockKind.FollowUp, Limit.Days(30)),

        // The due date is on the card; cards are answered within days, so the warning comes a working day before.
        Row("0196c0de-0000-7000-8000-00000000000d", ClockKind.CardReply, null) with { WarningLead = Limit.WorkingDays(1) },

        // Regulation on petitions art. 34 as a model: 60 days, 30 more where the matter is complex.
        Row("0196c0de-0000-7000-8000-00000000000e", ClockKind.Case, Limit.Days(60)) with { MaxExtension = 30 },
    ];

    private static DeadlinePolicy Mediation(string id, MediationTrack track, Entrustment? entrustment, int days, int? maxExtension) =>
        Row(id, ClockKind.Mediation, Limit.Days(days)) with
        {
            Track = track,
            Entrustment = entrustment,
            MaxExtension = maxExtension,
            ExtensionNeedsPartiesConsent = true,
        };

    /// <summary>Warns one working day ahead for limits of up to five working days, else five days ahead.</summary>
    private static DeadlinePolicy Row(string id, ClockKind stage, Limit? limit) => new()
    {
        Id = Guid.Parse(id),
        Version = 1,
        EffectiveFrom = new DateOnly(2025, 1, 1),
        Stage = stage,
        Limit = limit,
        WarningLead = limit is { Unit: LimitUnit.WorkingDays, Amount: <= 5 } ? Limit.WorkingDays(1) : Limit.Days(5),
        LaterLevels = Ladder,
    };
}
