using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Imports;

/// <summary>Units, organisations and people as they are stored, in the subtrees of one administrator, and what of the others has to be known so that nothing is taken twice.</summary>
internal sealed class StoredCity
{
    private static readonly Sql FindTops = new("""
        SELECT DISTINCT r.UnitCode FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId
        WHERE r.UserId = @userId AND r.Role = 'Administrator' AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today) AND u.DeactivatedAt IS NULL
        """);

    private static readonly Sql FindUnits = new("SELECT Code, Name, ClosedOn, SuccessorCode FROM Unit WHERE Code >= @unit AND Code < @unitEnd ORDER BY Code");
    private static readonly Sql FindOrganisations = new("SELECT Id, Name, Kind, Track, UnitCode, ClosedOn FROM Organisation WHERE UnitCode >= @unit AND UnitCode < @unitEnd ORDER BY UnitCode, Name, Id");
    private static readonly Sql FindUsers = new("SELECT Id, UserName, NameKey, DisplayName, PhoneCipher, DeactivatedAt FROM AppUser");

    // What somebody does for a colleague on some days is none of the roles that a list of roles has.
    private static readonly Sql FindRoles = new("SELECT Id, UserId, Role, UnitCode, OrganisationId, FromDate, ToDate FROM RoleAssignment WHERE DeputyId IS NULL");

    private static readonly Sql FindFormerNumbers = new("SELECT DistrictCode, FormerNumber AS Number FROM BroughtOver");

    private StoredCity(IReadOnlyList<UnitCode> tops) => Tops = tops;

    /// <summary>The units in which the administrator is one.</summary>
    public IReadOnlyList<UnitCode> Tops { get; }

    public Dictionary<UnitCode, KnownUnit> Units { get; } = [];

    public List<KnownOrganisation> Organisations { get; } = [];

    /// <summary>All users by the form in which names are compared.</summary>
    public Dictionary<string, KnownUser> Users { get; } = [];

    /// <summary>The numbers that brought-over cases had, by district; with the row where the file has them.</summary>
    public Dictionary<(UnitCode District, string Number), int> FormerNumbers { get; } = [];

    /// <summary>Whether the unit lies in a subtree of the administrator's.</summary>
    public bool Contains(UnitCode unit) => Tops.Any(top => top.Contains(unit));

    /// <summary>Reads it.</summary>
    public static async Task<StoredCity> LoadAsync(Db db, Guid administrator, DateOnly today, CancellationToken cancellationToken)
    {
        var city = new StoredCity(await db.QueryAsync<UnitCode>(FindTops, new { userId = administrator, today }, cancellationToken));
        foreach (var unit in city.Tops.Where(t => !city.Tops.Any(other => other != t && other.Contains(t))))
        {
            foreach (var known in await db.QueryAsync<KnownUnit>(FindUnits, new { unit }, cancellationToken))
                city.Units[known.Code] = known;
            city.Organisations.AddRange(await db.QueryAsync<KnownOrganisation>(FindOrganisations, new { unit }, cancellationToken));
        }

        var byId = new Dictionary<Guid, KnownUser>();
        foreach (var user in await db.QueryAsync<KnownUser>(FindUsers, null, cancellationToken))
            city.Users[user.NameKey] = byId[user.Id] = user;
        foreach (var role in await db.QueryAsync<KnownRole>(FindRoles, null, cancellationToken))
            byId[role.UserId].Roles.Add(role);
        foreach (var former in await db.QueryAsync<FormerNumber>(FindFormerNumbers, null, cancellationToken))
            city.FormerNumbers[(former.DistrictCode, former.Number)] = 0;
        return city;
    }

    private sealed class FormerNumber
    {
        public UnitCode DistrictCode { get; init; }
        public string Number { get; init; } = "";
    }
}

internal sealed class KnownUnit
{
    public UnitCode Code { get; init; }
    public string Name { get; set; } = "";
    public DateOnly? ClosedOn { get; init; }
    public UnitCode? SuccessorCode { get; init; }

    /// <summary>In which row the file names it; 0 where it does not.</summary>
    public int Row { get; set; }

    public bool IsClosedOn(DateOnly today) => ClosedOn <= today;
}

internal sealed class KnownOrganisation
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public OrganisationKind Kind { get; init; }
    public MediationTrack Track { get; init; }
    public UnitCode UnitCode { get; init; }
    public DateOnly? ClosedOn { get; init; }

    /// <inheritdoc cref="KnownUnit.Row"/>
    public int Row { get; set; }

    public bool IsClosedOn(DateOnly today) => ClosedOn <= today;
}

internal sealed class KnownUser
{
    public Guid Id { get; init; }
    public string UserName { get; init; } = "";
    public string NameKey { get; init; } = "";
    public string DisplayName { get; set; } = "";
    public string? PhoneCipher { get; set; }
    public DateTimeOffset? DeactivatedAt { get; init; }
    public List<KnownRole> Roles { get; } = [];

    /// <inheritdoc cref="KnownUnit.Row"/>
    public int Row { get; set; }

    /// <summary>Whether the administrator sees the user: a role there, now or once, or none anywhere.</summary>
    public bool IsSeenIn(StoredCity city) => Roles.Count == 0 || Roles.Exists(r => city.Contains(r.UnitCode));

    /// <summary>Whether somebody above answers for the account: a role elsewhere, today or later.</summary>
    public bool ServesOutside(StoredCity city, DateOnly today) => Roles.Exists(r => !r.IsOverOn(today) && !city.Contains(r.UnitCode));
}

internal sealed class KnownRole
{
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public Role Role { get; init; }
    public UnitCode UnitCode { get; init; }
    public Guid? OrganisationId { get; init; }
    public DateOnly FromDate { get; init; }
    public DateOnly? ToDate { get; set; }

    /// <inheritdoc cref="KnownUnit.Row"/>
    public int Row { get; set; }

    public bool IsOverOn(DateOnly today) => ToDate < today || ToDate < FromDate;

    public bool Overlaps(DateOnly from, DateOnly? to) => !(ToDate < FromDate) && FromDate <= (to ?? DateOnly.MaxValue) && from <= (ToDate ?? DateOnly.MaxValue);
}
