using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Jobs;

namespace GridCases.Web.Pages.Admin;

/// <summary>The deadline policies in words: those in force and to come, those that were, and how far the open clocks are under the last changes.</summary>
public sealed class PoliciesModel : AdminPage
{
    /// <summary>What is in force or to come.</summary>
    public IReadOnlyList<DeadlinePolicy> Current { get; private set; } = [];

    /// <summary>What was, the latest first.</summary>
    public IReadOnlyList<DeadlinePolicy> Former { get; private set; } = [];

    /// <summary>The runs over the open clocks.</summary>
    public ClockRunsPanel Runs { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var all = await SendAsync(new ListPolicies.Query());
        Current = [.. all.Where(p => !p.IsReplaced && (p.EffectiveTo is null || p.EffectiveTo >= Today))];
        Former = [.. all.Except(Current).OrderByDescending(p => p.EffectiveTo)];
        Runs = new ClockRunsPanel("/admin/policies", MaySave ? await SendAsync(new ListClockRuns.Query { Reason = ClockRunReason.Policy }) : [], Now);
    }

    /// <summary>For whom a rule is: everybody, or what its criteria say.</summary>
    public static string For(DeadlinePolicy p)
    {
        Enum?[] criteria = [p.UnitLevel, p.Track, p.Entrustment, p.OrganisationKind, p.Category];
        var words = criteria.Where(c => c is not null).Select(Localized.Word).ToList();
        if (p.Risk is { } risk)
            words.Add(Localized.Board("RiskIs", Localized.Word(risk)));
        if (p.Urgency is { } urgency)
            words.Add(Localized.Word(urgency));
        return words.Count == 0 ? Localized.Board("ForAll") : string.Join(" · ", words);
    }

    /// <summary>When a version is in force.</summary>
    public static string Term(DeadlinePolicy p, DateOnly today) => p.IsReplaced ? Localized.Board("NeverInForce", Localized.Day(p.EffectiveFrom, today))
        : p.EffectiveTo is { } to ? Localized.Board("InForceFromTo", Localized.Day(p.EffectiveFrom, today), Localized.Day(to, today))
        : Localized.Board("InForceSince", Localized.Day(p.EffectiveFrom, today));

    /// <summary>A length of time in words.</summary>
    public static string Time(Limit limit) => Localized.Board($"Time.{limit.Unit}{(limit.Amount == 1 ? ".One" : "")}", limit.Amount);

    /// <summary>How it climbs when overdue.</summary>
    public static string Ladder(DeadlinePolicy p) => !p.Escalates ? Localized.Board("DoesNotClimb")
        : p.LaterLevels.Count == 0 ? Localized.Board("ClimbsOnce")
        : p.LaterLevels.Select(l => l.Unit).Distinct().Count() == 1
            ? Localized.Board($"Climbs.{p.LaterLevels[0].Unit}", string.Join(" / ", p.LaterLevels.Select(l => l.Amount)))
            : string.Join(" / ", p.LaterLevels.Select(Time));

    /// <summary>What extensions may amount to.</summary>
    public static string Extension(DeadlinePolicy p)
    {
        var most = p.MaxExtension switch
        {
            0 => Localized.Board("NoExtension"),
            null => Localized.Board("AnyExtension"),
            { } max => Localized.Board("AtMost", Time(new Limit(max, p.Limit?.Unit ?? LimitUnit.Days))),
        };
        if (p.ExtensionByHigherAuthority)
            most = Localized.Board("DecidedAbove", most);
        return p.ExtensionNeedsPartiesConsent && p.MaxExtension != 0 ? Localized.Board("WithConsent", most) : most;
    }
}
