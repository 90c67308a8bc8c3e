using System.Globalization;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Tests.Data;
using GridCases.Tests.Domain.Cases;

namespace GridCases.Tests.Features.Cases;

/// <summary>What an action made of a case is what the next one finds: random walks of the domain, stored and loaded step by step, over all actions.</summary>
[OnBothDatabases]
public class StoredCaseTests(Store database)
{
    // After these a walk does not go on.
    private static readonly CaseAction[] Ends = [CaseAction.Withdraw, CaseAction.Merge, CaseAction.Decline, CaseAction.ReferOut, CaseAction.Archive];

    // What no walk comes to by itself, because somebody has to join in the one state in which that is asked for.
    private static readonly (Actor Actor, CaseAction Action)[] JoiningLate =
    [
        (SampleCity.GridHead, CaseAction.Submit), (SampleCity.VillageOfficer, CaseAction.Accept), (SampleCity.VillageOfficer, CaseAction.AssignMediation), (SampleCity.Mediator, CaseAction.StartMediation),
        (SampleCity.Mediator, CaseAction.AddParty), (SampleCity.Mediator, CaseAction.RecordConsent),
    ];

    [Test]
    public async Task A_case_is_loaded_as_it_was_saved()
    {
        // Walk after walk, until every action was taken at least once.
        // A suit that is filed comes to no walk by itself; what the court made of it is followed through the API (CaseLifecycleTests).
        var untried = Enum.GetValues<CaseAction>().Except(Ends).Except(JoiningLate.Select(step => step.Action)).Except([CaseAction.RecordCourtResult]).ToHashSet();
        for (var seed = 1; seed <= 60 && untried.Count > 0; seed++)
        {
            await using var city = await City.NewAsync(database);
            var walk = await Walk.BeginAsync(city, seed);
            for (var step = 0; step < 200 && walk.Offers.Where(o => !Ends.Contains(o.Action)).ToList() is { Count: > 0 } offers; step++)
                await walk.TakeAsync(walk.Pick(offers));
            untried.ExceptWith(walk.Done.Keys);
        }

        Assert.That(untried, Is.Empty, "the walks were too short to say anything of these");
    }

    [Test]
    public async Task A_party_that_joined_late_and_was_asked_is_loaded_as_it_was_saved()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var city = await City.NewAsync(database);
            var walk = await Walk.BeginAsync(city, seed);
            foreach (var step in JoiningLate)
            {
                if (walk.Offers.Contains(step))
                    await walk.TakeAsync(step);
            }

