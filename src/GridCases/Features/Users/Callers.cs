using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>Finds who stands behind a session today. It is asked for every request, so that a session that was ended or a role taken away stops working at once.</summary>
public sealed class Callers(Db db, TimeProvider time, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, IOptions<SignIn.Settings> settings)
{
    private static readonly Sql Find = new(
        $"""
        SELECT u.[Id], u.[UserName], u.[DisplayName], u.[PasswordChangeRequired], u.[LargeType], u.[QuietFrom], u.[QuietTo], s.[SeenAt], s.[SignedOn], r.[Role], r.[UnitCode], r.[OrganisationId],
            p.[UserName] AS [OnBehalfOf],
            IIF(EXISTS (SELECT 1 FROM [CaseRecusal] q WHERE q.[UserName] = u.[UserName]), 1, 0) AS [HasSteppedAside],
            IIF(EXISTS (SELECT 1 FROM [SecondFactor] f WHERE f.[UserId] = u.[Id] AND f.[ConfirmedAt] IS NOT NULL), 1, 0) AS [HasSecondFactor]
        FROM [UserSession] s
        JOIN [AppUser] u ON u.[Id] = s.[UserId]
        LEFT JOIN [RoleAssignment] r ON r.[UserId] = u.[Id] AND r.[FromDate] <= @Today AND (r.[ToDate] IS NULL OR r.[ToDate] >= @Today)
        LEFT JOIN [Deputy] d ON d.[Id] = r.[DeputyId]
        LEFT JOIN [AppUser] p ON p.[Id] = d.[UserId]
        WHERE s.[Id] = @SessionId AND {Sessions.IsAlive}
        ORDER BY IIF(r.[DeputyId] IS NULL, 0, 1), r.[UnitCode], r.[Role]
        """);

    private static readonly Sql FindGone = new("SELECT u.[Id] FROM [UserSession] s JOIN [AppUser] u ON u.[Id] = s.[UserId] WHERE s.[Id] = @SessionId AND u.[DeactivatedAt] IS NOT NULL");

    /// <summary>The user of the session with the roles that are valid today; null when the session is no longer good.</summary>
    public async Task<Found?> FindAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        var rows = await db.QueryAsync<Row>(Find, new { sessionId, now, LatestEnd = settings.Value.LatestEnd(now), Today = LocalTime.Day(time.GetUtcNow()) }, cancellationToken);
        if (rows.Count == 0)
            return null;
        var caller = new Caller
        {
            UserId = rows[0].Id,
            UserName = rows[0].UserName,
            DisplayName = rows[0].DisplayName,
            SessionId = sessionId,
            MustChangePassword = rows[0] is { PasswordChangeRequired: true, SignedOn: false },
            MustAddSecondFactor = rows[0] is { HasSecondFactor: false, SignedOn: false } && rows.Any(r => r.Role is { } role && settings.Value.SecondFactorRoles.Contains(role)),
            LargeType = rows[0].LargeType,
            Quiet = rows[0] is { QuietFrom: { } from, QuietTo: { } to } ? new QuietHours(from, to) : null,
            HasSteppedAside = rows[0].HasSteppedAside,
            Roles = [.. rows.Where(r => r.Role is not null).Select(r => new RoleInUnit(r.Role!.Value, r.UnitCode!.Value, r.OrganisationId) { OnBehalfOf = r.OnBehalfOf })],
        };
        return new Found(caller, rows[0].SeenAt < now - Sessions.SeenEvery);
    }

    /// <summary>Whose session it was, where that user has been deactivated since.</summary>
    public Task<Guid?> FindGoneAsync(Guid sessionId, CancellationToken cancellationToken) => db.QuerySingleOrDefaultAsync<Guid?>(FindGone, new { sessionId }, cancellationToken);

    /// <summary>Who it is.</summary>
    /// <param name="Caller">The user, with the roles of today.</param>
    /// <param name="SeenLongAgo">Whether it is time to write down that the session was seen.</param>
    public sealed record Found(Caller Caller, bool SeenLongAgo);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string UserName { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public bool PasswordChangeRequired { get; init; }
        public bool LargeType { get; init; }
        public int? QuietFrom { get; init; }
        public int? QuietTo { get; init; }
        public DateTimeOffset SeenAt { get; init; }
        public Role? Role { get; init; }
        public UnitCode? UnitCode { get; init; }
        public Guid? OrganisationId { get; init; }
        public string? OnBehalfOf { get; init; }
        public bool HasSteppedAside { get; init; }
        public bool SignedOn { get; init; }
        public bool HasSecondFactor { get; init; }
    }
}
