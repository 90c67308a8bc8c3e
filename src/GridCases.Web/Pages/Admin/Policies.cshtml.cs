using GridCases.Domain;
using GridCases.Features.Deadlines;

namespace GridCases.Web.Pages.Admin;

/// <summary>The deadline policies in words, by version.</summary>
public sealed class PoliciesModel : AdminPage
{
    /// <summary>The rules of one version that begin on one day; what is in force or to come first.</summary>
    public IEnumerable<IGrouping<(int Version, DateOnly From, DateOnly? To), DeadlinePolicy>> Versions { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync() => Versions = (await SendAsync(new ListPolicies.Query()))
        .OrderBy(p => p.Stage).GroupBy(p => (p.Version, p.EffectiveFrom, p.EffectiveTo))
        .OrderByDescending(g => g.Key.EffectiveFrom).ThenByDescending(g => g.Key.Version);

    /// <summary>For whom a rule is: everybody, or what its criteria say.</summary>
    public static string For(DeadlinePolicy p)
    {
        Enum?[] criteria = [p.UnitLevel, p.Track, p.Entrustment, p.Category];
        var words = criteria.Where(c => c is not null).Select(T.W).ToList();
        if (p.Risk is { } risk)
            words.Add(T.B("RiskIs", T.W(risk)));
        if (p.Urgency is { } urgency)
            words.Add(T.W(urgency));
        return words.Count == 0 ? T.B("ForAll") : string.Join(" · ", words);
    }

    /// <summary>A length of time in words.</summary>
    public static string Time(int amount, LimitUnit unit) => T.B($"Time.{unit}{(amount == 1 ? ".One" : "")}", amount);

    /// <summary>How it climbs when overdue.</summary>
    public static string Ladder(DeadlinePolicy p) => !p.Escalates ? T.B("DoesNotClimb")
        : p.LaterLevels.Count == 0 ? T.B("ClimbsOnce")
        : p.LaterLevels.Select(l => l.Unit).Distinct().Count() == 1
            ? T.B($"Climbs.{p.LaterLevels[0].Unit}", string.Join(" / ", p.LaterLevels.Select(l => l.Amount)))
            : string.Join(" / ", p.LaterLevels.Select(l => Time(l.Amount, l.Unit)));

    /// <summary>What extensions may amount to.</summary>
    public static string Extension(DeadlinePolicy p)
    {
        var most = p.MaxExtension switch
        {
            0 => T.B("NoExtension"),
            null => T.B("AnyExtension"),
            { } max => T.B("AtMost", Time(max, p.Limit?.Unit ?? LimitUnit.Days)),
        };
        return p.ExtensionNeedsPartiesConsent && p.MaxExtension != 0 ? T.B("WithConsent", most) : most;
    }
}
