using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>
/// Which cases a caller sees, as <see cref="CaseAccess.IsInScope"/> says it, but as ranges that a database can seek in: the caller's roles are known
/// before anything is asked. It is the parameters of a list too: <c>@top</c>, <c>@tops</c>, <c>@organisations</c>, and those of <see cref="CaseConditions.For"/>.
/// </summary>
internal record CaseReach
{
    /// <summary>Case <c>c</c> began or is held in the one subtree of the caller. In IIF, so that it is looked at and not taken for a way to the rows.</summary>
    public static readonly SqlPart InOneSubtree = new("""
        IIF((c.HolderUnitCode >= @top AND c.HolderUnitCode < @topEnd) OR (c.OriginUnitCode >= @top AND c.OriginUnitCode < @topEnd), 1, 0) = 1
        """);

    /// <summary>
    /// Case <c>c</c> began or is held in one of the caller's subtrees, or is with one of the organisations, and the caller (<c>@userName</c>) did not step aside from it.
    /// </summary>
    public static readonly SqlPart InSeveral = new("""
        (EXISTS (SELECT 1 FROM Unit t WHERE t.Code IN {codes tops}
                AND ((c.HolderUnitCode >= t.Code AND c.HolderUnitCode < t.RangeEnd) OR (c.OriginUnitCode >= t.Code AND c.OriginUnitCode < t.RangeEnd)))
            OR EXISTS (SELECT 1 FROM CaseOrganisation o WHERE o.CaseId = c.Id AND o.OrganisationId IN {list organisations}))
            AND NOT EXISTS (SELECT 1 FROM CaseRecusal z WHERE z.CaseId = c.Id AND z.UserName = @userName)
        """);

    /// <summary>Case <c>c</c> is held in the subtree of <c>@near</c>, but did not begin there.</summary>
    public const string IsFromElsewhere =
        "c.HolderUnitCode >= @near AND c.HolderUnitCode < @nearEnd AND NOT (c.OriginUnitCode >= @near AND c.OriginUnitCode < @nearEnd)";

    private static readonly string IfOpen = $"IIF({CaseConditions.IsOpen}, 1, 0) = 1";

    private static readonly SqlPart Begun = new("""
        DisputeCase c WHERE c.OriginTown = @nearTown AND c.OriginUnitCode >= @near AND c.OriginUnitCode < @nearEnd
        """);

    private static readonly SqlPart BegunOpen = new($"""
        DisputeCase c WHERE {CaseConditions.IsOpen} AND c.OriginUnitCode >= @near AND c.OriginUnitCode < @nearEnd
        """);

    private static readonly SqlPart Held = new($"DisputeCase c WHERE {IsFromElsewhere}");

    private static readonly SqlPart HeldOpen = new($"DisputeCase c WHERE {IsFromElsewhere} AND {IfOpen}");

    private static readonly SqlPart BegunInSeveral = new("""
        Unit n JOIN DisputeCase c ON c.OriginUnitCode >= n.Code AND c.OriginUnitCode < n.RangeEnd WHERE n.Code IN {codes tops}
        """);

    private static readonly SqlPart BegunOpenInSeveral = new($$"""
        Unit n JOIN DisputeCase c ON c.OriginUnitCode >= n.Code AND c.OriginUnitCode < n.RangeEnd WHERE n.Code IN {codes tops} AND {{CaseConditions.IsOpen}}
        """);

    private static readonly SqlPart HeldInSeveral = new("""
        Unit n JOIN DisputeCase c ON c.HolderUnitCode >= n.Code AND c.HolderUnitCode < n.RangeEnd WHERE n.Code IN {codes tops}
        """);

    private static readonly SqlPart HeldOpenInSeveral = new($$"""
        Unit n JOIN DisputeCase c ON c.HolderUnitCode >= n.Code AND c.HolderUnitCode < n.RangeEnd WHERE n.Code IN {codes tops} AND {{IfOpen}}
        """);

    private static readonly SqlPart WithOrganisation = new("""
        CaseOrganisation o JOIN DisputeCase c ON c.Id = o.CaseId WHERE o.OrganisationId IN {list organisations}
        """);

    private static readonly SqlPart OpenWithOrganisation = new($$"""
        CaseOrganisation o JOIN DisputeCase c ON c.Id = o.CaseId WHERE o.OrganisationId IN {list organisations} AND {{IfOpen}}
        """);

    private static readonly Role[] Seeing = [Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Supervisor, Role.Auditor];

    /// <summary>What the caller sees now.</summary>
    public CaseReach(Caller caller, DateTimeOffset now)
    {
        var units = caller.Roles.Where(r => Seeing.Contains(r.Role)).Select(r => r.Unit).Distinct().ToList();
        Tops = [.. units.Where(u => !units.Exists(other => other != u && other.Contains(u)))];
        Organisations = [.. caller.Organisations];
        Centres = Units(Role.CentreOfficer);
        Grids = Units(Role.GridHead, Role.GovernanceAssistant);
        Supervised = Units(Role.Supervisor);
        (UserName, HasSteppedAside, Now) = (caller.UserName, caller.HasSteppedAside, now);
        Mediators = [caller.UserName, .. caller.Roles.Where(r => r.Role is Role.Mediator).Select(r => r.OnBehalfOf).OfType<string>().Distinct()];

        List<UnitCode> Units(params Role[] held) => [.. caller.Roles.Where(r => held.Contains(r.Role)).Select(r => r.Unit).Distinct()];
    }

