using System.Collections.Concurrent;
using System.Reflection;
using GridCases.Domain;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>
/// Refuses every message its caller may not send, whichever way it came in. A message that declares nobody is refused for everybody.
/// Order: a password that has to be changed, missing version, role, unit, guards; so that somebody without the role learns nothing about what exists.
/// </summary>
internal sealed class Authorization<TRequest, TResponse>(CurrentCaller current, IEnumerable<IMessageGuard> guards) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly Permission Permission = Permission.Of(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var caller = current.Caller;
        Permission.DemandPasswordChanged(caller);
        Permission.DemandVersion((request as IVersionedMessage)?.ExpectedVersion);
        Permission.DemandRole(caller);
        if (request is IUnitMessage { Unit: { } unit } && !caller.IsSystem && !Permission.AllowsIn(unit, caller))
            throw new NotFound($"unit {unit}");
        foreach (var guard in guards)
            await guard.CheckAsync(request, caller, cancellationToken);
        return await next();
    }
}

/// <summary>What a message demands of its sender, before anything about its fields is looked at.</summary>
internal sealed class Permission
{
    private static readonly ConcurrentDictionary<Type, Permission> Known = new();
    private readonly Type _message;
    private readonly AllowedAttribute[] _allowed;
    private readonly bool _needsVersion;
    private readonly bool _isBeforePasswordChange;
    private readonly bool _isBeforeSecondFactor;

    private Permission(Type message)
    {
        _message = message;
        _allowed = [.. message.GetCustomAttributes<AllowedAttribute>(inherit: true)];
        _isBeforePasswordChange = message.IsDefined(typeof(BeforePasswordChangeAttribute));
        _isBeforeSecondFactor = message.IsDefined(typeof(BeforeSecondFactorAttribute));
        _needsVersion = message.IsAssignableTo(typeof(IVersionedMessage)) && !message.IsDefined(typeof(VersionOptionalAttribute));
    }

    public static Permission Of(Type message) => Known.GetOrAdd(message, type => new Permission(type));

    public void DemandPasswordChanged(Caller caller)
    {
        if (caller.MustAddSecondFactor && !_isBeforeSecondFactor && !_isBeforePasswordChange)
            throw new SecondFactorRequired();
        if (caller.MustChangePassword && !_isBeforePasswordChange)
            throw new PasswordChangeRequired();
    }

    public void DemandVersion(long? version)
    {
        if (_needsVersion && version is null)
            throw new MissingVersion();
    }

    public bool Allows(Caller caller) => _allowed.Any(a => a.Allows(caller));

    public void DemandRole(Caller caller)
    {
        if (!Allows(caller))
            throw caller.IsSignedIn || caller.IsSystem ? new AccessDenied(MessageName.Of(_message)) : new NotSignedIn();
    }

    public bool AllowsIn(UnitCode unit, Caller caller) => caller.Roles.Any(r => r.Unit.Contains(unit) && _allowed.Any(a => a.AllowsBy(r)));
}

/// <summary>What whoever offers something asks first, so that a page and its message never disagree about who may.</summary>
public static class CallerPermissions
{
    /// <summary>Whether one of the caller's roles allows such a message. Whether what it is about is there for the caller is seen when it is sent.</summary>
    /// <typeparam name="TMessage">Type of the message.</typeparam>
    public static bool MaySend<TMessage>(this Caller caller) => Permission.Of(typeof(TMessage)).Allows(caller);
}

/// <summary>
/// For a request that cannot be read as the message it should be, or has not been read yet: whether its sender may send such a message at all. Somebody who may not
/// is told that, and nothing about the fields, just as the pipeline does with messages.
/// </summary>
public sealed class MessageGate(CurrentCaller current, IEnumerable<IMessageGuard> guards)
{
    /// <summary>Demands the version, the role, and that what the message is about is there for the caller.</summary>
    /// <param name="message">Type of the message.</param>
    /// <param name="subject">The id in the address; null where there is none.</param>
    /// <param name="version">The version named by the request.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="PasswordChangeRequired">The caller has to change the password first.</exception>
    /// <exception cref="MissingVersion">The message needs a version and none is named.</exception>
    /// <exception cref="NotSignedIn">Nobody is signed in.</exception>
    /// <exception cref="AccessDenied">The caller has none of the roles.</exception>
    /// <exception cref="NotFound">It is not there for the caller.</exception>
    public async Task DemandAsync(Type message, Guid? subject, long? version, CancellationToken cancellationToken)
    {
        var permission = Permission.Of(message);
        permission.DemandPasswordChanged(current.Caller);
        permission.DemandVersion(version);
        permission.DemandRole(current.Caller);
        foreach (var guard in subject is null ? [] : guards)
            await guard.CheckAsync(message, subject!.Value, current.Caller, cancellationToken);
    }

    /// <summary>Demands that what the message is about is there for the caller, where the address names a user.</summary>
    /// <exception cref="NotFound">It is not there for the caller.</exception>
    public async Task DemandAsync(Type message, string userName, CancellationToken cancellationToken)
    {
        foreach (var guard in guards)
            await guard.CheckAsync(message, userName, current.Caller, cancellationToken);
    }
}
