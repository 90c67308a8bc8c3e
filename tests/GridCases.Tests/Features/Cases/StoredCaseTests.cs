using System.Globalization;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using GridCases.Tests.Domain.Cases;

namespace GridCases.Tests.Features.Cases;

/// <summary>What an action made of a case is what the next one finds: random walks of the domain, stored and loaded step by step.</summary>
[OnBothDatabases]
public class StoredCaseTests(Store database)
{
    // These end the walk, or need another case.
    private static readonly CaseAction[] Ends = [CaseAction.Withdraw, CaseAction.Merge, CaseAction.Link, CaseAction.Decline, CaseAction.ReferOut, CaseAction.Archive];

    // Seeds whose walks do not end at the city, where the cast has no officer.
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(6)]
    public async Task A_case_is_loaded_as_it_was_saved(int seed)
    {
        await using var city = await City.NewAsync(database);
        var random = new Random(seed);
        var story = Story.Begin();
        var db = city.Application.NewDb();
        var store = new CaseStore(db);
        var rows = story.Case.Parties.Select((p, i) => new PartyRow { Id = p.Id, Ordinal = i, Role = p.Role, Kind = p.Kind, Name = "n" }).ToArray();
        await db.InTransactionAsync(() => store.InsertAsync(story.Last, rows, null, story.At(Cast.GridHead), default));
        var stored = (await store.FindAsync(story.Case.Id, default))!;
        story = story.From(stored.Case);
        var done = new Dictionary<CaseAction, int>();

        for (var step = 0; step < 200; step++)
        {
            story.Wait(story.Now.ToOffset(LocalTime.Offset).AddHours(random.Next(1, 30)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            var offers = Cast.Everybody.SelectMany(actor => story.Case.ActionsFor(actor, story.Now).Select(action => (actor, action)))
                .Where(o => !Ends.Contains(o.action)
                    // Once both mediators have stepped aside nobody is left to go on with.
                    && (o.action is not CaseAction.Recuse || story.Case.Recusals.IsEmpty)).ToList();
            if (offers.Count == 0)
                break;

            // What has been done least comes first.
            var rarest = offers.Min(o => done.GetValueOrDefault(o.action));
            var rare = offers.Where(o => done.GetValueOrDefault(o.action) == rarest).ToList();
            var (actor, action) = random.Next(5) > 0 ? rare[random.Next(rare.Count)] : offers[random.Next(offers.Count)];
            done[action] = done.GetValueOrDefault(action) + 1;
            CaseChange change;
            try
            {
                change = Acts.Do(action, story.Case, story.At(actor), random.Next(100));
            }
            catch (RuleViolation)
            {
                continue;
            }

            var saved = await db.InTransactionAsync(() => store.SaveAsync(stored, change, story.At(actor), default));
            stored = (await store.FindAsync(story.Case.Id, default))!;
            Assert.That(Text(stored.Case), Is.EqualTo(Text(change.After with { Version = story.Case.Version + (change.IsDecision ? 1 : 0) })), $"{step}: {action}");
            Assert.That(Text(saved.Case), Is.EqualTo(Text(stored.Case)), "what is in hand after saving is what is stored");
            story = story.From(stored.Case);
        }

        Assert.That(done, Has.Count.GreaterThan(25), "the walk was too short to say anything");
    }

    private static string Text(Case c)
    {
        var ordered = c with
        {
            Clocks = [.. c.Clocks.OrderBy(k => k.Id)],
            Extensions = [.. c.Extensions.OrderBy(e => e.Id)],
            Agreement = c.Agreement is { } a ? a with { Signatures = [.. a.Signatures.OrderBy(s => s.Signer, StringComparer.Ordinal)] } : null,
        };
        return JsonSerializer.Serialize(ordered, Json.Options);
    }
}
