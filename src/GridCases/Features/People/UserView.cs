using System.Text.Json.Serialization;
using GridCases.Domain;

namespace GridCases.Features.People;

/// <summary>A user as an administrator sees one: of the roles those in the administrator's own subtree, past and coming ones too.</summary>
public sealed record UserView
{
    public string UserName { get; init; } = "";

    public string DisplayName { get; init; } = "";

    /// <summary>The phone: in full where it may be changed, else masked.</summary>
    public string? Phone { get; init; }

    /// <summary>The roles, those that began last first.</summary>
    public IReadOnlyList<HeldRole> Roles { get; init; } = [];

    /// <summary>Whether a temporary password is waiting to be changed.</summary>
    public bool PasswordChangeRequired { get; init; }

    /// <summary>Since when the user signs in no more.</summary>
    public DateTimeOffset? DeactivatedAt { get; init; }

    /// <summary>Until when the name is locked after wrong passwords.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Whether the user holds a role outside of the administrator's subtree, today or later: then somebody above looks after the account.</summary>
    public bool ServesElsewhere { get; init; }
}

/// <summary>A role, where it is held, and from when until when, both days included.</summary>
public sealed record HeldRole
{
    public Guid Id { get; init; }

    public Role Role { get; init; }

    public UnitCode UnitCode { get; init; }

    public string UnitName { get; init; } = "";

    public Guid? OrganisationId { get; init; }

    public string? OrganisationName { get; init; }

    public DateOnly From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Whether it is over, held today, or still to come.</summary>
    public RoleState State { get; init; }

    /// <summary>User name of the colleague for whom it is held.</summary>
    public string? DeputyFor { get; init; }

    /// <summary>Whose role it is.</summary>
    [JsonIgnore]
    public Guid UserId { get; init; }

    internal RoleTerm Term => new(From, To);

    /// <summary>The role as it stands on a day.</summary>
    internal HeldRole On(DateOnly day) => this with { State = Term.On(day) };
}
