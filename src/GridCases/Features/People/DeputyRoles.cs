using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;

namespace GridCases.Features.People;

/// <summary>
/// Keeps the roles that deputies hold in step with those of the colleagues they stand in for. Whatever changes roles of somebody calls it afterwards, in the same transaction.
/// </summary>
/// <remarks>
/// A deputy holds the colleague's own roles, as far as both terms meet: never those which the colleague holds as a deputy, so that nobody passes them on. Named by the colleague these
/// are all but an administrator's. Named by an administrator they are those in the administrator's own area, and an administrator's role only if it is of a unit below the one administered.
/// </remarks>
public sealed class DeputyRoles(Db db, TimeProvider time)
{
    private static readonly Sql FindWanted = new("""
        SELECT d.Id AS DeputyId, d.DeputyUserId, r.Role, r.UnitCode, r.OrganisationId,
            IIF(r.FromDate > d.FromDate, r.FromDate, d.FromDate) AS FromDate, IIF(r.ToDate < d.ToDate, r.ToDate, d.ToDate) AS ToDate
        FROM Deputy d
        JOIN AppUser s ON s.Id = d.DeputyUserId AND s.DeactivatedAt IS NULL
        JOIN AppUser u ON u.Id = d.UserId
        JOIN RoleAssignment r ON r.UserId = d.UserId AND r.DeputyId IS NULL AND r.FromDate <= d.ToDate AND (r.ToDate IS NULL OR (r.ToDate >= d.FromDate AND r.ToDate >= r.FromDate))
        WHERE d.UserId = @userId AND d.ToDate >= @today AND d.FromDate <= d.ToDate
            AND ((d.CreatedBy = u.UserName AND r.Role <> 'Administrator')
                OR (d.CreatedBy <> u.UserName AND EXISTS (SELECT 1 FROM RoleAssignment a JOIN AppUser c ON c.Id = a.UserId
                    WHERE c.UserName = d.CreatedBy AND a.Role = 'Administrator' AND a.DeputyId IS NULL AND a.FromDate <= @today AND (a.ToDate IS NULL OR a.ToDate >= @today)
                        AND r.UnitCode >= a.UnitCode AND r.UnitCode < a.UnitEnd AND (r.Role <> 'Administrator' OR r.UnitCode <> a.UnitCode))))
        """);

    private static readonly Sql FindHeld = new("""
        SELECT r.Id, r.DeputyId, d.DeputyUserId, r.Role, r.UnitCode, r.OrganisationId, r.FromDate, r.ToDate
        FROM RoleAssignment r JOIN Deputy d ON d.Id = r.DeputyId
        WHERE d.UserId = @userId AND r.ToDate >= @today AND r.ToDate >= r.FromDate
        """);

    private static readonly Sql Add = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, OrganisationId, FromDate, ToDate, DeputyId)
        VALUES (@newId, @DeputyUserId, @Role, @UnitCode, @OrganisationId, @FromDate, @ToDate, @DeputyId)
        """);

    private static readonly Sql End = new("UPDATE RoleAssignment SET ToDate = @last WHERE Id = @Id");

    /// <summary>Puts the roles of all deputies of a user right.</summary>
    public async Task KeepInStepAsync(Guid userId, CancellationToken cancellationToken)
    {
        await UserRow.HoldAsync(db, userId, cancellationToken);
        var now = time.GetUtcNow();
        var today = LocalTime.Day(now);
        var wanted = (await db.QueryAsync<Held>(FindWanted, new { userId, today }, cancellationToken)).Where(w => w.ToDate >= today).ToLookup(w => w.Key);
        var held = await db.QueryAsync<Held>(FindHeld, new { userId, today }, cancellationToken);
        var writes = new List<Write>();
        foreach (var row in held)
        {
            // None is deleted: one that is over before it began was never held.
            var last = wanted[row.Key].Select(w => (DateOnly?)w.ToDate).Max() ?? today.AddDays(-1);
            if (last != row.ToDate)
                writes.Add(new Write(End, new { row.Id, last }));
        }

        var known = held.Select(h => h.Key).ToHashSet();
        writes.AddRange(wanted.Where(w => !known.Contains(w.Key)).Select(w => w.MaxBy(one => one.ToDate)!)
            .Select(w => new Write(Add, new { newId = Guid.CreateVersion7(now), w.DeputyUserId, w.Role, w.UnitCode, w.OrganisationId, w.FromDate, w.ToDate, w.DeputyId })));
        if (writes.Count > 0)
            await db.WriteAsync(writes, cancellationToken);
    }

    private sealed record Held
    {
        public Guid Id { get; init; }
        public Guid DeputyId { get; init; }
        public Guid DeputyUserId { get; init; }
        public Role Role { get; init; }
        public UnitCode UnitCode { get; init; }
        public Guid? OrganisationId { get; init; }
        public DateOnly FromDate { get; init; }
        public DateOnly ToDate { get; init; }

        public (Guid, Role, UnitCode, Guid?, DateOnly) Key => (DeputyId, Role, UnitCode, OrganisationId, FromDate);
    }
}
