namespace GridCases.Domain;

/// <summary>What an earlier system knew of an open dispute.</summary>
/// <param name="Number">The number it had there.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RegisteredAt">When it was registered there.</param>
/// <param name="Since">Since when it stands where it does.</param>
/// <param name="Centre">The centre in charge; while it is registered the unit where it began.</param>
/// <param name="Mediation">Who mediates, once it is assigned.</param>
/// <param name="Consents">How the parties consented, where it is being mediated already.</param>
public sealed record Predecessor(string Number, CaseState State, DateTimeOffset RegisteredAt, DateTimeOffset Since, UnitCode Centre, Mediation? Mediation, string Consents);

// Disputes that were open in an earlier system.
public sealed partial record Case
{
    /// <summary>
    /// Takes over a dispute that was open elsewhere, as it stands. Its clocks count from its own days, by the rules of today: what is overdue is overdue. Of what was done before nothing is
    /// made up; the journal says that it was brought over, and from which number.
    /// </summary>
    public static CaseChange BringOver(Registration registration, Predecessor from, CaseContext at)
    {
        var begun = new Case
        {
            Id = Guid.CreateVersion7(from.RegisteredAt),
            Number = registration.Number,
            Dispute = registration.Dispute,
            Origin = registration.Origin,
            Holder = new Holder(registration.Origin),
            RegisteredAt = from.RegisteredAt,
            RegisteredBy = at.By.UserName,
            Parties = registration.Parties,
        };
        begun = begun.WithClockSince(ClockKind.Case, registration.Origin, from.RegisteredAt, at);
        var atCentre = begun with { State = from.State, Holder = new Holder(from.Centre), Route = [.. registration.Origin.SelfAndAncestors.TakeWhile(unit => unit != from.Centre)] };
        var brought = from.State switch
        {
            CaseState.Registered => begun,
            CaseState.AwaitingAcceptance => atCentre.WithClockSince(ClockKind.Acceptance, from.Centre, from.Since, at),
            CaseState.Accepted => (atCentre with { AcceptedAt = from.Since }).WithClockSince(ClockKind.Handling, from.Centre, from.Since, at),
            CaseState.Assigned => atCentre.Mediated(from, at),
            CaseState.InMediation => atCentre.Mediated(from, at) with
            {
                Parties = [.. registration.Parties.Select(p => p.Role is PartyRole.Applicant or PartyRole.Respondent ? p with { Consent = new Consent(true, from.Consents, from.Since) } : p)],
            },
            CaseState.AgreementReached or CaseState.ConfirmationPending or CaseState.MediationFailed or CaseState.AwaitingVerification or CaseState.Closed or CaseState.Declined
                or CaseState.Withdrawn or CaseState.ReferredOut or CaseState.Merged or CaseState.Archived => throw new RuleViolation("NotBroughtOver", from.State),
        };
        return new CaseChange(null, brought, [CaseEvent.Of(CaseEventKind.BringOver, EventKey.Number.Is(registration.Number), EventKey.FormerNumber.Is(from.Number), EventKey.At.Is(from.RegisteredAt),
            EventKey.Unit.Is(registration.Origin), EventKey.State.Is(from.State), EventKey.Category.Is(registration.Dispute.Category), EventKey.Source.Is(registration.Dispute.Source),
            EventKey.Parties.Are(registration.Parties.Select(p => p.Id)))]);
    }

    /// <summary>Whether a dispute in this state can be taken over: nothing has been agreed yet, and nobody has answered for an end.</summary>
    public static bool MayBeBroughtOver(CaseState state) => state is CaseState.Registered or CaseState.AwaitingAcceptance or CaseState.Accepted or CaseState.Assigned or CaseState.InMediation;

    private Case Mediated(Predecessor from, CaseContext at)
    {
        var mediation = from.Mediation ?? throw new ArgumentException("A mediated case names its mediation.", nameof(from));
        return (this with { AcceptedAt = from.Since, Mediation = mediation, Holder = new Holder(from.Centre, mediation.OrganisationId, mediation.Mediator) })
            .WithClockSince(ClockKind.Mediation, from.Centre, from.Since, at);
    }

    private Case WithClockSince(ClockKind kind, UnitCode unit, DateTimeOffset since, CaseContext at) => this with
    {
        Clocks = Clocks.Add(Clock.Start(at.NewId(), kind, unit, since, PolicyFor(kind, unit, at), at.Calendar)),
    };
}
