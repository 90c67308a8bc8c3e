using GridCases.Domain;

namespace GridCases.Pipeline;

/// <summary>Who sends a message. Handlers take it from their constructor; there is one per DI scope.</summary>
public sealed record Caller
{
    public static readonly Caller Anonymous = new();

    /// <summary>The system itself; in a journal it is written <c>system</c>.</summary>
    public static readonly Caller System = new() { UserName = "system", DisplayName = "system" };

    /// <summary>The user's id; empty for nobody and for the system.</summary>
    public Guid UserId { get; init; }

    /// <summary>The name the user signs in with; empty for nobody.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The name others read.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The session of the request; empty where no sign-in stands behind it.</summary>
    public Guid SessionId { get; init; }

    /// <summary>Whether the password, a temporary one, has to be changed before anything else is done.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Whether one of the roles demands an authenticator app that is not set up yet: nothing else may be done before.</summary>
    public bool MustAddSecondFactor { get; init; }

    /// <summary>Whether the user wants larger letters.</summary>
    public bool LargeType { get; init; }

    /// <summary>The hours of the local day in which nothing is to beckon; null for none.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>The roles that are valid today.</summary>
    public IReadOnlyList<RoleInUnit> Roles { get; init; } = [];

    /// <summary>Whether the caller ever stepped aside from a case: lists leave those cases out.</summary>
    public bool HasSteppedAside { get; init; }

    /// <summary>Whether this is a user.</summary>
    public bool IsSignedIn => UserId != Guid.Empty;

    /// <summary>Whether this is the system.</summary>
    public bool IsSystem => ReferenceEquals(this, System);

    /// <summary>The caller as the domain's rules see it.</summary>
    public Actor Actor => new(UserName, Roles);

    /// <summary>The organisations the caller mediates for.</summary>
    public IEnumerable<Guid> Organisations =>
        Roles.Where(r => r.Role == Role.Mediator).Select(r => r.OrganisationId).OfType<Guid>().Distinct();

    /// <summary>
    /// Tops of the subtrees the caller reads: the units of every role but the mediator's, whose scope is the cases of the organisation.
    /// None lies below another.
    /// </summary>
    public IReadOnlyList<UnitCode> Subtrees => Tops(Roles.Where(r => r.Role != Role.Mediator).Select(r => r.Unit));

    /// <summary>Whether the caller holds one of these roles, wherever.</summary>
    public bool Has(params ReadOnlySpan<Role> roles)
    {
        foreach (var held in Roles)
        {
            if (roles.Contains(held.Role))
                return true;
        }

        return false;
    }

    /// <summary>The units in which the caller holds a role; those above a unit count too, so ask <see cref="UnitCode.Contains"/>.</summary>
    public IReadOnlyList<UnitCode> UnitsOf(Role role) => Tops(Roles.Where(r => r.Role == role).Select(r => r.Unit));

    /// <summary>Whether the unit lies in one of the caller's subtrees.</summary>
    public bool Sees(UnitCode unit) => Subtrees.Any(s => s.Contains(unit));

    private static List<UnitCode> Tops(IEnumerable<UnitCode> units)
    {
        var all = units.Distinct().ToList();
        return [.. all.Where(u => !all.Any(other => other != u && other.Contains(u))).Order()];
    }
}

/// <summary>Holds the caller of a DI scope. It is set once, by whoever opens the scope, before the first message.</summary>
public sealed class CurrentCaller
{
    private bool _read;

    /// <summary>The caller; nobody until it is set.</summary>
    /// <exception cref="InvalidOperationException">Set after it had been read: somebody already acts under the old one.</exception>
    public Caller Caller
    {
        get
        {
            _read = true;
            return field;
        }
        set
        {
            if (_read && field != value)
                throw new InvalidOperationException("The caller is already in use in this scope.");
            field = value;
        }
    } = Caller.Anonymous;
}
