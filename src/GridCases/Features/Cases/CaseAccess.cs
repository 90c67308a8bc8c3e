using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>A message about one case.</summary>
public interface IAboutCase
{
    Guid CaseId { get; }
}

/// <summary>A message about one case. It is sent only by those in whose scope the case lies; to others it is not there.</summary>
public interface ICaseMessage : IAboutCase;

/// <summary>
/// Whether a caller may do something to a case: first the roles that the message names, then whether the case lies in the caller's scope.
/// What the case allows whom in its present state is <see cref="CaseAuthority"/>'s to say.
/// </summary>
public sealed class CaseAccess(Db db, CurrentCaller current, SeenCases seen, RequestKey request, AnsweredKeys answered, TimeProvider time) : IMessageGuard
{
    /// <summary>
    /// The scope as a condition on <c>DisputeCase c</c>. A case is seen where it began and where it is held, in the subtree of a role held today; a mediator sees
    /// the cases that his organisation has. Who stepped aside from a case sees it in no role. Parameters <c>@scopeUser</c> and <c>@scopeDay</c>.
    /// </summary>
    public const string IsInScope = """
        EXISTS (SELECT 1 FROM RoleAssignment r
            WHERE r.UserId = @scopeUser AND r.FromDate <= @scopeDay AND (r.ToDate IS NULL OR r.ToDate >= @scopeDay)
            AND ((r.Role IN ('GridHead', 'GovernanceAssistant', 'CentreOfficer', 'Supervisor', 'Auditor')
                    AND ((c.OriginUnitCode >= r.UnitCode AND c.OriginUnitCode < r.UnitEnd) OR (c.HolderUnitCode >= r.UnitCode AND c.HolderUnitCode < r.UnitEnd)))
                OR (r.Role = 'Mediator' AND EXISTS (SELECT 1 FROM CaseOrganisation o WHERE o.CaseId = c.Id AND o.OrganisationId = r.OrganisationId))))
        AND NOT EXISTS (SELECT 1 FROM CaseRecusal q JOIN AppUser z ON z.UserName = q.UserName WHERE q.CaseId = c.Id AND z.Id = @scopeUser)
        """;

    private static readonly Sql Sees = new($"SELECT COUNT(*) FROM DisputeCase c WHERE c.Id = @caseId AND {IsInScope}");

    // The whole case, or what it was when one of the caller's organisations handed it on; the latest of these last.
    private static readonly Sql FindSight = new($"""
        SELECT c.Id, 1 AS IsWhole, 0 AS LastEventSequence FROM DisputeCase c WHERE c.Id = @caseId AND {IsInScope}
        UNION ALL
        SELECT h.Id, 0 AS IsWhole, h.LastEventSequence FROM HandedOnCase h WHERE h.CaseId = @caseId
            AND EXISTS (SELECT 1 FROM RoleAssignment r WHERE r.UserId = @scopeUser AND r.FromDate <= @scopeDay AND (r.ToDate IS NULL OR r.ToDate >= @scopeDay)
                AND r.Role = 'Mediator' AND r.OrganisationId = h.OrganisationId)
            AND NOT EXISTS (SELECT 1 FROM CaseRecusal q JOIN AppUser z ON z.UserName = q.UserName WHERE q.CaseId = h.CaseId AND z.Id = @scopeUser)
        ORDER BY LastEventSequence
        """);

    /// <summary>Whether the case exists and lies in the caller's scope; one that was handed on does not.</summary>
    public async Task<bool> SeesAsync(Guid caseId, CancellationToken cancellationToken) => await db.QuerySingleAsync<int>(Sees, Asked(caseId), cancellationToken) > 0;

    /// <summary>Asks in a batch what of the case the caller sees.</summary>
    internal Rows<Sight> Ask(ReadBatch batch, Guid caseId) => batch.Read<Sight>(FindSight, Asked(caseId));

    /// <summary>Hides every case outside the caller's scope from every message about one case.</summary>
    /// <exception cref="NotFound">The case is not there for the caller.</exception>
    /// <exception cref="AccessDenied">The caller's organisation handed it on: that it was there is known, and nothing can be done to it.</exception>
    public Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken) =>
        message is ICaseMessage about ? CheckAsync(message.GetType(), about.CaseId, caller, cancellationToken) : Task.CompletedTask;

    public async Task CheckAsync(Type message, Guid subject, Caller caller, CancellationToken cancellationToken)
    {
        if (!message.IsAssignableTo(typeof(ICaseMessage)) || caller.IsSystem)
            return;
        var sight = Sight.Of(await db.QueryAsync<Sight>(FindSight, Asked(subject), cancellationToken));
        seen.Put(subject, sight);
        if (sight is { IsWhole: true } || (sight is not null && message.IsAssignableTo(typeof(IReadsHandedOn))))
            return;

        // By what was sent the sender may have lost sight of the case: sent again, it gets the same answer.
        if (IsCommand(message) && request.Value is { } key && await answered.ContainsAsync(key, cancellationToken))
            return;
        throw sight is null ? new NotFound($"case {subject}") : new AccessDenied(MessageName.Of(message));
    }

    private static bool IsCommand(Type message) => message.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>));

    private object Asked(Guid caseId) => new { caseId, scopeUser = current.Caller.UserId, scopeDay = LocalTime.Day(time.GetUtcNow()) };

    /// <summary>What of a case somebody sees.</summary>
    internal sealed record Sight
    {
        /// <summary>The case, or the state in which it was handed on.</summary>
        public Guid Id { get; init; }

        public bool IsWhole { get; init; }

        public int LastEventSequence { get; init; }

        /// <summary>The most of what was found; null for nothing.</summary>
        public static Sight? Of(IReadOnlyList<Sight> found) => found.FirstOrDefault(s => s.IsWhole) ?? found.LastOrDefault();
    }
}
