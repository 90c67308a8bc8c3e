using System.Reflection;
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
public sealed class CaseAccess(Db db, CurrentCaller current, TimeProvider time) : IMessageGuard
{
    /// <summary>
    /// The scope as a condition on <c>DisputeCase c</c>. A case is seen where it began and where it is held, in the subtree of a role held today; a mediator sees
    /// the cases that his organisation has or had. Parameters <c>@scopeUser</c> and <c>@scopeDay</c>.
    /// </summary>
    public const string IsInScope = """
        EXISTS (SELECT 1 FROM RoleAssignment r
            WHERE r.UserId = @scopeUser AND r.FromDate <= @scopeDay AND (r.ToDate IS NULL OR r.ToDate >= @scopeDay)
            AND ((r.Role IN ('GridHead', 'GovernanceAssistant', 'CentreOfficer', 'Supervisor', 'Auditor')
                    AND ((c.OriginUnitCode >= r.UnitCode AND c.OriginUnitCode < r.UnitEnd) OR (c.HolderUnitCode >= r.UnitCode AND c.HolderUnitCode < r.UnitEnd)))
                OR (r.Role = 'Mediator' AND EXISTS (SELECT 1 FROM CaseOrganisation o WHERE o.CaseId = c.Id AND o.OrganisationId = r.OrganisationId))))
        """;

    private static readonly Sql Sees = new($"SELECT COUNT(*) FROM DisputeCase c WHERE c.Id = @caseId AND {IsInScope}");

    /// <summary>Whether the case exists and lies in the caller's scope.</summary>
    public async Task<bool> SeesAsync(Guid caseId, CancellationToken cancellationToken) => await db.QuerySingleAsync<int>(Sees, Asked(caseId), cancellationToken) > 0;

    /// <summary>The same in a batch: one for yes, zero for no.</summary>
    internal Rows<int> Ask(ReadBatch batch, Guid caseId) => batch.Read<int>(Sees, Asked(caseId));

    /// <summary>Hides every case outside the caller's scope from every message about one case.</summary>
    /// <exception cref="NotFound">The case is not there for the caller.</exception>
    public Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken) =>
        message is ICaseMessage about ? CheckAsync(message.GetType(), about.CaseId, caller, cancellationToken) : Task.CompletedTask;

    public async Task CheckAsync(Type message, Guid subject, Caller caller, CancellationToken cancellationToken)
    {
        if (message.IsAssignableTo(typeof(ICaseMessage)) && !caller.IsSystem && !await SeesAsync(subject, cancellationToken))
            throw new NotFound($"case {subject}");
    }

    private object Asked(Guid caseId) => new { caseId, scopeUser = current.Caller.UserId, scopeDay = LocalTime.Day(time.GetUtcNow()) };
}
