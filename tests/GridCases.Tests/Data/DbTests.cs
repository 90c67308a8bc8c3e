using System.Data.Common;
using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Tests.Data;

/// <summary>Transactions, versions and keys behave alike on both databases.</summary>
[OnBothDatabases]
public sealed class DbTests(Store store) : DataFixture(store)
{
    private static readonly Sql Bump = new("UPDATE DisputeCase SET Version = Version + 1, State = @State WHERE Id = @Id AND Version = @Version");

    private static readonly Sql ReadCase = new("SELECT Id, Version, State, Suspended, RegisteredAt, OriginUnitCode, OccurredOn FROM DisputeCase WHERE Id = @Id");

    private static readonly Sql ReadState = new("SELECT State FROM DisputeCase WHERE Id = @Id");

    private static readonly Sql AddSerial = new("INSERT INTO CaseNumber (DistrictCode, [Year], LastSerial) VALUES (@District, @Year, @Serial)");

    private static readonly Sql NextSerial = new("UPDATE CaseNumber SET LastSerial = LastSerial + 1 WHERE DistrictCode = @District AND [Year] = @Year");

    private static readonly Sql ReadSerial = new("SELECT LastSerial FROM CaseNumber WHERE DistrictCode = @District AND [Year] = @Year");

    private static readonly Sql ForgetSerials = new("DELETE FROM CaseNumber WHERE DistrictCode = @District");

    private static readonly Sql AddEvent = new(
        """
        INSERT INTO CaseEvent (CaseId, Sequence, [At], ByUser, [Action], DataJson, PreviousHash, Hash)
        VALUES (@Id, 1, @At, 'grid1', 'Register', '{}', @Hash, @Hash)
        """);

    private static readonly Sql ChangeEvent = new("UPDATE CaseEvent SET ByUser = 'nobody' WHERE CaseId = @Id");

    private static readonly Sql RemoveEvent = new("DELETE FROM CaseEvent WHERE CaseId = @Id");

    private static readonly Sql AddOrphan = new("INSERT INTO CaseOrganisation (CaseId, OrganisationId) VALUES (@Id, @Id)");

    private static readonly Sql Cases = new(
        """
        SELECT Id, RegisteredAt FROM DisputeCase
        WHERE Id IN {list ids} AND (@at IS NULL OR RegisteredAt < @at OR (RegisteredAt = @at AND Id < @id))
        ORDER BY RegisteredAt DESC, Id DESC {page}
        """);

    private static readonly UnitCode District = new("990199");

    private Db _db = null!;

    [SetUp]
    public async Task Open_a_scope()
    {
        _db = NewDb();
        await _db.ExecuteAsync(ForgetSerials, new { District });
    }

    [TearDown]
    public async Task Close_the_scope()
    {
        if (_db is not null)
            await _db.DisposeAsync();
    }

    [Test]
    public async Task A_case_row_comes_back_typed()
    {
        var id = await TestRows.AddCaseAsync(_db);

        var row = await _db.QuerySingleAsync<CaseRow>(ReadCase, new { id });

        Assert.That(row, Is.EqualTo(new CaseRow { Id = id, Version = 1, State = CaseState.Registered, OriginUnitCode = TestRows.City, RegisteredAt = row.RegisteredAt }));
    }

