namespace GridCases.Features.Cases;

/// <summary>The queue of a supervisor, as far as lists and counts of cases have to know it.</summary>
internal static class EscalationQueue
{
    /// <summary>Whether escalation <c>e</c> is still to be dealt with in a unit that the caller supervises. Parameter <c>@supervised</c>.</summary>
    public const string WaitsForCaller = "e.UnitCode IN {codes supervised} AND e.State IN ('Open', 'Acknowledged')";
}
