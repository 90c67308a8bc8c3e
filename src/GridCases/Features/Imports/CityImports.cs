using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.People;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>It waits to be read, or is being read.</summary>
    Checking,

    /// <summary>It is known what it would do, and what is wrong with it.</summary>
    Checked,

    /// <summary>It waits to be done, or is being done.</summary>
    Applying,

    /// <summary>All of it is done.</summary>
    Applied,

    /// <summary>Nothing of it is done.</summary>
    Failed,
}

/// <summary>
/// The imports that wait: taken up by one server at a time, the oldest first, and taken up again when the server at it has not been heard of for <see cref="ClaimLasts"/>, by the
/// database's clock. Checking only reads; applying is one transaction, which a server that dies takes with it.
/// </summary>
public sealed class CityImports(Db db, CaseBringer cases, DeputyRoles deputies, AttachmentFolder folder, PersonalData personal, ImportProgress progress, TimeProvider time)
{
    /// <summary>How long a server that says nothing more keeps an import.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromSeconds(30);

    private const int MostAttempts = 5;
    private const int RowsAStep = 500;

    private static readonly Sql FindNext = new($"""
        SELECT i.*, u.UserName FROM CityImport i JOIN AppUser u ON u.Id = i.UserId
        WHERE i.State IN ('Checking', 'Applying') AND {ClaimTerm.IsFree} ORDER BY i.StartedAt, i.Id {"{page}"}
        """);

    private static readonly Sql FindDeputised = new("SELECT DISTINCT UserId FROM Deputy WHERE ToDate >= @today");

    private static readonly Sql CountClaimed = new("SELECT COUNT(*) FROM CityImport WHERE State IN ('Checking', 'Applying') AND ClaimedUntil BETWEEN @Now AND @Latest");

    // The instant until which it is claimed tells whose claim it is: a later one is another server's.
    private static readonly Sql Claim = new($"""
        UPDATE CityImport SET ClaimedUntil = @Until, Attempts = Attempts + 1 WHERE Id = @Id AND State = @State AND Attempts = @Attempts AND {ClaimTerm.IsFree}
        """);

    private static readonly Sql Advance = new("UPDATE CityImport SET Done = @done, Total = @total, ClaimedUntil = @until WHERE Id = @Id AND State = @State AND ClaimedUntil = @ClaimedUntil");

    private static readonly Sql Finish = new("""
        UPDATE CityImport SET State = @state, Done = @done, Total = @done, Faults = @faults, CountsJson = @counts, Attempts = 0, ClaimedUntil = NULL, FinishedAt = @now, SecretCipher = @secret
        WHERE Id = @Id AND State = @was AND ClaimedUntil = @ClaimedUntil
        """);

    private static readonly Sql DeleteFaults = new("DELETE FROM ImportFault WHERE ImportId = @Id");
    private static readonly Sql DeleteChanges = new("DELETE FROM ImportChange WHERE ImportId = @Id");

    private static readonly Sql InsertFault = new("""
        INSERT INTO ImportFault (ImportId, Ordinal, Sheet, RowNumber, ColumnName, Cell, Code, ArgsJson) VALUES (@Id, @ordinal, @Sheet, @Row, @Column, @Cell, @Code, @ArgsJson)
        """);

    private static readonly Sql InsertChange = new("""
        INSERT INTO ImportChange (ImportId, Ordinal, Sheet, RowNumber, Subject, ColumnName, OldText, NewText) VALUES (@Id, @ordinal, @Sheet, @Row, @Subject, @Column, @Old, @New)
        """);

    /// <summary>Takes up the oldest import that waits; null when there is none, or another server is at one: two at once would judge what the other just changes.</summary>
    internal async Task<CityImportRow?> ClaimAsync(CancellationToken cancellationToken)
    {
        // Mostly there is none, which one look tells.
        if (await FindNextAsync(cancellationToken) is null)
            return null;
        return await db.InTransactionAsync(
            async () =>
            {
                // Two servers that claim two imports at once would both find none claimed.
                await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
                if (await FindNextAsync(cancellationToken) is not (var next, var term) || await db.QuerySingleAsync<int>(CountClaimed, term, cancellationToken) > 0)
                    return null;
                var claimed = await db.ExecuteAsync(Claim, new { next.Id, next.State, next.Attempts, term.Now, term.Until, term.Latest }, cancellationToken);
                return claimed == 1 ? next with { ClaimedUntil = term.Until, Attempts = next.Attempts + 1 } : null;
            },
            cancellationToken);
    }