    [Test]
    public async Task Of_several_who_change_a_version_one_wins()
    {
        var id = await TestRows.AddCaseAsync(_db);

        var touched = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var db = NewDb();
            return await db.ExecuteAsync(Bump, new { id, Version = 1, State = CaseState.AwaitingAcceptance });
        })));

        Assert.That(touched.Sum(), Is.EqualTo(1));
        Assert.That((await _db.QuerySingleAsync<CaseRow>(ReadCase, new { id })).Version, Is.EqualTo(2));
    }

    [Test]
    public async Task A_transaction_that_throws_leaves_nothing()
    {
        var id = await TestRows.AddCaseAsync(_db);

        Assert.ThrowsAsync<InvalidOperationException>(() => _db.InTransactionAsync(async () =>
        {
            await _db.ExecuteAsync(Bump, new { id, Version = 1, State = CaseState.Closed });
            Assert.That(await _db.QuerySingleAsync<CaseState>(ReadState, new { id }), Is.EqualTo(CaseState.Closed), "seen inside");
            throw new InvalidOperationException();
        }));

        Assert.That(_db.InTransaction, Is.False);
        Assert.That(await _db.QuerySingleAsync<CaseState>(ReadState, new { id }), Is.EqualTo(CaseState.Registered));
    }

    [Test]
    public async Task A_transaction_inside_of_one_is_the_same()
    {
        var id = await TestRows.AddCaseAsync(_db);

        Assert.ThrowsAsync<InvalidOperationException>(() => _db.InTransactionAsync(async () =>
        {
            await _db.InTransactionAsync(() => _db.ExecuteAsync(Bump, new { id, Version = 1, State = CaseState.Closed }));
            throw new InvalidOperationException();
        }));

        Assert.That(await _db.QuerySingleAsync<CaseState>(ReadState, new { id }), Is.EqualTo(CaseState.Registered));
    }

    [Test]
    public async Task Another_scopes_transaction_inside_of_one_is_refused()
    {
        await using var other = NewDb();

        Assert.ThrowsAsync<InvalidOperationException>(() =>
            _db.InTransactionAsync(() => other.ExecuteAsync(NextSerial, new { District, Year = 2026 })));

        await other.ExecuteAsync(NextSerial, new { District, Year = 2026 });
    }

    [Test]
    public async Task A_key_that_exists_is_a_conflict_and_the_transaction_goes_on()
    {
        await _db.InTransactionAsync(async () =>
        {
            await _db.ExecuteAsync(AddSerial, new { District, Year = 2026, Serial = 1 });
            Assert.ThrowsAsync<UniqueConflict>(() => _db.ExecuteAsync(AddSerial, new { District, Year = 2026, Serial = 9 }));
            await _db.ExecuteAsync(NextSerial, new { District, Year = 2026 });
        });

        Assert.That(await _db.QuerySingleAsync<int>(ReadSerial, new { District, Year = 2026 }), Is.EqualTo(2));
    }

    [Test]
    public void A_missing_reference_is_refused() =>
        Assert.That(() => _db.ExecuteAsync(AddOrphan, new { Id = new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]) }), Throws.InstanceOf<DbException>());

    [Test]
    public async Task Serials_are_given_once_and_without_a_gap()
    {
        await _db.ExecuteAsync(AddSerial, new { District, Year = 2026, Serial = 0 });

        var given = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            await using var db = NewDb();
            return await db.InTransactionAsync(async () =>
            {
                await db.ExecuteAsync(NextSerial, new { District, Year = 2026 });
                return await db.QuerySingleAsync<int>(ReadSerial, new { District, Year = 2026 });
            });
        })));

        Assert.That(given.Order(), Is.EqualTo(Enumerable.Range(1, 40)));
    }

    [Test]
    public async Task What_is_missing_is_null()
    {
        Assert.That(await _db.QuerySingleOrDefaultAsync<int?>(ReadSerial, new { District, Year = 1999 }), Is.Null);
        Assert.That(await _db.QuerySingleOrDefaultAsync<CaseRow>(ReadCase, new { Id = Guid.Empty }), Is.Null);
        Assert.ThrowsAsync<InvalidOperationException>(() => _db.QuerySingleAsync<int>(ReadSerial, new { District, Year = 1999 }));
    }

    [Test]
    public async Task The_journal_takes_no_change()
    {
        var id = await TestRows.AddCaseAsync(_db);
        await _db.ExecuteAsync(AddEvent, new { id, At = TimeProvider.System.GetUtcNow(), Hash = TestRows.NoHash });

        Assert.That(() => _db.ExecuteAsync(ChangeEvent, new { id }), Throws.InstanceOf<DbException>().With.Message.Contains("append-only"));
        Assert.That(() => _db.ExecuteAsync(RemoveEvent, new { id }), Throws.InstanceOf<DbException>().With.Message.Contains("append-only"));
    }

    [Test]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await TestRows.AddCaseAsync(_db));

        var seen = new List<Guid>();
        var cursor = "";
        do
        {
            Assert.That(PageKey.TryParse(cursor, out var key));
            var page = await _db.QueryAsync<CaseRow>(Cases, new { ids, at = key?.At, id = key?.Id, limit = 2 });
            seen.AddRange(page.Select(c => c.Id));
            cursor = page.Count < 2 ? "" : new PageKey(page[^1].RegisteredAt, page[^1].Id).ToString();
        }
        while (cursor != "");

        Assert.That(seen, Is.EquivalentTo(ids));
    }

    [Test]
    public async Task Reads_of_a_batch_come_back_in_their_places()
    {
        var (one, other) = (await TestRows.AddCaseAsync(_db), await TestRows.AddCaseAsync(_db));
        var batch = _db.Batch();
        var first = batch.Read<CaseRow>(ReadCase, new { Id = one });
        var none = batch.Read<int?>(ReadSerial, new { District, Year = 1999 });
        var state = batch.Read<CaseState>(ReadState, new { Id = other });
        var second = batch.Read<CaseRow>(ReadCase, new { Id = other });
        Assert.That(() => first.Count, Throws.InvalidOperationException, "it has not run yet");

        await batch.RunAsync(default);

        Assert.That((first.SingleOrDefault?.Id, second.SingleOrDefault?.Id), Is.EqualTo(((Guid?)one, (Guid?)other)));
        Assert.That((none.Count, state[0]), Is.EqualTo((0, CaseState.Registered)));
    }

    [Test]
    public async Task What_is_written_last_is_written_at_the_end_and_together()
    {
        var id = await TestRows.AddCaseAsync(_db);

        var seenInside = await _db.ReadThenWriteAsync(async () =>
        {
            await _db.WriteAsync([Write.Guard(Bump, new { id, Version = 1, State = CaseState.Closed }), new Write(AddSerial, new { District, Year = 2026, Serial = 7 })]);
            Assert.ThrowsAsync<InvalidOperationException>(() => _db.ExecuteAsync(NextSerial, new { District, Year = 2026 }), "nobody could know how many rows it touches");
            return await _db.QuerySingleAsync<CaseState>(ReadState, new { id });
        });

        Assert.That(seenInside, Is.EqualTo(CaseState.Registered));
        Assert.That(await _db.QuerySingleAsync<CaseState>(ReadState, new { id }), Is.EqualTo(CaseState.Closed));
        Assert.That(await _db.QuerySingleAsync<int>(ReadSerial, new { District, Year = 2026 }), Is.EqualTo(7));
    }

    [Test]
    public async Task Who_is_overtaken_writes_nothing_and_decides_anew()
    {
        var id = await TestRows.AddCaseAsync(_db);
        var decided = new List<int>();

        await _db.ReadThenWriteAsync(async () =>
        {
            var row = await _db.QuerySingleAsync<CaseRow>(ReadCase, new { id });
            decided.Add(row.Version);
            if (decided.Count == 1)
            {
                await using var faster = NewDb();
                await faster.ExecuteAsync(Bump, new { id, Version = 1, State = CaseState.Accepted });
            }

            await _db.WriteAsync([new Write(AddSerial, new { District, Year = 2030 + decided.Count, Serial = 0 }), Write.Guard(Bump, new { id, row.Version, State = CaseState.Closed })]);
            return true;
        });

        Assert.That(decided, Is.EqualTo(new[] { 1, 2 }));
        Assert.That((await _db.QuerySingleAsync<CaseRow>(ReadCase, new { id })).Version, Is.EqualTo(3));
        Assert.That(await _db.QuerySingleOrDefaultAsync<int?>(ReadSerial, new { District, Year = 2031 }), Is.Null, "the first try left nothing");
        Assert.That(await _db.QuerySingleOrDefaultAsync<int?>(ReadSerial, new { District, Year = 2032 }), Is.EqualTo(0));
    }

    [Test]
    public async Task A_unit_with_a_key_that_is_taken_leaves_nothing_and_those_beside_it_stand()
    {
        await _db.ExecuteAsync(AddSerial, new { District, Year = 2040, Serial = 0 });

        var tried = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(async () =>
        {
            await using var db = NewDb();
            try
            {
                // Every fourth takes a year that is taken, after one that is free.
                await db.WriteAsync([new Write(AddSerial, new { District, Year = 2100 + n, Serial = 0 }), new Write(AddSerial, new { District, Year = n % 4 == 0 ? 2040 : 2200 + n, Serial = 0 })]);
                return true;
            }
            catch (UniqueConflict)
            {
                return false;
            }
        })));

        Assert.That(tried, Is.EqualTo(Enumerable.Range(0, 16).Select(n => n % 4 != 0)));
        for (var n = 0; n < 16; n++)
            Assert.That(await _db.QuerySingleOrDefaultAsync<int?>(ReadSerial, new { District, Year = 2100 + n }), n % 4 == 0 ? Is.Null : Is.EqualTo(0), $"{n}");
    }

    private sealed record CaseRow
    {
        public Guid Id { get; init; }

        public int Version { get; init; }

        public CaseState State { get; init; }

        public bool Suspended { get; init; }

        public DateTimeOffset RegisteredAt { get; init; }

        public UnitCode OriginUnitCode { get; init; }

        public DateOnly? OccurredOn { get; init; }
    }
}
