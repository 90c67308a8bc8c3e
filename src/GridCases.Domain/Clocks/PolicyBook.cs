namespace GridCases.Domain;

/// <summary>
/// All deadline policies, past versions included. The most specific row that answers a question wins: first the one with more conditions;
/// between as many, the one that names the entrustment, then the kind of organisation, track, category, risk, urgency, unit level; then the later
/// effective date, then the higher version, then the greater id, so that the answer never depends on the order of the rows. Immutable.
/// </summary>
public sealed class PolicyBook
{
    private readonly Dictionary<Guid, DeadlinePolicy> _byId = [];
    private readonly ILookup<ClockKind, DeadlinePolicy> _byStage;

    /// <summary>A book of the given rows.</summary>
    /// <exception cref="ArgumentException">Two rows have the same id.</exception>
    public PolicyBook(IEnumerable<DeadlinePolicy> policies)
    {
        foreach (var policy in policies)
        {
            if (!_byId.TryAdd(policy.Id, policy))
                throw new ArgumentException($"Two policies have the id {policy.Id}.", nameof(policies));
        }

        _byStage = _byId.Values.Order(Comparer<DeadlinePolicy>.Create(MoreSpecificFirst)).ToLookup(policy => policy.Stage);
    }

    /// <summary>Every row, former versions included.</summary>
    public IReadOnlyCollection<DeadlinePolicy> All => _byId.Values;

    /// <summary>The row that a clock started for this question has to follow.</summary>
    /// <exception cref="InvalidOperationException">No row answers: the book lacks the rule for that stage.</exception>
    public DeadlinePolicy For(PolicyQuestion question) =>
        _byStage[question.Stage].FirstOrDefault(policy => policy.Answers(question))
        ?? throw new InvalidOperationException($"No deadline policy answers {question}.");

    /// <summary>The row that set a clock.</summary>
    /// <exception cref="KeyNotFoundException">There is no such row.</exception>
    public DeadlinePolicy ById(Guid id) =>
        _byId.TryGetValue(id, out var policy) ? policy : throw new KeyNotFoundException($"There is no deadline policy {id}.");

    /// <summary>
    /// The row that an open clock follows on a day: the version of its own rule that is in force then, or a more specific rule that fits the case as it stands
    /// and began when the clock was running already (or on its first day). A rule that existed before was considered when the clock started, and does not take the
    /// clock over because the case has changed since. The row itself when none is in force.
    /// </summary>
    public DeadlinePolicy InForce(Clock clock, PolicyFacts facts, DateOnly on)
    {
        var own = ById(clock.PolicyId);
        var question = facts.Ask(clock.Kind, (clock.Unit ?? facts.Holder).Level, on);
        var started = LocalTime.Day(clock.StartedAt);
        return _byStage[own.Stage].FirstOrDefault(row => row.IsInForce(on)
            && (row.IsVersionOf(own) || (row.Limit is null == own.Limit is null && row.Answers(question) && VersionsOf(row).Min(v => v.EffectiveFrom) >= started))) ?? own;
    }

    /// <summary>
    /// The book with one more row: the next version of the rule with the same conditions, or a new rule. The version in force until then ends on the day before.
    /// </summary>
    /// <exception cref="RuleViolation">A version of the rule begins later, so that two would rule the same days; or the stage cannot have, or lacks, a limit.</exception>
    public PolicyRevision Revised(DeadlinePolicy draft)
    {
        if (draft.Limit is null != DeadlinePolicy.HasOwnDueDate(draft.Stage))
            throw new RuleViolation(draft.Limit is null ? "PolicyNeedsLimit" : "PolicyHasOwnDueDate", draft.Stage);

        var versions = VersionsOf(draft).ToList();
        if (versions.Count > 0 && versions.Max(v => v.EffectiveFrom) is var last && last > draft.EffectiveFrom)
            throw new RuleViolation("PolicyBeginsLater", last);

        var added = draft with { Version = versions.Select(v => v.Version).DefaultIfEmpty().Max() + 1 };
        var former = versions.FirstOrDefault(v => v.EffectiveTo is null || v.EffectiveTo >= added.EffectiveFrom);
        var ended = former is null ? null : former with { EffectiveTo = added.EffectiveFrom.AddDays(-1) };
        return new PolicyRevision(added, ended, new PolicyBook(All.Where(row => row.Id != ended?.Id).Concat(ended is null ? [added] : [ended, added])));
    }

    private IEnumerable<DeadlinePolicy> VersionsOf(DeadlinePolicy policy) => _byStage[policy.Stage].Where(row => row.IsVersionOf(policy));

    private static int MoreSpecificFirst(DeadlinePolicy one, DeadlinePolicy other)
    {
        var order = other.Specificity.CompareTo(one.Specificity);
        for (var i = 0; order == 0 && i < one.Conditions.Count; i++)
            order = other.Conditions[i].CompareTo(one.Conditions[i]);
        if (order == 0)
            order = other.EffectiveFrom.CompareTo(one.EffectiveFrom);
        if (order == 0)
            order = other.Version.CompareTo(one.Version);

        return order != 0 ? order : other.Id.CompareTo(one.Id);
    }
}

/// <summary>What saving a policy does to the book.</summary>
/// <param name="Added">The new row.</param>
/// <param name="Ended">The former version with its last day; null for a new rule, or when the former had ended already.</param>
/// <param name="Book">All rows afterwards.</param>
public sealed record PolicyRevision(DeadlinePolicy Added, DeadlinePolicy? Ended, PolicyBook Book);
