using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Tests.Domain.Cases;

/// <summary>What looks mistyped in ID numbers and phones: one table of examples for the server and for the browser. Nobody has these numbers: no county has the code 99.</summary>
public class NumberHintTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "GridCases.Tests", "Domain", "Cases", "Intake");
    private static readonly Table Examples = JsonSerializer.Deserialize<Table>(File.ReadAllText(Path.Combine(Folder, "numbers.json")), Json.Options)!;
    private static readonly Lazy<Told> Browser = new(AskTheClient);

    private static IEnumerable<TestCaseData> IdNumbers() => Named(Examples.IdNumbers);

    private static IEnumerable<TestCaseData> Phones() => Named(Examples.Phones);

    [TestCaseSource(nameof(IdNumbers))]
    public void An_id_number_is_read_and_doubted(Example example, int index)
    {
        var read = IdentityNumber.Read(example.Typed, Examples.Today);
        var said = new Answer(IdentityNumber.HintOn(example.Typed, Examples.Today), IdentityNumber.Normal(example.Typed), read?.BornOn, read?.Sex);
        Assert.That(said, Is.EqualTo(example.Answer), example.Why);
        Assert.That(Examples.IdNumbers[index], Is.EqualTo(example));
    }

    [TestCaseSource(nameof(Phones))]
    public void A_phone_is_doubted(Example example, int index)
    {
        Assert.That(new Answer(PhoneNumber.HintOn(example.Typed), PhoneNumber.Normal(example.Typed), null, null), Is.EqualTo(example.Answer), example.Why);
        Assert.That(Examples.Phones[index], Is.EqualTo(example));
    }

    [TestCaseSource(nameof(IdNumbers))]
    public void The_browser_says_the_same_of_an_id_number(Example example, int index) => Assert.That(Browser.Value.IdNumbers[index], Is.EqualTo(example.Answer), example.Why);

    [TestCaseSource(nameof(Phones))]
    public void The_browser_says_the_same_of_a_phone(Example example, int index) => Assert.That(Browser.Value.Phones[index], Is.EqualTo(example.Answer), example.Why);

    [Test]
    public void Every_hint_has_an_example() =>
        Assert.That(Examples.IdNumbers.Concat(Examples.Phones).Select(e => e.Hint).OfType<NumberHint>().Distinct(), Is.EquivalentTo(Enum.GetValues<NumberHint>()));

    [Test]
    public void Nothing_typed_is_nothing_doubted()
    {
        Assert.That((IdentityNumber.HintOn(null, Examples.Today), PhoneNumber.HintOn(null)), Is.EqualTo(((NumberHint?)null, (NumberHint?)null)));
        Assert.That((IdentityNumber.Normal(null), PhoneNumber.Normal(null)), Is.EqualTo(("", "")));
        Assert.That(IdentityNumber.Normal("\uD800"), Is.Empty.Or.EqualTo("\uFFFD"), "half a character");
    }

    private static IEnumerable<TestCaseData> Named(IReadOnlyList<Example> examples) =>
        examples.Select((example, i) => new TestCaseData(example, i).SetArgDisplayNames($"{i + 1}, {example.Why}"));

    /// <exception cref="IgnoreException">Node or esbuild is missing; says which.</exception>
    private static Told AskTheClient()
    {
        var client = Path.Combine(Repository.Root, "src", "GridCases.Web", "Client");
        if (!Directory.Exists(Path.Combine(client, "node_modules", "esbuild")))
            throw new IgnoreException($"esbuild is not installed: build src/GridCases.Web, or run npm ci in {client}.");

        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "numbers.mjs"), client]) { RedirectStandardOutput = true };
        try
        {
            using var node = Process.Start(start)!;
            var told = JsonSerializer.Deserialize<Told>(node.StandardOutput.ReadToEnd(), Json.Options)!;
            node.WaitForExit();
            return told;
        }
        catch (Win32Exception e)
        {
            throw new IgnoreException($"node cannot be started: {e.Message}");
        }
    }

    public sealed record Answer(NumberHint? Hint, string Normal, DateOnly? BornOn, Sex? Sex);

    public sealed record Example(string Typed, string Why, NumberHint? Hint, string Normal, DateOnly? BornOn, Sex? Sex)
    {
        public Answer Answer => new(Hint, Normal, BornOn, Sex);
    }

    private sealed record Table(DateOnly Today, IReadOnlyList<Example> IdNumbers, IReadOnlyList<Example> Phones);

    private sealed record Told(IReadOnlyList<Answer> IdNumbers, IReadOnlyList<Answer> Phones);
}
