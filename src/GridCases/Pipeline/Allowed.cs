using GridCases.Domain;

namespace GridCases.Pipeline;

/// <summary>
/// Who may send a message. A message without any of these attributes is refused for everybody;
/// with several, one that allows the caller is enough.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class AllowedAttribute : Attribute
{
    /// <summary>Whether this caller may send the message.</summary>
    public abstract bool Allows(Caller caller);

    /// <summary>Whether it is this role that allows it: decides whose units count for an <see cref="IUnitMessage"/>.</summary>
    public virtual bool AllowsBy(RoleInUnit role) => false;
}

/// <summary>Allowed to people who hold one of these roles somewhere.</summary>
public sealed class AllowedToAttribute(params Role[] roles) : AllowedAttribute
{
    public IReadOnlyList<Role> Roles { get; } = roles;

    public override bool Allows(Caller caller) => caller.Roles.Any(AllowsBy);

    public override bool AllowsBy(RoleInUnit role) => Roles.Contains(role.Role);
}

/// <summary>Allowed to people who hold one of these roles for a whole city: what they do or read holds for all of its units.</summary>
public sealed class AllowedInCityAttribute(params Role[] roles) : AllowedAttribute
{
    public IReadOnlyList<Role> Roles { get; } = roles;

    public override bool Allows(Caller caller) => caller.Roles.Any(AllowsBy);

    public override bool AllowsBy(RoleInUnit role) => role.Unit.Level is UnitLevel.City && Roles.Contains(role.Role);
}

/// <summary>Allowed to everybody who is signed in.</summary>
public sealed class AllowedToSignedInAttribute : AllowedAttribute
{
    public override bool Allows(Caller caller) => caller.IsSignedIn;

    public override bool AllowsBy(RoleInUnit role) => true;
}

/// <summary>Allowed to the system itself: jobs and set-up.</summary>
public sealed class AllowedToSystemAttribute : AllowedAttribute
{
    public override bool Allows(Caller caller) => caller.IsSystem;
}

/// <summary>Allowed to people who have not signed in: signing in itself.</summary>
public sealed class AllowedToAnyoneAttribute : AllowedAttribute
{
    public override bool Allows(Caller caller) => true;
}

/// <summary>
/// May be sent, and on an endpoint or a page may be asked for, by somebody who has to change the password first. Everything without it is refused until then
/// (<see cref="PasswordChangeRequired"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforePasswordChangeAttribute : Attribute;

/// <summary>
/// May be sent, and on an endpoint or a page may be asked for, by somebody who has to set up an authenticator app first (<see cref="SecondFactorRequired"/>): setting it up.
/// What goes before the change of a password goes before this too.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforeSecondFactorAttribute : Attribute;
