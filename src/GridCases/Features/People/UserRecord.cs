using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.People;

/// <summary>A user as stored, with every role, and what an administrator may do about the account.</summary>
internal sealed record UserRecord
{
    public Guid Id { get; init; }

    public string UserName { get; init; } = "";

    public string NameKey { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string? PhoneCipher { get; init; }

    public bool PasswordChangeRequired { get; init; }

    public DateTimeOffset? DeactivatedAt { get; init; }

    /// <summary>Until when the name is locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>All of them, wherever.</summary>
    public IReadOnlyList<HeldRole> Roles { get; init; } = [];

    /// <summary>The roles in the administrator's subtrees.</summary>
    public IReadOnlyList<HeldRole> RolesUnder(Caller administrator) => [.. Roles.Where(r => administrator.Administers(r.UnitCode))];

    /// <summary>Whether there is a role outside of the administrator's subtrees today or later.</summary>
    public bool ServesOutside(Caller administrator) => Roles.Any(r => r.State is not RoleState.Over && !administrator.Administers(r.UnitCode));

    /// <summary>The unit by which a change of the account is found in the audit: the highest one in which a role is held below the administrator.</summary>
    public UnitCode UnitUnder(Caller administrator) => RolesUnder(administrator).OrderBy(r => r.State is RoleState.Over).ThenBy(r => r.UnitCode.Level).ThenBy(r => r.UnitCode).First().UnitCode;

    /// <summary>
    /// The account is the administrator's to change: password, sign-in and name belong to whoever administers all that the user may do, or an administrator could sign in as somebody above.
    /// </summary>
    /// <exception cref="AccessDenied">The user serves outside of the administrator's subtrees too.</exception>
    public void DemandAccountOf(Caller administrator)
    {
        if (ServesOutside(administrator))
            throw new AccessDenied("an account that serves elsewhere too", AccessDenied.ServesElsewhere);
    }

    /// <summary>Nobody raises or removes oneself: what an administrator may do is another administrator's to say.</summary>
    /// <exception cref="RuleViolation">It is the administrator's own account.</exception>
    public void DemandSomebodyElse(Caller administrator)
    {
        if (Id == administrator.UserId)
            throw new RuleViolation("OwnAccess");
    }

    /// <summary>Whoever was deactivated comes back first.</summary>
    /// <exception cref="RuleViolation">The user is deactivated.</exception>
    public void DemandActive()
    {
        if (DeactivatedAt is not null)
            throw new RuleViolation("UserDeactivated");
    }

    public UserView ViewFor(Caller administrator, PersonalData personal, bool inFull)
    {
        var elsewhere = ServesOutside(administrator);
        var phone = personal.Reveal(PhoneCipher);
        return new()
        {
            UserName = UserName,
            DisplayName = DisplayName,
            Phone = inFull && !elsewhere ? phone : Mask.Phone(phone),
            Roles = RolesUnder(administrator),
            PasswordChangeRequired = PasswordChangeRequired,
            DeactivatedAt = DeactivatedAt,
            LockedUntil = LockedUntil,
            ServesElsewhere = elsewhere,
        };
    }
}

/// <summary>Whose people an administrator looks after.</summary>
internal static class Administration
{
    /// <summary>Whether the unit lies in a subtree in which the caller is administrator.</summary>
    public static bool Administers(this Caller caller, UnitCode unit) => caller.UnitsOf(Role.Administrator).Any(top => top.Contains(unit));
}
