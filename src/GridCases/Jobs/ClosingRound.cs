using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Outbox;
using GridCases.Features.People;
using GridCases.Features.Rules;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// One closed unit after the other: first who serves there and what belongs to the unit, in one short transaction, so that nobody is left without it; then its cases, one short
/// transaction each, until a look finds none; then it is done, and the successor is told once. See docs/adr/0014.
/// </summary>
public sealed partial class ClosingRound(Db db, CaseStore cases, Rulebook rules, DeputyRoles deputies, TimeProvider time, ILogger<ClosingRound> logger)
{
    private const int BatchSize = 100;

    // The units below first: a village that closes with its grids on one day is empty when it is its turn.
    private static readonly Sql FindDue = new("""
        SELECT c.UnitCode AS Unit, u.Name, u.ClosedOn, u.SuccessorCode AS Successor, c.ClosedBy
        FROM UnitClosing c JOIN Unit u ON u.Code = c.UnitCode
        WHERE c.DoneAt IS NULL AND u.ClosedOn <= @today
        ORDER BY u.ClosedOn, CASE u.[Level] WHEN 'Grid' THEN 0 WHEN 'Village' THEN 1 WHEN 'Township' THEN 2 ELSE 3 END, u.Code
        """);

    private static readonly Sql Hold = new("UPDATE UnitClosing SET Reason = Reason WHERE UnitCode = @Unit");

    private static readonly Sql FindRoles = new("""
        SELECT Id, UserId, Role, OrganisationId, FromDate, ToDate FROM RoleAssignment
        WHERE UnitCode = @Unit AND DeputyId IS NULL AND (ToDate IS NULL OR ToDate >= @ClosedOn) AND (ToDate IS NULL OR ToDate >= FromDate)
        """);

    private static readonly Sql EndRole = new("UPDATE RoleAssignment SET ToDate = @last WHERE Id = @Id");
    private static readonly Sql MoveRole = new("UPDATE RoleAssignment SET UnitCode = @Successor WHERE Id = @Id");

