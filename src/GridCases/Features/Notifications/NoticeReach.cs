using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Notifications;

/// <summary>
/// Which notifications are a caller's: those of a role held in a unit, of an organisation, of the caller in person. The parameters of a text about them, and its pieces.
/// </summary>
internal sealed record NoticeReach
{
    /// <summary>Whether notification <c>n</c> is for who holds role <c>r</c> in its unit: what comes to a grid's head is for its governance assistants too.</summary>
    public const string IsForRole = "n.UnitCode = r.UnitCode AND n.Role = IIF(r.Role = 'GovernanceAssistant', 'GridHead', r.Role)";

    /// <summary>The caller has not read notification <c>n</c>.</summary>
    public static readonly SqlPart IsUnread = new("AND NOT EXISTS (SELECT 1 FROM NotificationRead d WHERE d.NotificationId = n.Id AND d.UserId = @userId)");

    private static readonly SqlPart Pick = new("SELECT n.Id AS PageId, n.CreatedAt AS [At] FROM");
    private static readonly SqlPart OfRole = new("Notification n WHERE n.UnitCode = @noticeUnit AND n.Role = @noticeRole");

    private static readonly SqlPart OfRoles = new($"""
        RoleAssignment r JOIN Notification n ON {IsForRole} WHERE r.UserId = @userId AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
        """);

    private static readonly SqlPart OfOrganisations = new("Notification n WHERE n.OrganisationId IN {list noticeOrganisations}");
    private static readonly SqlPart InPerson = new("Notification n WHERE n.UserName = @userName");
    private static readonly SqlPart InPersonOrFor = new("Notification n WHERE n.UserName IN {list noticeNames}");
    private static readonly SqlPart Union = new("UNION");
    private static readonly SqlPart UnionAll = new("UNION ALL");

    private readonly List<(UnitCode Unit, Role Role)> _roles;

    /// <summary>What is the caller's today.</summary>
    public NoticeReach(Caller caller, DateOnly today)
    {
        _roles = [.. caller.Roles.Select(r => (r.Unit, r.Role is Role.GovernanceAssistant ? Role.GridHead : r.Role)).Distinct()];
        NoticeOrganisations = [.. caller.Roles.Select(r => r.OrganisationId).OfType<Guid>().Distinct()];
        NoticeNames = [caller.UserName, .. caller.Roles.Select(r => r.OnBehalfOf).OfType<string>().Distinct()];
        (UserId, UserName, Today) = (caller.UserId, caller.UserName, today);
    }

    /// <summary>Whether one role in one unit is all and the caller stands in for nobody, as nearly always: its notices lie in the order of an index, and no notice is found twice.</summary>
    public bool IsOneRole => _roles.Count == 1 && NoticeNames.Count == 1;

    /// <summary>The unit of the one role.</summary>
    public UnitCode? NoticeUnit => IsOneRole ? _roles[0].Unit : null;

    public Role? NoticeRole => IsOneRole ? _roles[0].Role : null;

    /// <summary>The organisations the caller has a role in.</summary>
    public IReadOnlyList<Guid> NoticeOrganisations { get; }

    /// <summary>The user names of the caller and of those for whom the caller stands in: what they are told the deputy is told.</summary>
    public IReadOnlyList<string> NoticeNames { get; }

    public Guid UserId { get; }

    /// <inheritdoc cref="UserId"/>
    public string UserName { get; }

    /// <summary>The local day.</summary>
    public DateOnly Today { get; }

    /// <summary>Selects <c>PageId</c> and <c>At</c> of the caller's notifications <c>n</c>.</summary>
    /// <param name="oneRole">As <see cref="IsOneRole"/>.</param>
    /// <param name="conditions">What else they have to meet.</param>
    public static SqlPart Ids(bool oneRole, params IEnumerable<SqlPart> conditions) => SqlPart.Between(
        oneRole ? UnionAll : Union,
        new[] { oneRole ? OfRole : OfRoles, OfOrganisations, oneRole ? InPerson : InPersonOrFor }.Select(start => SqlPart.Join([Pick, start, .. conditions])));
}
