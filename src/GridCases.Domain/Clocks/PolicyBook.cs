namespace GridCases.Domain;

/// <summary>
/// All deadline policies, past versions included. The most specific row that answers a question wins: first the one with more conditions;
/// between as many, the one that names the entrustment, then the track, category, risk, urgency, unit level; then the later
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

    /// <summary>Every row.</summary>
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
    /// The version of a row that is in force on a day: of the rows with the very same conditions the latest; the row itself when none is in force.
    /// </summary>
    public DeadlinePolicy InForce(DeadlinePolicy policy, DateOnly on) =>
        _byStage[policy.Stage].FirstOrDefault(other => other.IsVersionOf(policy) && other.IsInForce(on)) ?? policy;

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