    // Somebody may hold the role in both units.
    private static readonly Sql AddRole = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, OrganisationId, FromDate, ToDate)
        SELECT @newId, @UserId, @Role, @Successor, @OrganisationId, @ClosedOn, @ToDate
        WHERE NOT EXISTS (SELECT 1 FROM RoleAssignment h WHERE h.UserId = @UserId AND h.Role = @Role AND h.UnitCode = @Successor AND h.DeputyId IS NULL
            AND (h.OrganisationId = @OrganisationId OR (h.OrganisationId IS NULL AND @OrganisationId IS NULL))
            AND h.FromDate <= @ClosedOn AND (h.ToDate IS NULL OR h.ToDate >= @ToDate))
        """);

    private static readonly Sql MoveOrganisations = new("UPDATE Organisation SET UnitCode = @Successor WHERE UnitCode = @Unit");
    private static readonly Sql MoveEscalations = new("UPDATE Escalation SET UnitCode = @Successor WHERE UnitCode = @Unit AND State IN ('Open', 'Acknowledged')");

    // What nobody has read yet: the successor's people must not find what others have dealt with.
    private static readonly Sql MoveNotifications = new("""
        UPDATE Notification SET UnitCode = @Successor
        WHERE UnitCode = @Unit AND NOT EXISTS (SELECT 1 FROM NotificationRead d WHERE d.NotificationId = Notification.Id)
        """);

    private static readonly Sql FindCases = new("""
        SELECT c.Id FROM DisputeCase c
        WHERE c.Id > @after AND c.State NOT IN ('Declined', 'Withdrawn', 'ReferredOut', 'Merged', 'Archived')
            AND (c.OriginUnitCode = @Unit OR c.HolderUnitCode = @Unit OR c.CompletedHolderUnitCode = @Unit OR c.Route LIKE @part OR c.CompletedRoute LIKE @part)
        ORDER BY c.Id {page}
        """);

    private static readonly Sql Finish = new("UPDATE UnitClosing SET DoneAt = @Now WHERE UnitCode = @Unit AND DoneAt IS NULL");

    /// <summary>The closings whose day has come and that are not done.</summary>
    internal Task<IReadOnlyList<Closing>> DueAsync(CancellationToken cancellationToken) =>
        db.QueryAsync<Closing>(FindDue, new { today = LocalTime.Day(time.GetUtcNow()) }, cancellationToken);

    /// <summary>Brings one to its end.</summary>
    /// <returns>How many cases were moved, and how many could not be.</returns>
    internal async Task<(int Moved, int Failed)> ApplyAsync(Closing closing, CancellationToken cancellationToken)
    {
        await db.InTransactionAsync(() => MoveUnitAsync(closing, cancellationToken), cancellationToken);
        var (all, failed, moved) = (0, 0, 0);
        do
        {
            // Whoever had a case in hand while it was looked for may have written the closed unit into it once more.
            (moved, failed) = await MoveCasesAsync(closing, cancellationToken);
            all += moved;
        }
        while (moved > 0 && failed == 0);

        if (failed == 0)
            await FinishAsync(closing, cancellationToken);
        return (all, failed);
    }

    /// <summary>Roles end the day before and begin anew under the successor; what the unit itself has goes with them.</summary>
    private async Task MoveUnitAsync(Closing closing, CancellationToken cancellationToken)
    {
        // Another server may be at it: the second finds the roles moved.
        await db.ExecuteAsync(Hold, closing, cancellationToken);
        var now = time.GetUtcNow();
        var roles = await db.QueryAsync<HeldRole>(FindRoles, closing, cancellationToken);
        foreach (var role in roles)
        {
            if (role.FromDate >= closing.ClosedOn)
            {
                await db.ExecuteAsync(MoveRole, new { role.Id, closing.Successor }, cancellationToken);
                continue;
            }

            await db.ExecuteAsync(EndRole, new { role.Id, last = closing.ClosedOn.AddDays(-1) }, cancellationToken);
            await db.ExecuteAsync(AddRole, new { newId = Guid.CreateVersion7(now), role.UserId, role.Role, closing.Successor, role.OrganisationId, closing.ClosedOn, role.ToDate }, cancellationToken);
        }

        await db.ExecuteAsync(MoveOrganisations, closing, cancellationToken);
        await db.ExecuteAsync(MoveEscalations, closing, cancellationToken);
        await db.ExecuteAsync(MoveNotifications, closing, cancellationToken);
        foreach (var user in roles.Select(r => r.UserId).Distinct().Order())
            await deputies.KeepInStepAsync(user, cancellationToken);
    }

    private async Task<(int Moved, int Failed)> MoveCasesAsync(Closing closing, CancellationToken cancellationToken)
    {
        var (moved, failed, after) = (0, 0, Guid.Empty);
        while (true)
        {
            var ids = await db.QueryAsync<Guid>(FindCases, new { after, closing.Unit, part = $"%{closing.Unit}%", limit = BatchSize }, cancellationToken);
            foreach (var id in ids)
            {
                if (await TryMoveAsync(id, closing, cancellationToken) is { } changed)
                    moved += changed ? 1 : 0;
                else
                    failed++;
            }

            if (ids.Count < BatchSize)
                return (moved, failed);
            after = ids[^1];
        }
    }

    private async Task<bool?> TryMoveAsync(Guid caseId, Closing closing, CancellationToken cancellationToken)
    {
        try
        {
            return await db.ReadThenWriteAsync(
                async () =>
                {
                    var at = await ContextAsync(closing, cancellationToken);
                    if (await cases.FindAsync(caseId, cancellationToken) is not { } stored || stored.Case.MoveToSuccessor(closing.Unit, closing.Successor) is not { } change)
                        return false;
                    await cases.SaveAsync(stored, change, at, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception e) when (e is not StorageUnavailable { IsMomentary: false } && !cancellationToken.IsCancellationRequested)
        {
            // The message of an error may hold data of the case; its kind and place do not.
            CaseFailed(caseId, e.GetType().Name, e.StackTrace);
            return null;
        }
    }

    private async Task FinishAsync(Closing closing, CancellationToken cancellationToken)
    {
        var at = await ContextAsync(closing, cancellationToken);
        var role = closing.Successor.Level is UnitLevel.Grid ? Role.GridHead : Role.CentreOfficer;
        var notice = new Notice(NoticeKind.UnitMerged, null, closing.Successor, role, null, null, new Dictionary<string, object?> { ["name"] = closing.Name });
        try
        {
            await db.WriteAsync([Write.Guard(Finish, new { at.Now, closing.Unit }), Notices.Queueing(notice, at)], cancellationToken);
        }
        catch (Overtaken)
        {
            // Another server has finished it, and told of it.
        }
    }

    // On record it is the administrator who did it, whenever the day came.
    private async Task<CaseContext> ContextAsync(Closing closing, CancellationToken cancellationToken) =>
        await rules.ContextAsync(cancellationToken) with { By = new Actor(closing.ClosedBy, []) };

    [LoggerMessage(Level = LogLevel.Error, Message = "Case {CaseId} could not be moved to the successor of its unit: {Error}\n{Place}")]
    private partial void CaseFailed(Guid caseId, string error, string? place);

    /// <summary>A unit that is closed and whose successor has not everything yet.</summary>
    internal sealed record Closing
    {
        public UnitCode Unit { get; init; }
        public string Name { get; init; } = "";
        public DateOnly ClosedOn { get; init; }
        public UnitCode Successor { get; init; }
        public string ClosedBy { get; init; } = "";
    }

    private sealed class HeldRole
    {
        public Guid Id { get; init; }
        public Guid UserId { get; init; }
        public Role Role { get; init; }
        public Guid? OrganisationId { get; init; }
        public DateOnly FromDate { get; init; }
        public DateOnly? ToDate { get; init; }
    }
}
