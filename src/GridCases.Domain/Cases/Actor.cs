namespace GridCases.Domain;

/// <summary>Who acts, with the roles held today.</summary>
public sealed record Actor(string UserName, IReadOnlyList<RoleInUnit> Roles)
{
    /// <summary>Whether one of the given roles is held in exactly this unit.</summary>
    public bool Is(UnitCode unit, params ReadOnlySpan<Role> roles)
    {
        foreach (var held in Roles)
        {
            if (held.Unit == unit && roles.Contains(held.Role))
                return true;
        }

        return false;
    }

    /// <summary>Whether one stands in for a colleague.</summary>
    public bool IsDeputy
    {
        get
        {
            foreach (var held in Roles)
            {
                if (held.OnBehalfOf is not null)
                    return true;
            }

            return false;
        }
    }

    /// <summary>The same with those of the roles that meet a condition.</summary>
    public Actor With(Func<RoleInUnit, bool> roles) => this with { Roles = [.. Roles.Where(roles)] };

    /// <summary>Whether the role is held in this unit or in one above it.</summary>
    public bool IsAtOrAbove(UnitCode unit, Role role) => Roles.Any(r => r.Role == role && r.Unit.Contains(unit));
}