    /// <summary>Tops of the subtrees, none below another.</summary>
    public IReadOnlyList<UnitCode> Tops { get; }

    /// <summary>The organisations the caller mediates for.</summary>
    public IReadOnlyList<Guid> Organisations { get; }

    /// <summary>Centres the caller is an officer of.</summary>
    public IReadOnlyList<UnitCode> Centres { get; }

    /// <summary>Grids the caller is head or governance assistant of.</summary>
    public IReadOnlyList<UnitCode> Grids { get; }

    /// <summary>Units whose closed cases the caller may have to visit.</summary>
    public IEnumerable<UnitCode> Visitors => Centres.Union(Grids);

    /// <summary>Units the caller supervises.</summary>
    public IReadOnlyList<UnitCode> Supervised { get; }

    /// <summary>The only unit the caller supervises; null when there are several, or none.</summary>
    public UnitCode? SupervisedUnit => Supervised is [var only] ? only : null;

    /// <summary>The caller's user name.</summary>
    public string UserName { get; }

    /// <summary>The user names of the caller and of the mediators for whom the caller stands in.</summary>
    public IReadOnlyList<string> Mediators { get; }

    /// <summary>Whether there may be cases that the caller stepped aside from.</summary>
    public bool HasSteppedAside { get; }

    public DateTimeOffset Now { get; }

    /// <summary>The local day.</summary>
    public DateOnly ScopeDay => LocalTime.Day(Now);

    /// <summary>The one subtree; null when there are several, or none.</summary>
    public UnitCode? Top => IsOneSubtree ? Tops[0] : null;

    /// <summary>Whether the caller sees no case at all.</summary>
    public bool IsNowhere => Tops.Count == 0 && Organisations.Count == 0;

    /// <summary>Whether one subtree is all, and all of it.</summary>
    public bool IsOneSubtree => Tops.Count == 1 && Organisations.Count == 0 && !HasSteppedAside;

    /// <summary>The one unit, a town or below, from whose cases a list starts; null where there are several or none.</summary>
    public virtual UnitCode? Near => Top is { } top && IsSmall(top) ? top : null;

    /// <summary>The town of <see cref="Near"/>.</summary>
    public UnitCode? NearTown => Near?.AtLevel(UnitLevel.Township);

    /// <summary>
    /// From where a list starts that has few cases to begin with: those of a village, a town, an organisation. A district's are too many;
    /// its list walks along an index in the wanted order and passes over what lies outside.
    /// </summary>
    public NearCases NearCases => Near is not null ? new(true, false, false)
        : Tops.All(IsSmall) ? new(false, Tops.Count > 0, Organisations.Count > 0)
        : default;

    /// <summary>The roles by which cases may wait for the caller.</summary>
    public AwaitingRoles AwaitingRoles => new(Centres.Count > 0, Grids.Count > 0, Organisations.Count > 0, Supervised.Count > 0);

    /// <summary>Whether a unit's cases are so few that a list starts from them.</summary>
    public static bool IsSmall(UnitCode unit) => unit.Level >= UnitLevel.Township;

    /// <summary>Where near cases are: those that began there, and those that are there although they began elsewhere. With several units a case may be found twice.</summary>
    /// <param name="near">Which.</param>
    /// <param name="open">Whether only open ones.</param>
    public static IEnumerable<SqlPart> CasesOf(NearCases near, bool open)
    {
        if (near.Unit)
        {
            yield return open ? BegunOpen : Begun;
            yield return open ? HeldOpen : Held;
        }

        if (near.Several)
        {
            yield return open ? BegunOpenInSeveral : BegunInSeveral;
            yield return open ? HeldOpenInSeveral : HeldInSeveral;
        }

        if (near.Organisations)
            yield return open ? OpenWithOrganisation : WithOrganisation;
    }

    /// <summary>Keeps a list inside, whatever it starts from.</summary>
    public static SqlPart Inside(bool oneSubtree) => oneSubtree ? InOneSubtree : InSeveral;
}

/// <summary>From what few cases a list may start.</summary>
/// <param name="Unit">From those of one unit.</param>
/// <param name="Several">From those of several units.</param>
/// <param name="Organisations">From those of organisations.</param>
internal readonly record struct NearCases(bool Unit, bool Several, bool Organisations)
{
    /// <summary>Every combination that occurs.</summary>
    public static readonly IReadOnlyList<NearCases> All = [new(true, false, false), new(false, true, false), new(false, false, true), new(false, true, true)];

    /// <summary>Whether there are any.</summary>
    public bool IsAny => this != default;
}
