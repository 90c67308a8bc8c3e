using System.Globalization;
using System.Resources;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Web.Pages;

/// <summary>The pages' own sentences, in the reader's language. They stand in <c>Texts/*.resx</c>; the words of the domain are in the core's.</summary>
public static class Localized
{
    private static readonly ResourceManager PageTexts = new("GridCases.Web.Texts.Pages", typeof(Localized).Assembly);
    private static readonly ResourceManager CaseTexts = new("GridCases.Web.Texts.Case", typeof(Localized).Assembly);
    private static readonly ResourceManager BoardTexts = new("GridCases.Web.Texts.Boards", typeof(Localized).Assembly);
    private static readonly ResourceManager AccountTexts = new("GridCases.Web.Texts.Account", typeof(Localized).Assembly);
    private static readonly ResourceManager PeopleTexts = new("GridCases.Web.Texts.People", typeof(Localized).Assembly);
    private static readonly ResourceManager UnitTexts = new("GridCases.Web.Texts.Units", typeof(Localized).Assembly);
    private static readonly ResourceManager GuidanceTexts = new("GridCases.Web.Texts.Guidance", typeof(Localized).Assembly);
    private static readonly ResourceManager ImportTexts = new("GridCases.Web.Texts.Imports", typeof(Localized).Assembly);
    private static readonly ResourceManager SignOnTexts = new("GridCases.Web.Texts.SignOn", typeof(Localized).Assembly);
    private static readonly ResourceManager ClockTexts = new("GridCases.Web.Texts.Clock", typeof(Localized).Assembly);
    private static readonly ResourceManager UnavailableTexts = new("GridCases.Web.Texts.Unavailable", typeof(Localized).Assembly);
    private static readonly ResourceManager StatusTexts = new("GridCases.Web.Texts.Status", typeof(Localized).Assembly);

    private static readonly ResourceManager HelpTexts = new("GridCases.Web.Texts.Help", typeof(Localized).Assembly);

    /// <summary>All files, for the test that compares their languages.</summary>
    public static IReadOnlyList<ResourceManager> Files { get; } = [PageTexts, CaseTexts, BoardTexts, AccountTexts, PeopleTexts, UnitTexts, GuidanceTexts, ImportTexts, SignOnTexts, ClockTexts, UnavailableTexts, StatusTexts, HelpTexts];

    /// <summary>A sentence of the pages that all have in common: navigation, lists, registering.</summary>
    public static string Page(string key, params object[] args) => Of(PageTexts, key, args);

    /// <summary>A sentence of the case page.</summary>
    public static string Case(string key, params object[] args) => Filled(Find(key) ?? key, args);

    /// <summary>A sentence of the case page, if there is one under this key. What is said of actions stands in the core's <c>Texts/Actions.resx</c>.</summary>
    public static string? Find(string key) => CaseTexts.GetString(key, CultureInfo.CurrentUICulture) ?? Text.Find("Actions", key);

    /// <summary>A sentence of the queue, the dashboard, notifications and administration.</summary>
    public static string Board(string key, params object[] args) => Of(BoardTexts, key, args);

    /// <summary>A sentence of the page that is shown while the database is away.</summary>
    public static string Unavailable(string key) => Of(UnavailableTexts, key, []);

    /// <summary>A sentence about one's own account and password.</summary>
    public static string Account(string key, params object[] args) => Of(AccountTexts, key, args);

    /// <summary>A sentence of the pages about users, roles and organisations.</summary>
    public static string People(string key, params object[] args) => Of(PeopleTexts, key, args);

    /// <summary>A sentence on units, handing over and deputies.</summary>
    public static string Unit(string key, params object[] args) => Of(UnitTexts, key, args);

    /// <summary>A sentence that helps with what is wrong or missing: why a case came back, what looks mistyped, how something comes into the file.</summary>
    public static string Guidance(string key, params object[] args) => Of(GuidanceTexts, key, args);

    /// <summary>A sentence of importing and exporting a city.</summary>
    public static string Import(string key, params object[] args) => Of(ImportTexts, key, args);

    /// <summary>A sentence about signing in elsewhere, and about the second factor.</summary>
    public static string SignOn(string key, params object[] args) => Of(SignOnTexts, key, args);

    /// <summary>A sentence about the server's clock.</summary>
    public static string Clock(string key, params object[] args) => Of(ClockTexts, key, args);

    /// <summary>A sentence around the lines of the status page; the lines bring their own.</summary>
    public static string Status(string key, params object[] args) => Of(StatusTexts, key, args);

    /// <summary>A sentence of the help page.</summary>
    public static string Help(string key, params object[] args) => Of(HelpTexts, key, args);

    /// <summary>Questions and answers of the help page for a role, or for everybody.</summary>
    public static IEnumerable<(string Ask, string Say)> HelpFor(string role)
    {
        for (var i = 1; HelpTexts.GetString($"{role}.{i}.Ask", CultureInfo.CurrentUICulture) is { } ask; i++)
            yield return (ask, Help($"{role}.{i}.Say"));
    }

    /// <summary>The word for a value.</summary>
    public static string Word(Enum? value) => value is null ? "" : Text.Word(value);

    /// <summary>A local day as people say it: 11月18日 周三; with the year when it is another than this one.</summary>
    public static string Day(DateOnly day, DateOnly today)
    {
        var culture = CultureInfo.CurrentUICulture;
        var format = Page(day.Year == today.Year ? "DayFormat" : "DayYearFormat");
        return day.ToString(format, culture);
    }

    /// <summary>A local day and time of day.</summary>
    public static string Moment(DateTimeOffset instant, DateOnly today)
    {
        var local = instant.ToOffset(LocalTime.Offset);
        var day = LocalTime.Day(instant);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return day == today ? Page("TodayAt", time)
            : day == today.AddDays(-1) ? Page("YesterdayAt", time)
            : $"{Day(day, today)} {time}";
    }

    /// <summary>What stands for somebody in a circle: the first character of the name, whole.</summary>
    public static string FirstCharacter(string name) => StringInfo.GetNextTextElement(name);

    /// <summary>Yuan with thousands separators; fen only where there are any.</summary>
    public static string Yuan(decimal amount) => Page("Yuan", amount.ToString(amount == decimal.Truncate(amount) ? "#,0" : "#,0.00", CultureInfo.InvariantCulture));

    private static string Of(ResourceManager file, string key, object[] args) => Filled(file.GetString(key, CultureInfo.CurrentUICulture) ?? key, args);

    private static string Filled(string text, object[] args) => args.Length == 0 ? text : Plural.Fill(text, args);
}
