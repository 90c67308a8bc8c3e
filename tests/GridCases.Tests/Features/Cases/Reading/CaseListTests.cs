using GridCases.Data;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Work;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>
/// Whatever way a list goes to its cases, it holds those, and in that order, that the rules say in plain words: the demo's cases as seen by everybody in it,
/// and by three people who serve in two places.
/// </summary>
[OnBothDatabases]
public sealed class CaseListTests(Store store)
{
    private const string Sees = CaseAccess.IsInScope;

    // What waits for whom, as one condition on a case; the lists look for it from the other end.
    private const string Waits = """
        (c.State NOT IN ('Closed', 'Declined', 'Withdrawn', 'ReferredOut', 'Merged', 'Archived') OR (c.State = 'Closed' AND c.NextWarnAt < @now)) AND EXISTS (SELECT 1 FROM RoleAssignment m
            WHERE m.UserId = @scopeUser AND m.FromDate <= @scopeDay AND (m.ToDate IS NULL OR m.ToDate >= @scopeDay)
            AND ((m.UnitCode = c.HolderUnitCode AND ((m.Role = 'CentreOfficer' AND c.State IN ('Registered', 'AwaitingAcceptance', 'Accepted', 'MediationFailed', 'AwaitingVerification'))
                    OR (m.Role IN ('GridHead', 'GovernanceAssistant') AND c.State IN ('Registered', 'AwaitingVerification'))
                    OR (m.Role IN ('GridHead', 'GovernanceAssistant', 'CentreOfficer') AND c.State = 'Closed' AND c.NextWarnAt < @now)))
                OR (m.Role = 'Mediator' AND m.OrganisationId = c.MediationOrganisationId AND (c.MediationMediator IS NULL OR c.MediationMediator = @userName)
                    AND NOT EXISTS (SELECT 1 FROM CaseRecusal q WHERE q.CaseId = c.Id AND q.UserName = @userName)
                    AND c.State IN ('Assigned', 'InMediation', 'AgreementReached', 'ConfirmationPending', 'MediationFailed'))
                OR (m.Role = 'Supervisor' AND (
                    EXISTS (SELECT 1 FROM Escalation e WHERE e.CaseId = c.Id AND e.UnitCode = m.UnitCode AND e.State IN ('Open', 'Acknowledged'))
                    OR (c.HolderUnitCode >= m.UnitCode AND c.HolderUnitCode < m.UnitEnd
                        AND (c.Id IN (SELECT x.CaseId FROM CaseExtension x WHERE x.State = 'Requested') OR c.Id IN (SELECT h.CaseId FROM ShamReport h WHERE h.ClosedAt IS NULL))
                        AND NOT EXISTS (SELECT 1 FROM RoleAssignment s WHERE s.Role = 'Supervisor' AND s.UnitCode > m.UnitCode
                            AND c.HolderUnitCode >= s.UnitCode AND c.HolderUnitCode < s.UnitEnd
                            AND s.FromDate <= @scopeDay AND (s.ToDate IS NULL OR s.ToDate >= @scopeDay)))))))
        """;

    private static readonly Sql FindSeen = new($"SELECT c.* FROM DisputeCase c WHERE {Sees}");
    // What an organisation of the caller's handed on, and the caller does not see as it is.
    private static readonly Sql FindHandedOn = new($"""
        SELECT h.* FROM HandedOnCase h WHERE EXISTS (SELECT 1 FROM RoleAssignment r WHERE r.UserId = @scopeUser AND r.FromDate <= @scopeDay AND (r.ToDate IS NULL OR r.ToDate >= @scopeDay)
            AND r.Role = 'Mediator' AND r.OrganisationId = h.OrganisationId)
        AND NOT EXISTS (SELECT 1 FROM CaseRecusal q WHERE q.CaseId = h.CaseId AND q.UserName = @userName) AND h.CaseId NOT IN (SELECT c.Id FROM DisputeCase c WHERE {Sees})
        """);

    private static readonly Sql FindWaiting = new($"SELECT c.* FROM DisputeCase c WHERE {Sees} AND {Waits}");
    private static readonly Sql FindNames = new("SELECT CaseId, Name FROM CaseParty");
    private static readonly Sql FindUsers = new("SELECT UserName FROM AppUser ORDER BY UserName");
    private static readonly Sql FindUser = new("""
        SELECT u.Id, r.Role, r.UnitCode AS Unit, r.OrganisationId FROM AppUser u JOIN RoleAssignment r ON r.UserId = u.Id
        WHERE u.UserName = @userName AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
        """);