            if (walk.Done.ContainsKey(CaseAction.RecordConsent))
                return;
        }

        Assert.Fail("everybody refused");
    }

    [TestCaseSource(nameof(Ends))]
    public async Task A_case_that_leaves_is_loaded_as_it_left(CaseAction last)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var city = await City.NewAsync(database);
            var walk = await Walk.BeginAsync(city, seed);
            for (var step = 0; step < 120; step++)
            {
                var offers = walk.Offers;
                if (offers.Where(o => o.Action == last).ToList() is { Count: > 0 } doors && await walk.TakeAsync(doors[0]))
                {
                    Assert.That(CaseTransitions.IsOpen(walk.Case.State), Is.False);
                    return;
                }

                if (offers.Where(o => !Ends.Contains(o.Action)).ToList() is not { Count: > 0 } others)
                    break;
                await walk.TakeAsync(walk.Pick(others));
            }
        }

        Assert.Fail($"no walk came to {last}");
    }

    private static string Text(Case c)
    {
        var ordered = c with
        {
            Clocks = [.. c.Clocks.OrderBy(k => k.Id)],
            Extensions = [.. c.Extensions.OrderBy(e => e.Id)],
            Links = [.. c.Links.Order()],
            Agreement = c.Agreement is { } a ? a with { Signatures = [.. a.Signatures.OrderBy(s => s.Signer, StringComparer.Ordinal)] } : null,
        };
        return JsonSerializer.Serialize(ordered, Json.Options);
    }

    /// <summary>A case on its way, stored after each step.</summary>
    private sealed class Walk(Db db, CaseStore store, PersonalData personal, Random random, Scenario scenario, StoredCase stored)
    {
        private static readonly Sql FindOrganisations = new("SELECT OrganisationId FROM CaseOrganisation WHERE CaseId = @id");
        private static readonly Sql FindHandedOn = new($"SELECT {CaseTables.HandedOn.Columns} FROM HandedOnCase WHERE CaseId = @id AND OrganisationId = @organisation");
        private static int _numbers;
        private Scenario _scenario = scenario;
        private StoredCase _stored = stored;

        public Case Case => _stored.Case;

        public Dictionary<CaseAction, int> Done { get; } = [];

        /// <summary>What somebody may do; time passes first. Once both mediators have stepped aside nobody is left to go on with, so only one does.</summary>
        public IReadOnlyList<(Actor Actor, CaseAction Action)> Offers
        {
            get
            {
                _scenario.Wait(_scenario.Now.ToOffset(LocalTime.Offset).AddHours(random.Next(1, 30)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
                return
                [
                    .. SampleCity.Everybody.SelectMany(actor => Case.ActionsFor(actor, _scenario.Now).Select(action => (actor, action)))
                        .Where(o => o.action is not CaseAction.Recuse || Case.Recusals.IsEmpty),
                ];
            }
        }

        public static async Task<Walk> BeginAsync(City city, int seed)
        {
            var db = city.Application.NewDb();
            var store = new CaseStore(db, city.Application.Personal);
            var scenario = Scenario.Begin();
            return new Walk(db, store, city.Application.Personal, new Random(seed), scenario, await RegisterAsync(db, store, scenario, scenario.Last));
        }

        /// <summary>What has been done least comes first.</summary>
        public (Actor Actor, CaseAction Action) Pick(IReadOnlyList<(Actor Actor, CaseAction Action)> offers)
        {
            var rarest = offers.Min(o => Done.GetValueOrDefault(o.Action));
            var rare = offers.Where(o => Done.GetValueOrDefault(o.Action) == rarest).ToList();
            return random.Next(5) > 0 ? rare[random.Next(rare.Count)] : offers[random.Next(offers.Count)];
        }

        /// <summary>Does it, saves, loads, and compares; of an action that leaves a trace in another case that one too.</summary>
        /// <returns>Whether the domain let it.</returns>
        public async Task<bool> TakeAsync((Actor Actor, CaseAction Action) offer)
        {
            var at = _scenario.At(offer.Actor);
            var changes = new List<(StoredCase, CaseChange)>();
            Done[offer.Action] = Done.GetValueOrDefault(offer.Action) + 1;
            try
            {
                if (offer.Action is CaseAction.Link or CaseAction.Merge)
                {
                    var other = await OtherAsync();
                    changes.Add(offer.Action is CaseAction.Link
                        ? (_stored, Case.LinkTo(other.Case, "one fence", at))
                        : (_stored, Case.MergeInto(other.Case, "the same", at)));
                    changes.Add((other, offer.Action is CaseAction.Link ? other.Case.LinkedFrom(Case) : other.Case.MergedFrom(Case)));
                }
                else
                {
                    changes.Add((_stored, SampleActions.Do(offer.Action, Case, at, random.Next(100))));
                }
            }
            catch (RuleViolation)
            {
                return false;
            }

            var saved = await db.InTransactionAsync(() => offer.Action is CaseAction.AddParty ? JoinedAsync(changes[0].Item2, at) : store.SaveTogetherAsync(changes, at, default));
            for (var i = 0; i < changes.Count; i++)
            {
                var (before, change) = changes[i];
                var loaded = (await store.FindAsync(change.After.Id, default))!;
                Assert.That(Text(loaded.Case), Is.EqualTo(Text(change.After with { Version = before.Case.Version + (change.IsDecision ? 1 : 0) })), $"{offer.Action}");
                Assert.That(Text(saved[i].Case), Is.EqualTo(Text(loaded.Case)), "what is in hand after saving is what is stored");
                await AssertSightAsync(before, change);
                if (i == 0)
                    (_stored, _scenario) = (loaded, _scenario.From(loaded.Case));
            }

            return true;
        }

        /// <summary>Who has the case sees it; for who handed it on it stands as it was, and for who refused it there is nothing.</summary>
        private async Task AssertSightAsync(StoredCase before, CaseChange change)
        {
            var id = change.After.Id;
            var seeing = await db.QueryAsync<Guid>(FindOrganisations, new { id });
            Assert.That(seeing, Is.EqualTo(new[] { change.After.ResponsibleOrganisation }.OfType<Guid>()));
            foreach (var organisation in new[] { change.OrganisationLeft, change.After.ResponsibleOrganisation }.OfType<Guid>())
            {
                var kept = await db.QuerySingleOrDefaultAsync<HandedOnRow>(FindHandedOn, new { id, organisation });
                Assert.That(kept is null, Is.EqualTo(organisation == change.After.ResponsibleOrganisation || change.IsRefused));
                if (kept is null)
                    continue;
                var stood = HandedOnRow.Open(kept.CaseCipher, before.Case.Attachments.Select(a => AttachmentRow.Of(id, a)), personal);
                Assert.That(Text(stood.Case), Is.EqualTo(Text(before.Case)));
                Assert.That(kept.LastEventSequence, Is.EqualTo(before.Row.LastEventSequence));
            }
        }

        /// <summary>A party that joins brings its papers.</summary>
        private async Task<IReadOnlyList<StoredCase>> JoinedAsync(CaseChange change, CaseContext at)
        {
            var joined = new PartyRow { Id = change.After.Parties[^1].Id, CaseId = Case.Id, Ordinal = _stored.Parties[^1].Ordinal + 1, Name = "n" };
            return [await store.SaveAsync(_stored, new CorrectedPapers(change, [.. _stored.Parties, joined], null), at, default)];
        }

        /// <summary>Another case, with parties of its own.</summary>
        private Task<StoredCase> OtherAsync()
        {
            var scenario = Scenario.Begin();
            return RegisterAsync(db, store, scenario, scenario.Last with { After = scenario.Case with { Parties = [.. scenario.Case.Parties.Select(p => p with { Id = scenario.At(SampleCity.GridHead).NewId() })] } });
        }

        private static async Task<StoredCase> RegisterAsync(Db db, CaseStore store, Scenario scenario, CaseChange registered)
        {
            var change = registered.WithNumber($"9901012026-{Interlocked.Increment(ref _numbers):000000}");
            var rows = change.After.Parties.Select((p, i) => new PartyRow { Id = p.Id, Ordinal = i, Role = p.Role, Kind = p.Kind, Name = "n" }).ToArray();
            return await db.InTransactionAsync(() => store.InsertAsync(change, rows, null, scenario.At(SampleCity.GridHead), default));
        }
    }
}
