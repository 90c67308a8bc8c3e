namespace GridCases.Benchmarks.City;

/// <summary>
/// What the application computes of cases and keeps beside them. It is not copied: the application makes it anew, as it does at its first start after a migration
/// that brought such a table. Whoever adds a table of that kind names it here.
/// </summary>
internal static class Derived
{
    /// <summary>Tables that hang on a case and are not part of its life.</summary>
    public static readonly string[] Tables = ["CaseSearch", "TallyGap"];

    /// <summary>Lets the next start of the application make it.</summary>
    public static void Forget(Store store)
    {
        if (store.TablesWith("DoneAt").Contains("Backfill"))
            store.Execute("UPDATE Backfill SET LastId = NULL, DoneAt = NULL");
    }
}
