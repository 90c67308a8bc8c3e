using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>A message about one case.</summary>
public interface IAboutCase
{
    /// <summary>The case.</summary>
    Guid CaseId { get; }
}

/// <summary>A message about one case. It is sent only by those in whose scope the case lies; to others it is not there.</summary>
public interface ICaseMessage : IAboutCase;

/// <summary>
/// Something done to a case, as <c>POST /api/v1/cases/{id}/{action}</c> sends it: the body is the command, the address gives
/// <see cref="CaseId"/> and If-Match <see cref="ExpectedVersion"/>. Its roles come from <see cref="CaseAuthority"/> by <see cref="CaseActionAttribute"/>.
/// </summary>
[WritesLast]
public abstract record CaseCommand : ICommand<CaseView>, IVersionedMessage, ICaseMessage
{
    /// <inheritdoc/>
    [JsonIgnore]
    public Guid CaseId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public long? ExpectedVersion { get; init; }
}

/// <summary>The action a command does; whoever holds one of its roles may send it, the case then says whether it is theirs to do now.</summary>
public sealed class CaseActionAttribute(CaseAction action) : AllowedAttribute
{
    /// <summary>The action.</summary>
    public CaseAction Action { get; } = action;

    /// <inheritdoc/>
    public override bool Allows(Caller caller) => caller.Roles.Any(AllowsBy);

    /// <inheritdoc/>
    public override bool AllowsBy(RoleInUnit role) => CaseAuthority.RolesFor(Action).Contains(role.Role);
}

/// <summary>The rule of sight: which cases a caller may see, as a condition on <c>DisputeCase c</c>.</summary>
public static class CaseScope
{
    /// <summary>
    /// A case is seen where it began and where it is held, in the subtree of a role held today; a mediator sees the cases
    /// that his organisation has or had. Parameters <c>@scopeUser</c> and <c>@scopeDay</c>.
    /// </summary>
    public const string Sees = """
        EXISTS (SELECT 1 FROM RoleAssignment r
            WHERE r.UserId = @scopeUser AND r.FromDate <= @scopeDay AND (r.ToDate IS NULL OR r.ToDate >= @scopeDay)
            AND ((r.Role IN ('GridHead', 'GovernanceAssistant', 'CentreOfficer', 'Supervisor', 'Auditor')
                    AND ((c.OriginUnitCode >= r.UnitCode AND c.OriginUnitCode < r.UnitEnd) OR (c.HolderUnitCode >= r.UnitCode AND c.HolderUnitCode < r.UnitEnd)))
                OR (r.Role = 'Mediator' AND EXISTS (SELECT 1 FROM CaseOrganisation o WHERE o.CaseId = c.Id AND o.OrganisationId = r.OrganisationId))))
        """;
}

/// <summary>Whether the caller sees a case.</summary>
public sealed class CaseSight(Db db, CurrentCaller current, TimeProvider time)
{
    private static readonly Sql IsSeen = new($"SELECT COUNT(*) FROM DisputeCase c WHERE c.Id = @caseId AND {CaseScope.Sees}");

    /// <summary>Whether the case exists and lies in the caller's scope.</summary>
    public async Task<bool> SeesAsync(Guid caseId, CancellationToken ct) => await db.QuerySingleAsync<int>(IsSeen, Asked(caseId), ct) > 0;

    /// <summary>The same in a batch: one for yes, zero for no.</summary>
    internal Rows<int> Ask(ReadBatch batch, Guid caseId) => batch.Read<int>(IsSeen, Asked(caseId));

    private object Asked(Guid caseId) => new { caseId, scopeUser = current.Caller.UserId, scopeDay = LocalTime.Day(time.GetUtcNow()) };
}

/// <summary>Hides every case outside the caller's scope from every message about one case.</summary>
internal sealed class CaseGuard(CaseSight sight) : IMessageGuard
{
    public async Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken)
    {
        if (message is ICaseMessage { CaseId: var caseId } && !caller.IsSystem && !await sight.SeesAsync(caseId, cancellationToken))
        {
            throw new NotFound($"case {caseId}");
        }
    }
}