    /// <summary>Checks or applies a claimed import, to its end.</summary>
    internal async Task RunAsync(CityImportRow import, CancellationToken cancellationToken)
    {
        try
        {
            if (import.Attempts > MostAttempts)
                await FailAsync(import, FaultCode.Interrupted, cancellationToken);
            else if (import.State is ImportState.Checking)
                await CheckAsync(import, cancellationToken);
            else
                await ApplyAsync(import, cancellationToken);
        }
        catch (UnreadableFile e)
        {
            await FailAsync(import, e.Code, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            await FailAsync(import, FaultCode.FileLost, cancellationToken);
        }
        finally
        {
            progress.Forget(import.Id);
        }
    }

    private async Task<(CityImportRow Next, ClaimTerm Term)?> FindNextAsync(CancellationToken cancellationToken)
    {
        var term = await ClaimTerm.FromNowAsync(db, ClaimLasts, cancellationToken: cancellationToken);
        return await db.QuerySingleOrDefaultAsync<CityImportRow>(FindNext, new { term.Now, term.Latest, limit = 1 }, cancellationToken) is { } next ? (next, term) : null;
    }

    private DateTimeOffset Now => time.GetUtcNow().TruncatedToMilliseconds();

    private async Task CheckAsync(CityImportRow import, CancellationToken cancellationToken)
    {
        var city = await db.SnapshotAsync(() => StoredCity.LoadAsync(db, import.UserId, LocalTime.Day(Now), cancellationToken), cancellationToken);
        await using var content = await folder.OpenAsync(import.Id, import.KeyCipher, cancellationToken);
        using var file = ImportFile.Open(content, import.Sheet);
        var total = ImportPlan.RowsOf(file);
        var plan = new ImportPlan(city, import, Now, personal, []);
        var done = 0;
        foreach (var row in plan.Run(file))
        {
            if ((done = row) % RowsAStep != 0)
                continue;
            plan.TakeWrites();
            plan.TakeCases();
            progress.Tell(import.Id, done, total);
            var now = await db.ClockAsync(cancellationToken);
            if (now + (ClaimLasts / 2) < import.ClaimedUntil)
                continue;
            var until = now + ClaimLasts;
            if (await db.ExecuteAsync(Advance, new { import.Id, import.State, import.ClaimedUntil, done, total, until }, cancellationToken) == 0)
                return;
            import = import with { ClaimedUntil = until };
        }

        await db.InTransactionAsync(() => FinishAsync(import, plan, done, ImportState.Checked, null, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Everything in one transaction, its own row first: whoever else claims the import meanwhile waits there and finds it done. What has become wrong since the check is told instead.
    /// </summary>
    private async Task ApplyAsync(CityImportRow import, CancellationToken cancellationToken)
    {
        await using var content = await folder.OpenAsync(import.Id, import.KeyCipher, cancellationToken);
        using var file = ImportFile.Open(content, import.Sheet);
        var secret = RandomNumberGenerator.GetBytes(32);
        var (plan, done) = (default(ImportPlan), 0);
        try
        {
            await db.InTransactionAsync(
                async () =>
                {
                    // What administrators add by hand meanwhile, and another import, must not be what this one has not seen.
                    await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
                    var until = await db.ClockAsync(cancellationToken) + ClaimLasts;
                    if (await db.ExecuteAsync(Advance, new { import.Id, import.State, import.ClaimedUntil, done = 0, total = import.Total, until }, cancellationToken) == 0)
                        return;
                    var at = await cases.ContextAsync(import.UserName, cancellationToken);
                    plan = new ImportPlan(await StoredCity.LoadAsync(db, import.UserId, LocalTime.Day(Now), cancellationToken), import, Now, personal, secret);
                    foreach (var row in plan.Run(file))
                    {
                        if ((done = row) % RowsAStep != 0)
                            continue;
                        progress.Tell(import.Id, done, import.Total);
                        if (plan.FaultCount == 0)
                            await WriteAsync();
                    }

                    if (plan.FaultCount > 0)
                        throw new NoLongerApplicable();
                    await WriteAsync();
                    foreach (var user in (await db.QueryAsync<Guid>(FindDeputised, new { today = LocalTime.Day(Now) }, cancellationToken)).Where(plan.RolesOf.Contains))
                        await deputies.KeepInStepAsync(user, cancellationToken);
                    var kept = plan.NewUsers.Count == 0 ? null : personal.Protect(Convert.ToBase64String(secret));
                    await FinishAsync(import with { ClaimedUntil = until }, plan, done, ImportState.Applied, kept, cancellationToken);

                    async Task WriteAsync()
                    {
                        await db.WriteAsync(plan.TakeWrites(), cancellationToken);
                        await cases.BringAsync(plan.TakeCases(), at, cancellationToken);
                    }
                },
                cancellationToken);
        }
        catch (NoLongerApplicable)
        {
            await db.InTransactionAsync(() => FinishAsync(import, plan!, done, ImportState.Failed, null, cancellationToken), cancellationToken);
        }

        // It will not be read again.
        if (plan is not null)
            await folder.DeleteAsync(import.Id, cancellationToken);
    }

    private Task FailAsync(CityImportRow import, FaultCode code, CancellationToken cancellationToken) => db.InTransactionAsync(
        async () =>
        {
            var state = import.State is ImportState.Checking ? ImportState.Checked : ImportState.Failed;
            if (await db.ExecuteAsync(Finish, new { import.Id, state, was = import.State, import.ClaimedUntil, done = 0, faults = 1, counts = (string?)null, now = Now, secret = (string?)null }, cancellationToken) == 1)
                await WriteFaultsAsync(import.Id, [new ImportFault(null, 0, null, null, code)], cancellationToken);
        },
        cancellationToken);

    private async Task FinishAsync(CityImportRow import, ImportPlan plan, int done, ImportState state, string? secret, CancellationToken cancellationToken)
    {
        var counts = JsonSerializer.Serialize(plan.Counts, Json.Options);
        if (await db.ExecuteAsync(Finish, new { import.Id, state, was = import.State, import.ClaimedUntil, done, faults = plan.FaultCount, counts, now = Now, secret }, cancellationToken) == 0)
            throw new Overtaken();
        await WriteFaultsAsync(import.Id, [.. plan.Faults.OrderBy(f => f.Sheet).ThenBy(f => f.Row).ThenBy(f => f.Cell, StringComparer.Ordinal)], cancellationToken);
        await db.ExecuteAsync(DeleteChanges, new { import.Id }, cancellationToken);
        await db.WriteAsync([.. plan.Changes.Select((c, ordinal) => new Write(InsertChange, new { import.Id, ordinal, c.Sheet, c.Row, c.Subject, c.Column, c.Old, c.New }))], cancellationToken);
    }

    private async Task WriteFaultsAsync(Guid id, IReadOnlyList<ImportFault> faults, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(DeleteFaults, new { Id = id }, cancellationToken);
        await db.WriteAsync([.. faults.Select((f, ordinal) => new Write(InsertFault, new { Id = id, ordinal, f.Sheet, f.Row, f.Column, f.Cell, f.Code, f.ArgsJson }))], cancellationToken);
    }

    /// <summary>Something has become wrong with it since it was checked.</summary>
    private sealed class NoLongerApplicable : Exception;
}

/// <summary>How far this process is with the imports it is at: nobody outside of a transaction sees a number that it writes down.</summary>
public sealed class ImportProgress
{
    private readonly ConcurrentDictionary<Guid, (int Done, int Total)> _known = new();

    /// <summary>Rows done and rows in all; null where this process is not at it.</summary>
    public (int Done, int Total)? Of(Guid import) => _known.TryGetValue(import, out var known) ? known : null;

    internal void Tell(Guid import, int done, int total) => _known[import] = (done, total);

    internal void Forget(Guid import) => _known.TryRemove(import, out _);
}

/// <summary>A row of CityImport.</summary>
internal sealed record CityImportRow
{
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public string UserName { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public string FileName { get; init; } = "";
    public ImportSheet? Sheet { get; init; }
    public string KeyCipher { get; init; } = "";
    public ImportState State { get; init; }
    public int Done { get; init; }
    public int Total { get; init; }
    public int Faults { get; init; }
    public string? CountsJson { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? ClaimedUntil { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? SecretCipher { get; init; }
    public DateTimeOffset? CredentialsTakenAt { get; init; }
}