    private static readonly Sql AddRole = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, FromDate) SELECT @Id, u.Id, @Role, @Unit, @today FROM AppUser u WHERE u.UserName = @userName
        """);

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 30, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly Today = LocalTime.Day(Now);

    private StartedApplication _application = null!;
    private Db _db = null!;
    private ILookup<Guid, string> _names = null!;
    private IReadOnlyList<string> _users = null!;

    [OneTimeSetUp]
    public async Task Seed()
    {
        _application = await StartedApplication.OnAnEmptyFolderAsync(store, Now);
        await _application.SendAsync(new SeedDemo.Command());
        _db = _application.NewDb();
        await GiveRoleAsync("grid2", Role.CentreOfficer, "990102001001");
        await GiveRoleAsync("town9", Role.Supervisor, "990101");
        await GiveRoleAsync("mediator.p9", Role.CentreOfficer, "990101001");
        _names = (await _db.QueryAsync<PartyRow>(FindNames)).ToLookup(p => p.CaseId, p => p.Name);
        _users = await _db.QueryAsync<string>(FindUsers);
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        await _db.DisposeAsync();
        await _application.DisposeAsync();
    }

    [Test]
    public async Task A_list_holds_what_the_rules_say_in_the_order_asked_for([Values] bool mine, [Values(ListCases.Order.Newest, ListCases.Order.Due, ListCases.Order.Amount)] ListCases.Order sort)
    {
        var found = 0;
        foreach (var caller in await EverybodyAsync())
        {
            var all = await ExpectedAsync(caller, mine);
            foreach (var query in Queries(mine, sort))
                found += await AssertAsync(caller, query, all.Where(c => Meets(c, query)));
        }

        Assert.That(found, Is.GreaterThan(1000));
    }

    [Test]
    public async Task A_search_finds_what_contains_the_words_in_any_scope([Values] bool mine, [Values(ListCases.Order.Newest, ListCases.Order.Due, ListCases.Order.Amount)] ListCases.Order sort)
    {
        var found = 0;
        foreach (var caller in (await EverybodyAsync()).Where(c => c.UserName is "grid1" or "grid2" or "village1" or "town1" or "district1" or "city.lead" or "mediator.p1" or "mediator.p9" or "town9" or "admin"))
        {
            var all = await ExpectedAsync(caller, mine);
            var numbers = all.Where(c => c.Number.Length > 0).Take(1).Select(c => c.Number);
            var names = all.Skip(all.Count / 2).Take(1).SelectMany(c => _names[c.Id]);
            foreach (var words in (string[])["纠纷", "水", "纠纷 邻", "水 漏 0", "0001", "99", "，", "没有这样的事", .. numbers, .. names])
            {
                var normal = words.Split(' ').Select(PlainText.Words).ToList();
                foreach (var query in (ListCases.Query[])
                    [
                        new() { Q = words, Mine = mine, Sort = sort },
                        new() { Q = words, Mine = mine, Sort = sort, Open = true, Category = Category.Neighbours },
                        new() { Q = words, Mine = mine, Sort = sort, Unit = new UnitCode("990101001") },
                    ])
                {
                    found += await AssertAsync(caller, query, all.Where(c => Meets(c, query) && normal.TrueForAll(word => c.Texts.Any(t => t.Contains(word, StringComparison.Ordinal)))));
                }
            }
        }

        Assert.That(found, Is.GreaterThan(100));
    }

    [Test]
    public async Task Counts_are_those_of_the_lists()
    {
        foreach (var caller in await EverybodyAsync())
        {
            var counts = await _application.SendAsync(new GetWorkCounts.Query(), caller);
            Assert.That(counts, Is.EqualTo(new GetWorkCounts.Result
            {
                Waiting = await CountAsync(new() { Mine = true }),
                WaitingYellow = await CountAsync(new() { Mine = true, Light = Light.Yellow }),
                WaitingRed = await CountAsync(new() { Mine = true, Light = Light.Red }),
                Open = await CountAsync(new() { Open = true }),
                OpenYellow = await CountAsync(new() { Open = true, Light = Light.Yellow }),
                OpenRed = await CountAsync(new() { Open = true, Light = Light.Red }),
                Escalations = counts.Escalations,
            }), caller.UserName);

            async Task<int> CountAsync(ListCases.Query query) => (await AllAsync(caller, query with { Limit = 200 })).Count;
        }
    }

    [Test]
    public async Task The_longest_overdue_first_is_the_order_of_due_dates()
    {
        foreach (var caller in (await EverybodyAsync()).Where(c => c.UserName is "village1.lead" or "city.lead"))
        {
            var due = await AllAsync(caller, new() { Sort = ListCases.Order.Due, Overdue = true, Limit = 200 });
            Assert.That(due, Is.Not.Empty);
            Assert.That(await AllAsync(caller, new() { Sort = ListCases.Order.Overdue, Overdue = true, Limit = 7 }, pages: 100), Is.EqualTo(due));
        }
    }

    /// <summary>How a long queue is read would make no difference to a short one, only more work.</summary>
    [Test]
    public async Task A_long_queue_is_read_to_the_same_list()
    {
        var query = new ListCases.Query { Mine = true, Sort = ListCases.Order.Due, Limit = 200 };
        foreach (var caller in (await EverybodyAsync()).Where(c => CaseListAsked.DependsOnQueue(query, c)))
        {
            var asked = new CaseListAsked(query, null, query.Limit, caller, Now, queued: 500);
            var read = await _db.QueryAsync<ListCases.Row>(CaseListText.Of[asked.Shape], asked);
            Assert.That(read.Select(r => r.Id), Is.EqualTo(await AllAsync(caller, query)), caller.UserName);
        }
    }

    private static IEnumerable<ListCases.Query> Queries(bool mine, ListCases.Order sort)
    {
        var plain = new ListCases.Query { Mine = mine, Sort = sort };
        return
        [
            plain,
            plain with { Open = true },
            plain with { Open = false },
            plain with { State = CaseState.InMediation },
            plain with { State = CaseState.Closed },
            .. Enum.GetValues<Light>().Select(light => plain with { Light = light }),
            .. Enum.GetValues<Light>().Select(light => plain with { Light = light, Open = true }),
            plain with { Track = MediationTrack.Peoples, Open = true },
            plain with { Category = Category.Neighbours },
            plain with { Category = Category.Neighbours, Open = true, State = CaseState.Accepted },
            .. new[] { "9901", "990101", "990101001", "990101001001", "990101001001001", "990102001" }.Select(unit => plain with { Unit = new UnitCode(unit) }),
            plain with { Unit = new UnitCode("990101001"), Open = true, Light = Light.Red },
            plain with { From = Today.AddDays(-20) },
            plain with { From = Today.AddDays(-40), To = Today.AddDays(-10) },
            plain with { ClosedFrom = Today.AddDays(-15), ClosedTo = Today.AddDays(-2) },
            plain with { RegisteredBy = "grid1" },
            plain with { Mediator = "Mediator.P1", Open = true },
            plain with { Mediator = "mediator.a1" },
            plain with { Overdue = true },
            plain with { Overdue = false, To = Today.AddDays(-5) },
            plain with { AmountFrom = 1000, AmountTo = 20_000 },
            plain with { AmountFrom = 0.01m, Open = true },
        ];
    }

    /// <summary>What a list may hold: cases as they are, and unless they are to wait for the caller those that were handed on, as they were then.</summary>
    private async Task<List<Expected>> ExpectedAsync(Caller caller, bool mine)
    {
        var asked = new { scopeUser = caller.UserId, caller.UserName, scopeDay = Today, now = Now };
        var handedOn = mine ? [] : await _db.QueryAsync<HandedOnRow>(FindHandedOn, asked);
        return
        [
            .. (await _db.QueryAsync<CaseRow>(mine ? FindWaiting : FindSeen, asked)).Select(c => new Expected(c.Id, c.Number, c.State, CaseTransitions.IsOpen(c.State),
                c.NextDueAt < Now ? Light.Red : c.NextWarnAt < Now ? Light.Yellow : Light.Green, c.Category, c.Track, c.OriginUnitCode, c.HolderUnitCode, c.NextDueAt, c.RegisteredAt,
                [.. TextsOf(c)]) { Amount = c.AmountInDispute, ClosedAt = c.ClosedAt, RegisteredBy = c.RegisteredBy, Mediator = c.MediationMediator }),
            .. handedOn.Select(h => new Expected(h.CaseId, "", h.State, null, h.Light, h.Category, h.Track, h.OriginUnitCode, h.HolderUnitCode, null, h.RegisteredAt, h.SearchText.Split('\n')) { Mediator = h.Mediator }),
        ];
    }

    private static bool Meets(Expected c, ListCases.Query query) =>
        (query.State is null || c.State == query.State)
        && (query.Open is null || (c.Open ?? query.State is not null) == query.Open)
        && (query.Light is null || c.Light == query.Light)
        && (query.Category is null || c.Category == query.Category)
        && (query.Track is null || c.Track == query.Track)
        && (query.Unit is not { } unit || unit.Contains(c.Origin) || unit.Contains(c.Holder))
        && (query.From is null || LocalTime.Day(c.RegisteredAt) >= query.From)
        && (query.To is null || LocalTime.Day(c.RegisteredAt) <= query.To)
        && (query.ClosedFrom is null || (c.ClosedAt is { } closed && LocalTime.Day(closed) >= query.ClosedFrom))
        && (query.ClosedTo is null || (c.ClosedAt is { } ended && LocalTime.Day(ended) <= query.ClosedTo))
        && (query.RegisteredBy is null || string.Equals(c.RegisteredBy, query.RegisteredBy, StringComparison.OrdinalIgnoreCase))
        && (query.Mediator is null || string.Equals(c.Mediator, query.Mediator, StringComparison.OrdinalIgnoreCase))
        && (query.Overdue is null || (c.Light is Light.Red) == query.Overdue)
        && (query.AmountFrom is null || c.Amount >= query.AmountFrom)
        && (query.AmountTo is null || c.Amount <= query.AmountTo);

    /// <summary>The list holds these cases, in its order, and its pages follow without gap or repetition. Of what is equal in the order the databases have each their own.</summary>
    private async Task<int> AssertAsync(Caller caller, ListCases.Query query, IEnumerable<Expected> expected)
    {
        var cases = expected.ToDictionary(c => c.Id);
        var whole = await AllAsync(caller, query with { Limit = 200 });
        Assert.That(whole, Is.EquivalentTo(cases.Keys), $"{caller.UserName}: {query}");
        Assert.That(whole.Select(id => InOrder(cases[id], query.Sort)), query.Sort is ListCases.Order.Due or ListCases.Order.Overdue ? Is.Ordered : Is.Ordered.Descending, $"{caller.UserName}: {query}");
        Assert.That(await AllAsync(caller, query with { Limit = 3 }, pages: 3), Is.EqualTo(whole.Take(9)), $"{caller.UserName} by pages: {query}");
        return whole.Count;
    }

    private static object InOrder(Expected c, ListCases.Order? sort) => sort switch
    {
        ListCases.Order.Due or ListCases.Order.Overdue => c.DueAt ?? DateTimeOffset.MaxValue,
        ListCases.Order.Amount => c.Amount ?? -1,
        ListCases.Order.Newest or null => c.RegisteredAt,
    };

    private IEnumerable<string> TextsOf(CaseRow c) => new[] { c.Number, c.Title, c.Summary }.Concat(_names[c.Id]).Select(PlainText.Words);

    private async Task<List<Guid>> AllAsync(Caller caller, ListCases.Query query, int pages = 1)
    {
        var ids = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await _application.SendAsync(query with { Cursor = cursor }, caller);
            ids.AddRange(page.Items.Select(i => i.Id));
            cursor = page.Next;
        }
        while (cursor is not null && --pages > 0);
        return ids;
    }

    private async Task<List<Caller>> EverybodyAsync()
    {
        var callers = new List<Caller>();
        foreach (var userName in _users)
        {
            var rows = await _db.QueryAsync<RoleRow>(FindUser, new { userName, today = Today });
            callers.Add(new Caller { UserId = rows[0].Id, UserName = userName, Roles = [.. rows.Select(r => new RoleInUnit(r.Role, r.Unit, r.OrganisationId))] });
        }

        return callers;
    }

    private Task<int> GiveRoleAsync(string userName, Role role, string unit) =>
        _db.ExecuteAsync(AddRole, new { Id = Guid.CreateVersion7(Now), userName, Role = role, Unit = new UnitCode(unit), today = Today });

    /// <summary>A case in a list.</summary>
    /// <param name="Id">The case.</param>
    /// <param name="Number">Its number, where it is seen as it is.</param>
    /// <param name="State">Its state.</param>
    /// <param name="Open">Whether it is open; null for one that was handed on, which is so only where its state is asked for.</param>
    /// <param name="Light">Its light.</param>
    /// <param name="Category">Its category.</param>
    /// <param name="Track">Its track.</param>
    /// <param name="Origin">Where it began.</param>
    /// <param name="Holder">Who holds it.</param>
    /// <param name="DueAt">What is due first.</param>
    /// <param name="RegisteredAt">When it was registered.</param>
    /// <param name="Texts">What it is found by.</param>
    private sealed record Expected(Guid Id, string Number, CaseState State, bool? Open, Light Light, Category Category, MediationTrack? Track, UnitCode Origin, UnitCode Holder,
        DateTimeOffset? DueAt, DateTimeOffset RegisteredAt, IReadOnlyList<string> Texts)
    {
        public decimal? Amount { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public string? RegisteredBy { get; init; }
        public string? Mediator { get; init; }
    }

    private sealed class RoleRow
    {
        public Guid Id { get; init; }
        public Role Role { get; init; }
        public UnitCode Unit { get; init; }
        public Guid? OrganisationId { get; init; }
    }
}
