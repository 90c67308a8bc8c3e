namespace GridCases.Domain;

// More time on a clock.
public sealed partial record Case
{
    /// <summary>The holder asks for more time on a clock that runs.</summary>
    public CaseChange RequestExtension(Guid clockId, int days, string reason, bool partiesAgree, CaseContext at)
    {
        Demand(CaseAction.RequestExtension, at);
        var clock = RunningClock(clockId);
        DemandExtendable(clock, days, at);
        DemandConsent(clock, partiesAgree, at);
        if (Extensions.Any(e => e.ClockId == clockId && e.State is ExtensionState.Requested))
            throw new RuleViolation("ExtensionAlreadyRequested");

        var request = new Extension(at.NewId(), clockId, days, reason, partiesAgree, ExtensionState.Requested, null, at.By.UserName, at.Now);
        return Done(this with { Extensions = Extensions.Add(request) }, CaseAction.RequestExtension,
            EventKey.Extension.Is(request.Id), EventKey.Clock.Is(clock.Kind), EventKey.Days.Is(days), EventKey.Reason.Is(reason), EventKey.PartiesAgree.If(partiesAgree));
    }

    /// <summary>A supervisor grants or refuses; where the rule asks for the parties' consent, not more than they agreed to.</summary>
    public CaseChange DecideExtension(Guid extensionId, bool grant, int? days, string? note, CaseContext at)
    {
        Demand(CaseAction.DecideExtension, at);
        var request = Extensions.FirstOrDefault(e => e.Id == extensionId) ?? throw new RuleViolation("UnknownExtension");
        if (request.State is not ExtensionState.Requested)
            throw new RuleViolation("ExtensionDecided");

        DemandAuthority(Clocks.Single(c => c.Id == request.ClockId), at);

        var after = this;
        if (grant)
        {
            var clock = RunningClock(request.ClockId);
            var granted = days ?? request.Days;
            DemandExtendable(clock, granted, at);
            DemandConsent(clock, request.PartiesAgree, at);
            if (granted > request.Days && at.Policies.ById(clock.PolicyId).ExtensionNeedsPartiesConsent)
                throw new RuleViolation("ExtensionBeyondConsent", request.Days);

            after = WithClockExtended(clock, granted, at);
            days = granted;
        }

        var decided = request with
        {
            State = grant ? ExtensionState.Granted : ExtensionState.Refused,
            GrantedDays = grant ? days : null,
            DecidedBy = at.By.UserName,
            DecidedAt = at.Now,
            Note = note,
        };
        return Done(after with { Extensions = Extensions.Replace(request, decided) }, CaseAction.DecideExtension,
            EventKey.Extension.Is(extensionId), EventKey.Granted.Is(grant), EventKey.Days.Is(grant ? days : null), EventKey.Note.Is(note));
    }

    /// <summary>
    /// A supervisor gives more time without being asked, from the escalation queue, and is responsible for the parties' agreement
    /// where the rule asks for it; the record shows whether the supervisor said that they agree.
    /// </summary>
    public CaseChange GrantExtension(Guid clockId, int days, string reason, bool partiesAgree, CaseContext at)
    {
        if (!CaseAuthority.Allows(this, at.By, CaseAction.DecideExtension))
            throw new NotAllowed(CaseAction.DecideExtension);

        var clock = RunningClock(clockId);
        DemandAuthority(clock, at);
        DemandExtendable(clock, days, at);
        var granted = new Extension(at.NewId(), clockId, days, reason, partiesAgree, ExtensionState.Granted, days, at.By.UserName, at.Now, at.By.UserName, at.Now);
        var after = WithClockExtended(clock, days, at);
        return new CaseChange(this, after with { Extensions = Extensions.Add(granted) },
            [CaseEvent.Of(CaseEventKind.GrantExtension, EventKey.Extension.Is(granted.Id), EventKey.Clock.Is(clock.Kind), EventKey.Days.Is(days), EventKey.Reason.Is(reason), EventKey.PartiesAgree.If(partiesAgree))]);
    }

    private Clock RunningClock(Guid id) =>
        Clocks.FirstOrDefault(c => c.Id == id && c.Status is ClockStatus.Running) ?? throw new RuleViolation("ClockNotRunning");

    private static void DemandExtendable(Clock clock, int days, CaseContext at)
    {
        var policy = at.Policies.ById(clock.PolicyId);
        if (days < 1)
            throw new RuleViolation("ExtensionTooShort");

        if (!IsExtendable(clock.Kind) || policy.MaxExtension == 0)
            throw new RuleViolation("ExtensionNotPossible", clock.Kind);

        if (!policy.AllowsExtension(clock.Extension, days))
            throw new RuleViolation("ExtensionTooLong", clock.Kind, policy.MaxExtension ?? Limit.Longest);
    }

    /// <summary>In mediation by public-security organs the next-higher authority gives more time. Above a city there is none, so its own supervisor does.</summary>
    private void DemandAuthority(Clock clock, CaseContext at)
    {
        if (at.Policies.ById(clock.PolicyId).ExtensionByHigherAuthority && !at.By.IsAtOrAbove(Holder.Unit.Parent ?? Holder.Unit, Role.Supervisor))
            throw new RuleViolation("ExtensionByHigherAuthority", clock.Kind);
    }

    private static void DemandConsent(Clock clock, bool partiesAgree, CaseContext at)
    {
        if (!partiesAgree && at.Policies.ById(clock.PolicyId).ExtensionNeedsPartiesConsent)
            throw new RuleViolation("ExtensionNeedsConsent", clock.Kind);
    }

    private Case WithClockExtended(Clock clock, int days, CaseContext at) => this with
    {
        Clocks = Clocks.Replace(clock, clock.Extended(days, at.Now, at.Policies.ById(clock.PolicyId), at.Calendar)),
    };
}
