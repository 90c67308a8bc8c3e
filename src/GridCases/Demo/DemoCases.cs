using System.Globalization;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Installation;
using GridCases.Pipeline;

namespace GridCases.Demo;

/// <summary>The demo's disputes and how each went, <c>db/demo/cases.json</c>. All of it is invented.</summary>
internal sealed record DemoCases
{
    /// <summary>Pools of which parties' names are made.</summary>
    public required NamePools Names { get; init; }

    /// <summary>What people say where a story says nothing of its own, by verb.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Texts { get; init; }

    /// <summary>Steps that many stories share, by name; <c>{0}</c> stands for the first argument.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> SharedSteps { get; init; }

    public required IReadOnlyList<Entry> Cases { get; init; }

    public static DemoCases Read() => JsonSerializer.Deserialize<DemoCases>(EmbeddedFiles.Read("demo/cases.json"), Json.Options)!;

    /// <summary>The steps of a dispute's story, shared steps written out: <c>~mediated mediator.p1</c> stands for those of that name.</summary>
    public IReadOnlyList<Step> StepsOf(Entry entry) =>
        [.. entry.Story.SelectMany(WrittenOut).SelectMany(line => line == "sign-all" ? Signing(entry) : [line]).Select(Step.Parse)];

    private IEnumerable<string> WrittenOut(string line)
    {
        if (line[0] != '~')
            return [line];
        var words = line[1..].Split(' ');
        return SharedSteps[words[0]].Select(step => words.Skip(1).Index().Aggregate(step, (text, word) => text.Replace($"{{{word.Index}}}", word.Item)));
    }

    private static IEnumerable<string> Signing(Entry entry) =>
        [.. Enumerable.Repeat("sign applicant", entry.Applicants), "sign respondent", "sign mediator", "sign seal"];

    public sealed record NamePools(string Surnames, IReadOnlyList<string> Male, IReadOnlyList<string> Female);

    /// <summary>A dispute and its story.</summary>
    public sealed record Entry
    {
        /// <summary>By which another story names it.</summary>
        public string? Key { get; init; }

        public required string Title { get; init; }

        public string? Summary { get; init; }

        public required Category Category { get; init; }

        /// <summary>How it came to be known.</summary>
        public Source Source { get; init; }

        public Urgency Urgency { get; init; }

        public Scale Scale { get; init; }

        public int? People { get; init; }

        /// <summary>Yuan in dispute.</summary>
        public decimal? Amount { get; init; }

        /// <summary>The grid, or the unit, where it happened.</summary>
        public required UnitCode At { get; init; }

        /// <summary>Where there, in words.</summary>
        public string? Address { get; init; }

        /// <summary>Who writes it down: a user name; the grid's head or the centre's officer, if nobody is named.</summary>
        public string? By { get; init; }

        /// <summary>The respondent, when it is an organisation.</summary>
        public string? Against { get; init; }

        /// <summary>How many persons apply.</summary>
        public int Applicants { get; init; } = 1;

        /// <summary>Applicant and respondent, where chance would not do: <c>马建军 男</c>.</summary>
        public IReadOnlyList<string> Names { get; init; } = [];

        /// <summary>What was agreed in the end.</summary>
        public string? Terms { get; init; }

        /// <summary>Yuan agreed on.</summary>
        public decimal? Agreed { get; init; }

        public IReadOnlyList<Promise> Promises { get; init; } = [];

        /// <summary>When the last step was: <c>3</c> working days ago, or <c>3d</c> for days. The other steps are counted back from it.</summary>
        public required string Ends { get; init; }

        /// <summary>The steps after registering; see <see cref="Step.Parse"/>.</summary>
        public IReadOnlyList<string> Story { get; init; } = [];
    }

    /// <summary>A promise: by the applicant or the respondent, due so many days after the agreement.</summary>
    public sealed record Promise(PartyRole By, string Text, int Days, decimal? Amount);

    /// <summary>A length between two steps.</summary>
    public readonly record struct Gap(int Amount, bool WorkingDays)
    {
        /// <summary><c>3</c> working days, <c>3d</c> days.</summary>
        public static Gap Parse(string text) => text.EndsWith('d')
            ? new(int.Parse(text[..^1], CultureInfo.InvariantCulture), false)
            : new(int.Parse(text, CultureInfo.InvariantCulture), true);

        /// <summary>The day that lies so far before another; always a working day, when it is another day.</summary>
        public DateOnly Before(DateOnly day, WorkingCalendar calendar)
        {
            if (Amount == 0)
                return day;
            if (WorkingDays)
                return calendar.AddWorkingDays(day, -Amount);
            var before = day.AddDays(-Amount);
            return calendar.IsWorkingDay(before) ? before : calendar.AddWorkingDays(before, -1);
        }
    }

    /// <summary>One step of a story.</summary>
    /// <param name="After">How long after the step before it.</param>
    /// <param name="Verb">What is done; the words are those of <see cref="DemoSteps"/>.</param>
    /// <param name="Arguments">What the verb needs.</param>
    /// <param name="By">User name of who does it, when it is not plain.</param>
    /// <param name="Text">What is said.</param>
    public sealed record Step(Gap After, string Verb, IReadOnlyList<string> Arguments, string? By, string? Text)
    {
        /// <summary><c>2 assign mediator.p1 @town1: text</c>: after two working days; only the verb is needed.</summary>
        public static Step Parse(string line)
        {
            var (head, text) = line.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? (line[..colon], line[(colon + 2)..]) : (line, null);
            var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var timed = char.IsAsciiDigit(words[0][0]);
            var rest = words.Skip(timed ? 2 : 1).ToList();
            return new Step(
                timed ? Gap.Parse(words[0]) : default,
                words[timed ? 1 : 0],
                [.. rest.Where(w => w[0] != '@')],
                rest.FirstOrDefault(w => w[0] == '@')?[1..],
                text);
        }
    }
}
