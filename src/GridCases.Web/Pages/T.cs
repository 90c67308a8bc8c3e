using System.Globalization;
using System.Resources;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Web.Pages;

/// <summary>The pages' own sentences, in the reader's language. They stand in <c>Texts/*.resx</c>; the words of the domain are in the core's.</summary>
public static class T
{
    private static readonly ResourceManager Pages = new("GridCases.Web.Texts.Pages", typeof(T).Assembly);
    private static readonly ResourceManager Case = new("GridCases.Web.Texts.Case", typeof(T).Assembly);
    private static readonly ResourceManager Boards = new("GridCases.Web.Texts.Boards", typeof(T).Assembly);

    /// <summary>All files, for the test that compares their languages.</summary>
    public static IReadOnlyList<ResourceManager> Files { get; } = [Pages, Case, Boards];

    /// <summary>A sentence of the pages that all have in common: navigation, lists, registering.</summary>
    public static string P(string key, params object[] args) => Of(Pages, key, args);

    /// <summary>A sentence of the case page.</summary>
    public static string C(string key, params object[] args) => Of(Case, key, args);

    /// <summary>A sentence of the case page, if there is one under this key.</summary>
    public static string? Find(string key) => Case.GetString(key, CultureInfo.CurrentUICulture);

    /// <summary>A sentence of the queue, the dashboard, notifications and administration.</summary>
    public static string B(string key, params object[] args) => Of(Boards, key, args);

    /// <summary>The word for a value.</summary>
    public static string W(Enum? value) => value is null ? "" : Text.Word(value);

    /// <summary>A local day as people say it: 11月18日 周三; with the year when it is another than this one.</summary>
    public static string Day(DateOnly day, DateOnly today)
    {
        var culture = CultureInfo.CurrentUICulture;
        var format = P(day.Year == today.Year ? "DayFormat" : "DayYearFormat");
        return day.ToString(format, culture);
    }

    /// <summary>A local day and time of day.</summary>
    public static string Moment(DateTimeOffset instant, DateOnly today)
    {
        var local = instant.ToOffset(LocalTime.Offset);
        var day = LocalTime.Day(instant);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return day == today ? P("TodayAt", time)
            : day == today.AddDays(-1) ? P("YesterdayAt", time)
            : $"{Day(day, today)} {time}";
    }

    /// <summary>Yuan with thousands separators; fen only where there are any.</summary>
    public static string Yuan(decimal amount) => P("Yuan", amount.ToString(amount == decimal.Truncate(amount) ? "#,0" : "#,0.00", CultureInfo.InvariantCulture));

    private static string Of(ResourceManager file, string key, object[] args)
    {
        var text = file.GetString(key, CultureInfo.CurrentUICulture) ?? key;
        return args.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, args);
    }
}
